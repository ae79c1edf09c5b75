"""Which caption belongs to which photo: clues, one assignment, and what speaks against it."""
