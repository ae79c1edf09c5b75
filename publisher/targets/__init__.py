"""Where articles are published: one port, and what stands behind it."""
