"""What a program did with torch, as records. Runs inside the worker.

`tracer.py` puts the parts together, and is the module to read first; `bindings.py` takes a step after each statement. The
rooms build on each other in one direction: base, program, memory, forward, backward, report, inquiries.
"""
