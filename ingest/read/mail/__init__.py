"""A mail's bytes: header fields, parts, words, attachments (RFC 5322, 2045)."""
