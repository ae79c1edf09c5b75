"""What a submission is called, and where it is from."""
