"""The verbs of what is published, and how their options are read."""
