"""What each line of a document is: title, byline, caption, body."""
