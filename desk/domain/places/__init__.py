"""Where a submission comes from. Pure."""
