"""How the service starts a Python process of its own: apart from the user's files, and the same in every start.

`-I` would ignore the environment whole, and with it the seed. So the environment is made for the process, from nothing, and
only what else `-I` does is asked for: no directory of the user's, and none of the script's or the current one.
"""

from typing import Final

FLAGS: Final = ("-s", "-P", "-B")

HASH_SEED: Final = {"PYTHONHASHSEED": "0"}
"""For the environment. Sets of strings then have one order: the same program gives the same answer on every start.

The service itself has a seed of its own, drawn at each start, since what it hashes comes from strangers.
"""
