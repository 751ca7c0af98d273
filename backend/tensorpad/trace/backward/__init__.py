"""Backward passes, and the autograd graphs that they run over.

Read `engine.py` first: it wraps the entry of torch's engine. `passes.py` hooks the functions of one pass.
"""
