"""What a program shows besides text: graphs, figures, pictures, tables."""
