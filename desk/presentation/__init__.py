"""What people see: view models, words, check's output."""
