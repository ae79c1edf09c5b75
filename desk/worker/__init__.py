"""When, never what: the daemon and a single round."""
