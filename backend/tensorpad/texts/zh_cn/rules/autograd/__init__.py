"""Graphs, backward passes and gradients."""
