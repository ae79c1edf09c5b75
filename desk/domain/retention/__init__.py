"""When the data of what is settled goes."""
