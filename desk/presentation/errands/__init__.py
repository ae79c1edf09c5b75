"""What was asked of the worker, as pages show it."""
