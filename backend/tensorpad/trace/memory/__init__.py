"""What tensors, arrays and storages held, and since which step of the timeline.

Read `ledger.py` first: it records what each storage held from which step on, in the objects of `tracked.py`.
"""
