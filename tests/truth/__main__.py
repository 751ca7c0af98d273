"""The long form: `python -m tests.truth [programs]` compares so many random programs, and every example of the page."""

import sys

from tests.truth.comparison import compare, examples
from tests.truth.generator import program

if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    report = compare([[program(seed)] for seed in range(count)] + examples())
    for difference in report.differences[:100]:
        print(difference[:300])
    print(report.summary())
    sys.exit(bool(report.differences))
