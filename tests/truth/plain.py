"""What programs hold after each of their statements, when nothing but Python and torch run them.

Run as a process of its own: it reads programs, each a list of cells, and writes what they held.
"""

import ast
import contextlib
import inspect
import io
import json
import linecache
import math
import sys
import types
import warnings
from typing import Any

import numpy as np
import torch
from tensorpad.sandbox.seeds import seed_all

_STATEMENTS = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Delete, ast.FunctionDef, ast.ClassDef, ast.Assert)
_LOOK = "_look_at_everything"
MOST_ELEMENTS = 2_000
Held = dict[str, Any]
Moment = dict[str, Any]
"""Where the statement is, the depth of its frame, and what the names there hold."""


class _Instrumented(ast.NodeTransformer):
    """Adds a call after every statement that is not compound. `return` has none: nothing comes after it."""

    def __init__(self, cell: int) -> None:
        self._cell = cell

    def visit(self, node: Any) -> Any:
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, ast.FunctionDef):
                    self.visit(member)
            return node
        for name in ("body", "orelse", "finalbody", "handlers"):
            statements: Any = getattr(node, name, None)
            if type(statements) is list:
                watched: list[Any] = []
                for statement in statements:  # pyright: ignore[reportUnknownVariableType]
                    watched += self._watched(statement)
                setattr(node, name, watched)
        return node

    def _watched(self, statement: Any) -> list[Any]:
        self.visit(statement)
        constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not isinstance(statement, _STATEMENTS) or constant:
            return [statement]
        place = ast.Tuple([ast.Constant(part) for part in (self._cell, *_place(statement))], ast.Load())
        call = ast.Expr(ast.Call(ast.Name(_LOOK, ast.Load()), [place], []))
        return [statement, ast.fix_missing_locations(ast.copy_location(call, statement))]


def _place(statement: Any) -> tuple[int, int]:
    decorators = getattr(statement, "decorator_list", [])
    return min((one.lineno, one.col_offset) for one in (statement, *decorators))


def moments(cells: list[str]) -> list[Moment]:
    """What a program held after each statement that ran, until it ended or raised."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    found: list[Moment] = []

    def look(place: tuple[int, ...]) -> None:
        frame: Any = inspect.currentframe()
        frame = frame.f_back
        top = frame.f_code.co_name == "<module>"
        free = set(frame.f_code.co_freevars)
        local = {} if top else {name: value for name, value in frame.f_locals.items() if name not in free}
        found.append({"place": list(place), "globals": _names(module.__dict__), "locals": _names(local), "top": top})

    module.__dict__[_LOOK] = look
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seed_all(0)
        with contextlib.suppress(Exception):
            for index, cell in enumerate(cells):
                name = f"<cell {index + 1}>"
                linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
                tree = _Instrumented(index).visit(ast.parse(cell))
                exec(compile(tree, name, "exec", dont_inherit=True), module.__dict__)
    return found


def _names(namespace: dict[str, Any]) -> dict[str, Held]:
    found: dict[str, Held] = {}
    for name, value in list(namespace.items()):
        if name.startswith("_"):
            continue
        if isinstance(value, torch.Tensor):
            found[name] = _tensor(value)
        elif type(value) is np.ndarray:
            found[name] = {"array": True, "shape": list(value.shape), "dtype": str(value.dtype), "values": _flat(value)}
        elif isinstance(value, torch.nn.Module):
            found.update((f"{name}.{path}", _tensor(part)) for path, part in value.named_parameters(remove_duplicate=False))
    return found


def _tensor(tensor: Any) -> Held:
    held: Held = {
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype),
        "device": str(tensor.device),
        "layout": str(tensor.layout),
        "requires_grad": tensor.requires_grad,
        "is_leaf": _quietly(lambda: tensor.is_leaf, False),
        "grad_fn": _quietly(lambda: None if tensor.grad_fn is None else type(tensor.grad_fn).__name__, None),
        "is_parameter": isinstance(tensor, torch.nn.Parameter),
        "version": _quietly(lambda: tensor._version, None),
        "values": _listed(tensor),
    }
    if tensor.layout is torch.strided:
        held |= {"stride": list(tensor.stride()), "offset": tensor.storage_offset()}
        held["storage"] = tensor.untyped_storage().data_ptr()
    grad = _quietly(lambda: tensor.grad, None)
    held["grad"] = None if grad is None else _listed(grad) or "large"
    return held


def _quietly(look: Any, otherwise: Any) -> Any:
    """A view whose base was written in a way that autograd forbids raises when it is asked."""
    try:
        return look()
    except RuntimeError:
        return otherwise


def _listed(tensor: Any) -> list[Any] | None:
    if tensor.layout is not torch.strided or tensor.numel() > MOST_ELEMENTS or tensor.is_meta:
        return None
    plain: Any = tensor.detach().resolve_conj().resolve_neg()
    if plain.is_complex():
        plain = torch.view_as_real(plain)
    return [_number(number) for number in plain.flatten().tolist()]


def _flat(array: Any) -> list[Any] | None:
    if array.size > MOST_ELEMENTS:
        return None
    flat: Any = array.flatten()
    return [_number(number) for number in (flat.view(flat.real.dtype) if np.iscomplexobj(flat) else flat).tolist()]


def _number(number: Any) -> Any:
    """As JSON has it."""
    if not isinstance(number, float) or math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


if __name__ == "__main__":
    torch.set_num_threads(1)
    for line in sys.stdin:
        print(json.dumps(moments(json.loads(line))), flush=True)
