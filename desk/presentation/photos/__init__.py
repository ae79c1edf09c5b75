"""Photos of a submission as pages show them, and their form."""
