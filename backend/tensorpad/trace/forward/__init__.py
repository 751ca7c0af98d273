"""Operations: the torch calls that a program makes.

Read `operation_mode.py` first: torch passes it every call. `operation_log.py` has the operations, and `recording.py`
is what every later part of the trace gets.
"""
