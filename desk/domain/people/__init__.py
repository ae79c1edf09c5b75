"""A person in what was written: who sent a mail, and what of others must not be seen."""
