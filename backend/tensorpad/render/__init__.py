"""Graph models to pictures and plain data: DOT, SVG, PNG, and what the API encodes as JSON."""
