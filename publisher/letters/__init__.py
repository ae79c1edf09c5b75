"""Letters, composed once: pure, text and HTML from one source."""
