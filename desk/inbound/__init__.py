"""Mails in: poll, watch, dry run."""
