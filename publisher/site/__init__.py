"""The generated review queue."""
