"""Letters: written, waiting, sent; the relay's pause; the keys they are signed with."""
