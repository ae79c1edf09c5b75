"""The middle floor, first room: bytes in, submissions out."""
