"""Submissions, their revisions and what happened to them."""
