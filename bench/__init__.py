"""Ratios measured in one run: `make bench`. Never a timed test."""
