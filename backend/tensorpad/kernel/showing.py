"""`tensorpad.show(x)`: a tensor with its values and its autograd graph, or a trace, at once."""

import sys
from types import FrameType
from typing import Any, Unpack

import torch

from tensorpad.kernel.answers import drawing
from tensorpad.kernel.errors import TraceError
from tensorpad.kernel.names import Names
from tensorpad.kernel.pages import Titled, present
from tensorpad.kernel.run import Traced, TracedRun
from tensorpad.kernel.tracing import Trace, environment_lang
from tensorpad.protocol.limits import Limits
from tensorpad.trace.backward.graphs import function_of
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.base.variables import is_module, parameters
from tensorpad.trace.memory.tracked import is_leaf
from tensorpad.trace.program.cells import Cell
from tensorpad.trace.program.files import argument_of

_sys: Any = sys
_MOST = 20_000
"""Functions of a graph in which names are looked for."""


def show(x: Any, **look: Unpack[Titled]) -> None:
    """Show a tensor (with the graph that leads to it, if it has one) or a trace: in the notebook, else in the browser.

    Tensors in the graph have the names that they have where this is called. Raises TraceError for anything else.
    """
    if isinstance(x, Trace):
        x.show(**look)
        return
    if not isinstance(x, torch.Tensor):
        raise TraceError(f"tensorpad.show() shows a tensor or a trace, and not {type(x).__name__!r}")
    lang = look.get("lang") or environment_lang()
    limits = Limits()
    traced = _traced(x, _sys._getframe(1), limits)
    settings: Titled = {"view": "values" if is_leaf(x) else "graph", **look, "lang": lang}
    present(drawing.recording(traced, lang, limits), **settings)


def _traced(tensor: Any, frame: FrameType, limits: Limits) -> Traced:
    """A program of one expression, the tensor's, whose names are those of the tensors that it was made from."""
    expression = argument_of(frame) or "x"
    found: dict[str, Any] = {"__name__": frame.f_globals.get("__name__"), **_names(tensor, frame)}
    if expression.isidentifier():
        found[expression] = tensor
    names = Names(found)
    names.mention([*found], None)
    run = TracedRun(names, limits)
    run.begin(Cell(0, expression), None)
    result = run.result(tensor, expression, repr(tensor), True)
    return run.end(None, None, result)


def _names(tensor: Any, frame: FrameType) -> dict[str, Any]:
    """The variables at a frame that are leaves of the tensor's graph, or modules with such parameters."""
    with DisableTorchFunction():
        leaves = _leaves(tensor)
    found: dict[str, Any] = {}
    for name, value in {**frame.f_globals, **frame.f_locals}.items():
        held = [value] if isinstance(value, torch.Tensor) else []
        if is_module(value):
            held = [parameter for _, parameter in parameters(name, value)]
        if any(id(one) in leaves for one in held) and not name.startswith("_"):
            found[name] = value
    return found


def _leaves(tensor: Any) -> dict[int, Any]:
    """The leaves of a tensor's graph, by their identity."""
    leaves: dict[int, Any] = {}
    pending = [] if is_leaf(tensor) else [function_of(tensor)]
    visited: set[Any] = set(pending)
    while pending and len(visited) < _MOST:
        function = pending.pop()
        leaf = getattr(function, "variable", None)
        if leaf is not None:
            leaves[id(leaf)] = leaf
        for following, _ in function.next_functions:
            if following is not None and following not in visited:
                visited.add(following)
                pending.append(following)
    return leaves
