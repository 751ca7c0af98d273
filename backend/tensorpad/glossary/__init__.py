"""The glossary: words of PyTorch in each language, each with a tiny program."""
