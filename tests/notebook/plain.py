"""Cells in plain Python, without Tensorpad: the truth that a run is compared with.

Run as a program: a JSON list of cells on standard input, a JSON list of `[stdout, result]` on standard output.
"""

import ast
import contextlib
import io
import json
import random
import sys
from typing import Any

import numpy as np
import torch


def run(cells: list[str], seed: int) -> list[tuple[str, str | None]]:
    """Each cell's standard output, and the representation of its last expression."""
    torch.default_generator.manual_seed(seed)
    np.random.seed(seed)
    random.seed(seed)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    return [_run_cell(cell, namespace) for cell in cells]


def _run_cell(cell: str, namespace: dict[str, Any]) -> tuple[str, str | None]:
    tree = ast.parse(cell)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    output, result = io.StringIO(), None
    with contextlib.redirect_stdout(output):
        exec(compile(tree, "<cell>", "exec"), namespace)
        if isinstance(last, ast.Expr):
            result = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
    return output.getvalue(), None if result is None else repr(result)


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin), seed=0), sys.stdout)
