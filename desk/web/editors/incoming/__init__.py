"""Pages of what comes in by another way than mail."""
