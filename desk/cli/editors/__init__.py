"""The verbs of the desk in a browser: who may sign in, and serving it."""
