"""Tracing in the user's own process: a script's block, a notebook's cell, a test. No sandbox, no service.

Read `tracing.py` first, which has `tensorpad.trace()`. `run.py` puts on what watches and takes it off again, and
`answers.py` makes an answer of what was recorded.
"""
