"""Examining in a child process with limits."""
