"""Tallies: how often each answer to a gate of a lesson was the first one, and nothing else."""
