"""Photos of a submission: which replaces which, and what an editor chose of them. Pure."""
