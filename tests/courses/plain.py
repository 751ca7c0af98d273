"""A notebook of a course, run by plain Python: statement by statement, without anything of Tensorpad's.

What loops bind is kept by a call after each statement in them, in the way in which people keep a list of losses.
"""

import ast
import contextlib
import io
import multiprocessing
import os
import random
import re
import sys
import types
import warnings
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import torch

_KEEP = "_keep_what_was_bound"
_NOTEBOOKS = re.compile(r"^[%!].*$", re.MULTILINE)
SMALL = 64
"""Elements of the largest tensor that is kept."""


@dataclass
class Bound:
    """What one statement of a loop gave one name: lists of elements, and which leaf each is of, if it is of any."""

    cell: int
    line: int
    name: str
    shape: tuple[int, ...]
    head: bool
    elements: list[list[float]] = field(default_factory=list[list[float]])
    owners: list[int | None] = field(default_factory=list[int | None])


@dataclass
class Held:
    """A tensor at the end: its shape, dtype and elements, and those of its gradient."""

    shape: tuple[int, ...]
    dtype: str
    requires_grad: bool
    elements: list[float]
    gradient: list[float] | None


@dataclass
class Plainly:
    """What a program did: what it printed, the text of each cell's last expression, its tensors and numbers at the end."""

    printed: str = ""
    results: list[str | None] = field(default_factory=list[str | None])
    tensors: dict[str, Held] = field(default_factory=dict[str, Held])
    texts: dict[str, str] = field(default_factory=dict[str, str])
    bound: list[Bound] = field(default_factory=list[Bound])


class _Keeping(ast.NodeTransformer):
    """Adds a call after each statement that binds names and can run more than once."""

    def __init__(self, cell: int) -> None:
        self._cell = cell
        self._repeats = False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._within(node, True)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._within(node, False)

    def visit_For(self, node: ast.For) -> ast.AST:
        self._within(node, True)
        node.body[:0] = self._calls(node.target, True)
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._within(node, True)

    def visit_Assign(self, node: ast.Assign) -> Any:
        calls = [call for target in node.targets for call in self._calls(target, False)]
        return [node, *calls] if self._repeats else node

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        return [node, *self._calls(node.target, False)] if self._repeats else node

    def _within(self, node: Any, repeats: bool) -> Any:
        before, self._repeats = self._repeats, repeats
        self.generic_visit(node)
        self._repeats = before
        return node

    def _calls(self, target: ast.expr, head: bool) -> list[ast.stmt]:
        names = [one.id for one in ast.walk(target) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
        calls = [f"{_KEEP}({self._cell}, {target.lineno}, {name!r}, {name}, {head})" for name in names if name != "_"]
        return [ast.fix_missing_locations(ast.copy_location(ast.parse(call).body[0], target)) for call in calls]


class _Keeper:
    """Is called after the statements of loops."""

    def __init__(self) -> None:
        self.bound: dict[tuple[Any, ...], Bound] = {}
        self._leaves: list[Any] = []  # kept alive, so that each has an identity of its own

    def __call__(self, cell: int, line: int, name: str, value: Any, head: bool) -> None:
        shape: tuple[int, ...] = ()
        owner: int | None = None
        if type(value) in (torch.Tensor, torch.nn.Parameter):
            if not 0 < value.numel() <= SMALL or value.is_complex():
                return
            try:
                elements = numbers(value)
            except RuntimeError:  # a transform of functions runs, and there are no numbers yet
                return
            if value.requires_grad and value.is_leaf:
                if head:
                    return
                self._leaves.append(value)
                owner = id(value)
            if value.numel() > 1 and not value.is_floating_point():
                return
            shape = tuple(value.shape) if value.numel() > 1 else ()
        elif type(value) in (bool, int, float):
            elements = [float(value)]
        else:
            return
        key = cell, line, name, shape
        bound = self.bound.setdefault(key, Bound(*key, head))
        bound.elements.append([float(element) for element in elements])
        bound.owners.append(owner)


def run(cells: tuple[str, ...], folder: str) -> Plainly:
    """Run a program in this process, which nothing else should use, with `folder` to work in."""
    torch.set_num_threads(1)
    os.environ["MPLBACKEND"] = "agg"
    os.chdir(folder)
    sys.argv = [""]
    multiprocessing.set_start_method("fork", force=True)  # processes of a DataLoader have what the program defined
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    names = module.__dict__
    keeper = names[_KEEP] = _Keeper()
    done = Plainly()
    for seed in (cast("Any", torch).manual_seed, np.random.seed, random.seed):
        seed(0)
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for index, cell in enumerate(cells):
            done.results.append(_run_cell(index, cell, names))
    done.printed = output.getvalue()
    done.bound = list(keeper.bound.values())
    for name, value in names.items():
        if not name.startswith("_"):
            _take(done, name, value)
    return done


def _run_cell(index: int, cell: str, names: dict[str, Any]) -> str | None:
    source = _NOTEBOOKS.sub("pass", cell)
    tree: Any = ast.parse(source)
    last: Any = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    tree = _Keeping(index).visit(tree)
    for statement in tree.body:
        exec(compile(ast.Module([statement], []), f"<cell {index + 1}>", "exec"), names)
    if last is None:
        return None
    value = eval(compile(ast.Expression(last.value), f"<cell {index + 1}>", "eval"), names)
    return None if value is None or source.rstrip().endswith(";") else repr(value)


def _take(done: Plainly, name: str, value: Any) -> None:
    """What a variable holds at the end."""
    if type(value) in (torch.Tensor, torch.nn.Parameter):
        done.tensors[name] = _held(value)
    elif isinstance(value, torch.nn.Module):
        done.tensors |= {f"{name}.{path}": _held(parameter) for path, parameter in value.named_parameters()}
    elif type(value) in (bool, int, float, str):
        done.texts[name] = repr(value)


def _held(tensor: Any) -> Held:
    gradient = tensor.grad if tensor.is_leaf or tensor.retains_grad else None
    flat = None if gradient is None else numbers(gradient)
    return Held(tuple(tensor.shape), str(tensor.dtype), tensor.requires_grad, numbers(tensor), flat)


def numbers(tensor: Any) -> list[float]:
    """All elements, real and imaginary parts in turn."""
    flat: Any = tensor.detach().flatten()
    parts: Any = torch.view_as_real(flat).flatten() if flat.is_complex() else flat
    elements: list[float] = parts.tolist()
    return elements
