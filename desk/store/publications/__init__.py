"""Decisions, editions, and what stands at each target."""
