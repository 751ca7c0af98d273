"""What tensors and their storages held, and since which step."""
