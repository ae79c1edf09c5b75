"""The middle floor, second room: submissions in, findings out."""
