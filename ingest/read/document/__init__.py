"""Word documents, judged as Word shows them."""
