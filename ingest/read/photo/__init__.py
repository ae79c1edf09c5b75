"""A photo as its bytes show it."""
