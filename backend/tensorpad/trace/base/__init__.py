"""What every part of the trace builds on.

Read `internals.py` first: it has torch's private names. `quiet.py` keeps our work out of the program's sight; `texts.py` and
`variables.py` make texts and names fit to be sent.
"""
