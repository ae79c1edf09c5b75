"""Contributors and their addresses."""
