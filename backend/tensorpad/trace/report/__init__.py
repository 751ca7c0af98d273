"""The trace of a run as records."""
