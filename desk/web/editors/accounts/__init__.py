"""Accounts: one's own, and everybody's."""
