"""What people see of decisions and publication: words, badges, and the models of their pages."""
