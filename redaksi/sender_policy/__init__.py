"""Who gets a letter: the table of answering.md and what it looks at."""
