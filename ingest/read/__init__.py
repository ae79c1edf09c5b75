"""Pure reading: bytes and values in, facts out. No socket, path, clock or random."""
