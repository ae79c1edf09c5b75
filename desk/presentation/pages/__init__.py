"""What the pages of the desk show, each read in one transaction; the words are made here, so that
a handler only renders."""
