"""Photos of a submission: their form, and what is chosen by it."""
