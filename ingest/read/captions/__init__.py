"""Captions as people write them, and which photo each belongs to."""
