"""Which format a byte stream is, and what lies inside containers."""
