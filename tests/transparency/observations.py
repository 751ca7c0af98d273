"""What can be seen of one call, with and without the trace.

NOTE [How two runs of a call are compared]
1. The call stands in a cell. Once nothing but Python runs the cell, once the program runner does, with the trace on.
2. Afterwards everything that a program could see is put down: arguments and results with their bits, layout, versions,
   sharing of memory and gradients; the exception with its traceback; warnings with their file and line; the generators.
"""

import hashlib
import linecache
import pickle
import random
import sys
import traceback
import types
import warnings
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import torch
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import CellDone, Finished, Report, RunRequest
from tensorpad.protocol.traces import TraceRecord, check
from tensorpad.sandbox.program import run_program
from tensorpad.sandbox.seeds import seed_all
from tensorpad.trace.base.paths import without_roots

from tests.transparency.exchange import exchange
from tests.transparency.operators import Call, Variant
from tests.transparency.portraits import Portraits, leaves

_BACKWARD = """
roots = [output for output in leaves(outputs) if isinstance(output, torch.Tensor) and output.requires_grad]
exchange.cotangents += [torch.randn_like(root) for root in roots]
if roots:
    torch.autograd.backward(roots, exchange.cotangents)
"""
_FIRST = """
import torch
from tests.transparency.exchange import exchange
from tests.transparency.portraits import leaves
function, arguments, keywords = exchange.function, exchange.arguments, exchange.keywords
"""
_CALL = _FIRST + "exchange.outputs = outputs = function(*arguments, **keywords)\n" + _BACKWARD
_INPLACE = (
    _FIRST
    + """
first = arguments[0].clone(memory_format=torch.preserve_format)
exchange.outputs = outputs = function(first, *arguments[1:], **keywords)
same = outputs is first
"""
    + _BACKWARD
)
_OUT = (
    _FIRST
    + """
with torch.no_grad():
    expected = function(*arguments, **keywords)
    out = torch.empty_like(expected) if isinstance(expected, torch.Tensor) else tuple(map(torch.empty_like, expected))
    for one in leaves(out):
        one.zero_()
    exchange.outputs = [out, function(*arguments, **keywords, out=out)]
"""
)
PROGRAMS: Final[dict[Variant, str]] = {
    "function": _CALL,
    "method": _CALL,
    "inplace": _INPLACE,
    "operator": _CALL,
    "out": _OUT,
    "error": _CALL,
}
LIMITS: Final = Limits()
_FILENAME: Final = "<cell 1>"
Seen = dict[str, Any]


def plainly(call: Call, variant: Variant, defined: bool) -> Seen:
    """What is seen when nothing but Python makes the call. `defined`: whether the elements mean anything."""
    return _observe(_run_plainly, call, PROGRAMS[variant], defined)


def traced(call: Call, variant: Variant, defined: bool) -> tuple[Seen, TraceRecord]:
    """As `plainly`, in the program runner; with the trace, which has been through the parent's checks."""
    traces: list[TraceRecord] = []
    seen = _observe(lambda source: _run_traced(source, traces), call, PROGRAMS[variant], defined)
    (trace,) = traces
    assert not any(one.what == "trace" for one in trace.truncated), "the trace could not be made"
    check(trace, LIMITS)
    return seen, trace


def _observe(run: Callable[[str], str | None], call: Call, source: str, defined: bool) -> Seen:
    exchange.set(call.function, call.arguments, call.keywords)
    portraits = Portraits(defined)
    linecache.cache[_FILENAME] = (len(source), None, source.splitlines(keepends=True), _FILENAME)
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        raised = run(source)
    seen: Seen = {
        "raised": raised,
        "warnings": [(one.category, str(one.message), one.filename, one.lineno, one.line) for one in shown],
        "generators": _generators(),
        "ran backward": bool(exchange.cotangents),
        "settings": (torch.is_grad_enabled(), torch.get_default_dtype(), torch.is_inference_mode_enabled()),
    }
    given = leaves((call.arguments, call.keywords))
    parts = {"argument": given, "output": leaves(exchange.outputs), "cotangent": exchange.cotangents}
    for part, values in parts.items():
        for place, value in enumerate(values):
            seen[f"{part} {place}"] = portraits.of(value)
        seen[part] = len(values)
    seen["structure"] = type(exchange.outputs).__name__
    exchange.clear()
    return seen


def _generators() -> str:
    state = pickle.dumps((torch.get_rng_state().numpy().tobytes(), np.random.get_state(), random.getstate()))
    return hashlib.sha256(state).hexdigest()


def _run_plainly(source: str) -> str | None:
    module = types.ModuleType("__main__")
    before = sys.modules["__main__"]
    sys.modules["__main__"] = module
    try:
        seed_all(0)
        try:
            exec(compile(source, _FILENAME, "exec", dont_inherit=True), module.__dict__)
        except Exception as error:
            trace = error.__traceback__
            lines = traceback.format_exception(error.with_traceback(trace and trace.tb_next))
            return without_roots("".join(lines).rstrip("\n"))
        return None
    finally:
        sys.modules["__main__"] = before


def _run_traced(source: str, trace: list[TraceRecord]) -> str | None:
    reports: list[Report] = []
    run_program(RunRequest(cells=(source,), seed=0, timeout_s=600.0), LIMITS, reports.append)
    error = None
    for report in reports:
        match report:
            case CellDone(cell):
                error = cell.error and cell.error.traceback
            case Finished(record):
                trace.append(record)
            case _:
                pass
    return error
