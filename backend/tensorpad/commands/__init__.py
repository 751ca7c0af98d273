"""The `tensorpad` command: a file for each of its commands, and what `run` is made of."""
