"""What a child may do: measures put on before it reads a byte, and what they are worth."""
