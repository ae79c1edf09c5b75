"""What archives say of themselves, read without unpacking a byte."""
