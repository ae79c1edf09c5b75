"""What people sent goes when its time is over."""
