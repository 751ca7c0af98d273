"""What the source says: cells, the statements in them, the names that these bind, and the calls that they make.

Read `instrumentation.py` first: it makes a cell report each statement that has run, as a step of `timeline.py`.
"""
