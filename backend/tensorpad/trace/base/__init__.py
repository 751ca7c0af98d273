"""What every part of the trace builds on.

`internals.py` has torch's private names; `quiet.py` keeps our work out of the program's sight; `texts.py` and `variables.py`
make texts and names fit to be sent.
"""
