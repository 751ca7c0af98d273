"""Backward passes, and the autograd graphs that they run over."""
