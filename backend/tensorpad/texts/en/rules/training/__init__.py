"""Training loops, parameters and optimisers."""
