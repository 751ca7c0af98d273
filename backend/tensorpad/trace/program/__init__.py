"""What the source says: cells, statements, names and the places of calls."""
