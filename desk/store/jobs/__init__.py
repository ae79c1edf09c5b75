"""Work that is due and who holds it."""
