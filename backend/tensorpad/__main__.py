"""`python -m tensorpad` is the `tensorpad` command."""

import sys

from tensorpad.cli import main

if __name__ == "__main__":
    sys.exit(main())
