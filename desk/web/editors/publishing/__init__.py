"""The pages of what is published, a file a page."""
