"""What of the store goes when its time is over, and how it goes."""
