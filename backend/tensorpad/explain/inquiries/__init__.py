"""Answers to inquiries in words and formulas: derivations, the lens, openings, windows."""
