"""The report: the trace of a run as records of `tensorpad.protocol`.

Read `assembly.py` first. Nothing here runs before the program has ended.
"""
