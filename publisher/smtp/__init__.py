"""Letters handed in at the relay, and what became of them."""
