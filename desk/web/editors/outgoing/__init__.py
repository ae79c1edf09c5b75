"""Letters on their way out, and what can still be taken back."""
