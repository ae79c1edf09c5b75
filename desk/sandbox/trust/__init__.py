"""What the worker believes of a reading: believed and bounded, walked, agreed."""
