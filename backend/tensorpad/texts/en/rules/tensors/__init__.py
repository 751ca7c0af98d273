"""Shapes, dtypes, values and memory of tensors."""
