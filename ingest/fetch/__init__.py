"""The doors of the mailbox: everything here speaks to a server."""
