"""Operations: the torch calls that a program makes.

Read `operation_mode.py` first: torch gives it every call. `log.py` has the operations that were recorded.
"""
