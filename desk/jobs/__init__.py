"""Runners of stored jobs."""
