"""Questions that a run may carry, and their answers."""
