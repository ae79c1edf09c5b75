"""Drills: what the suite runs a tenth of, whole. `make drill ARGS=name`."""
