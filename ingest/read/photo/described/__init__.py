"""What a photo says of itself: when it was taken, by whom, where, and how it came about."""
