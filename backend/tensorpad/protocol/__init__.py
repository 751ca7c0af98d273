"""What crosses the process boundary: frozen messages, trace records and bounded framing.

Nothing here imports torch, and nothing here trusts the bytes that it reads.
"""
