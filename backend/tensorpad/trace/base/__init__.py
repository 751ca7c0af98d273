"""What every part of the trace builds on: torch's private names, modes, and texts."""
