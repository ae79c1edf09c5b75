"""Who works at the desk: accounts, sessions, claims, and forms that are not sent yet."""
