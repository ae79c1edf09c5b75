"""What submissions are found by: their words, written with them, and the question."""
