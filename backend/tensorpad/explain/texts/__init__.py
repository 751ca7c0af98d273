"""What is told, in each language."""
