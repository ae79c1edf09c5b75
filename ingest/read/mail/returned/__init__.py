"""What stands in the words of a mail that came back."""
