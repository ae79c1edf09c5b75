"""The virus scanner, as config.toml names it."""
