"""Explanations of errors and of surprises, in each language: from facts, by rules, in texts of their own."""
