"""What a decision must say, what it may not, and how it is kept."""
