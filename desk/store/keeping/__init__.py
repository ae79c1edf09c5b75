"""A database as a file or a dump: copied, upgraded, brought back."""
