"""The pages of the desk, a file a page."""
