"""What is published: an edition built from one accepted revision, and the forms it goes out in."""
