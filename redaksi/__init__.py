"""The ground floor: the words and the laws that every room uses."""
