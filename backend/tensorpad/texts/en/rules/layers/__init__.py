"""Layers, losses, and the classes of models."""
