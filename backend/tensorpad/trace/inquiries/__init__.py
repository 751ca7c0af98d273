"""Questions that a run may carry, and their answers. A run without one needs nothing from here.

Read `inquiry_watch.py` first. Then, one question each: `lens.py` (which inputs an element came from), `openings.py` (what
happened inside an operation), `windows.py` (part of a large tensor), `derivations.py` (how a gradient comes about).
"""
