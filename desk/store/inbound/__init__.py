"""Mails as they came in: the ledger of UIDs, what is still owed."""
