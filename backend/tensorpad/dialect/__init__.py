"""The lines of a cell that are IPython's and not Python's."""
