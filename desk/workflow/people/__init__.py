"""A person's rights: to have what we keep of him, and to have it gone."""
