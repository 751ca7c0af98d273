"""What the source says: cells, the statements in them, the names that these bind, and the calls that they make.

Read `cells.py` first, then `instrumentation.py`, which makes a cell report each statement that has run.
"""
