"""How a stored mail is read: by which children, within which bounds, and what of it is kept."""
