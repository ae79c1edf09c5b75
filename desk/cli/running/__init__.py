"""Verbs of who keeps the work running."""
