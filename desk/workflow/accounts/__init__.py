"""Accounts of the desk: what somebody sets of his own, and what the chief does with all of them."""
