"""Tensorpad: a visual playground for PyTorch tensors and autograd."""

__version__ = "0.1.0"
