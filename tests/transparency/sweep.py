"""Torch's operator samples with and without the trace: `python -m tests.transparency.sweep --help`.

Prints what ran, and every difference. The exit status is 1 where there was one.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product, zip_longest
from typing import Any

import torch
from tensorpad.sandbox.seeds import seed_all

from tests.transparency import operators
from tests.transparency.observations import plainly, traced
from tests.transparency.operators import Call, Variant

SHOWN_CHARS = 1_500


@dataclass
class Summary:
    """What came of a sweep."""

    operators: list[str] = field(default_factory=list[str])
    missed: list[str] = field(default_factory=list[str])
    """Operators of which no call could be made."""
    variants: Counter[str] = field(default_factory=Counter[str])
    dtypes: Counter[str] = field(default_factory=Counter[str])
    backward: int = 0
    """Calls that a backward pass was run from."""
    raised: int = 0
    warned: int = 0
    operations: int = 0
    """Operations in the traces."""
    differences: list[str] = field(default_factory=list[str])
    seconds: float = 0.0

    @property
    def calls(self) -> int:
        return sum(self.variants.values())

    @classmethod
    def read(cls, text: str) -> "Summary":
        """From what `--json` prints."""
        return cls(**json.loads(text))

    def text(self) -> str:
        """For a person."""
        lines = [
            *self.differences,
            f"{self.calls} calls of {len(self.operators)} operators; not called: {', '.join(self.missed) or 'none'}",
            ", ".join(f"{count} {name}" for name, count in (*self.variants.items(), *self.dtypes.items())),
            f"{self.backward} with a backward pass, {self.raised} raised, {self.warned} warned, "
            f"{self.operations} operations traced",
            f"{len(self.differences)} differences, {self.seconds:.0f} s",
        ]
        return "\n".join(lines)


def sweep(
    names: Sequence[str],
    variants: Sequence[Variant],
    dtypes: Sequence[str],
    limit: int | None,
    most_kinds: int | None = None,
    began_with: Callable[[str], object] = str,
) -> Summary:
    """Compare the calls of these operators (all, where none is named), at most `limit` of a kind.

    `most_kinds` is for how many kinds (way of calling, type of elements) that it has an operator is compared; the next one
    begins with another kind. `began_with` is told the name of each operator before its calls.
    """
    summary = Summary()
    began = time.monotonic()
    kinds = list(product(variants, dtypes))
    for place, operator in enumerate(operators.operators(names)):
        before = summary.calls
        began_with(operators.full_name(operator))
        compared = 0
        for variant, dtype in kinds[place % len(kinds) :] + kinds[: place % len(kinds)]:
            earlier = summary.calls
            _compare_all(operator, variant, dtype, limit, summary)
            compared += summary.calls > earlier
            if compared == most_kinds:
                break
        (summary.missed if summary.calls == before else summary.operators).append(operators.full_name(operator))
    summary.seconds = time.monotonic() - began
    return summary


def _compare_all(operator: Any, variant: Variant, dtype: str, limit: int | None, summary: Summary) -> None:
    name = operators.full_name(operator)
    defined = not {operator.name, f"{operator.name} {variant}"} & operators.UNDEFINED.keys()
    ours, theirs = (_seeded(operator, variant, dtype, limit) for _ in range(2))
    for place, (first, second) in enumerate(zip_longest(ours, theirs)):
        summary.variants[variant] += 1
        summary.dtypes[dtype] += 1
        try:
            _compare(first, second, variant, defined, summary)
        except Exception as error:
            summary.differences.append(f"{name} {variant} {dtype} {place}: {type(error).__name__}: {error}"[:SHOWN_CHARS])


def _seeded(operator: Any, variant: Variant, dtype: str, limit: int | None) -> list[Call]:
    seed_all(0)
    return list(operators.calls(operator, variant, operators.DTYPES[dtype], limit))


def _compare(first: Call, second: Call, variant: Variant, defined: bool, summary: Summary) -> None:
    plain = plainly(first, variant, defined)
    summary.raised += plain["raised"] is not None
    summary.warned += bool(plain["warnings"])
    summary.backward += plain["ran backward"]
    watched, trace = traced(second, variant, defined)
    summary.operations += len(trace.operations)
    assert plain.keys() == watched.keys(), f"{plain.keys()} | {watched.keys()}"
    for key, value in plain.items():
        assert value == watched[key], f"{key}: {value!r} | {watched[key]!r}"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.transparency.sweep", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("operators", nargs="*", help="names of operators (all)")
    parser.add_argument("--calls", type=int, default=None, help="at most so many calls of a kind (all)")
    parser.add_argument("--kinds", type=int, default=None, help="at most so many kinds of an operator (all)")
    parser.add_argument("--variant", action="append", choices=operators.VARIANTS, help="ways of calling (all)")
    parser.add_argument("--dtype", action="append", choices=list(operators.DTYPES), help="types of elements (all)")
    parser.add_argument("--progress", action="store_true", help="name each operator on standard error")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_warn_always(True)
    variants, dtypes = options.variant or operators.VARIANTS, options.dtype or list(operators.DTYPES)
    progress = partial(print, file=sys.stderr, flush=True) if options.progress else str
    summary = sweep(options.operators, variants, dtypes, options.calls, options.kinds, progress)
    print(json.dumps(vars(summary)) if options.json else summary.text())
    return int(bool(summary.differences))


if __name__ == "__main__":
    sys.exit(main())
