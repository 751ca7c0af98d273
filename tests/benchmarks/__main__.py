"""`python -m tests.benchmarks [NAME…]`: run the benchmarks of these names, or all, and print what they measured.

The exit status is 1 where something could not run, and never depends on a time.
"""

import argparse
import sys
from collections.abc import Callable
from typing import Final

from tests.benchmarks import answers, page, recordings, rivals, sizes, stepping, tracing, tutorial
from tests.benchmarks.requirements import CannotRun

BENCHMARKS: Final[dict[str, Callable[[], None]]] = {
    "tutorial": tutorial.run,
    "tracing": tracing.run,
    "answers": answers.run,
    "sizes": sizes.run,
    "recordings": recordings.run,
    "rivals": rivals.run,
    "page": page.run,
    "stepping": stepping.run,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure Tensorpad.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(BENCHMARKS)} (all)")
    names: list[str] = parser.parse_args().names
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark has the name {unknown[0]}; there are {', '.join(BENCHMARKS)}")
    failed = False
    for name in names or BENCHMARKS:
        try:
            BENCHMARKS[name]()
        except CannotRun as error:
            print(f"The benchmark {name} could not run: {error}", file=sys.stderr)
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
