"""What becomes of a mail, of a decision, of time."""
