"""What tensors, arrays and storages held, and since which step of the timeline.

Read `timeline.py` and `tracked.py` first, then `ledger.py`, which records what each storage held from which step on.
"""
