"""`redaksi init`: from an address to a configuration that works."""
