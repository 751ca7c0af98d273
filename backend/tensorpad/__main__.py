"""`python -m tensorpad` is the `tensorpad` command."""

import sys

from tensorpad.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
