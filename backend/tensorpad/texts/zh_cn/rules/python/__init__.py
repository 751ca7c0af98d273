"""Names, calls and values of Python where tensors meet them."""
