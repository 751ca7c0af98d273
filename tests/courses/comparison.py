"""What the trace says of a program, against what plain Python did."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import surprises
from tensorpad.explain.program.sources import Sources
from tensorpad.protocol.records import FullValues, Values
from tensorpad.protocol.series import SeriesRecord
from tensorpad.protocol.traces import TraceRecord

from tests.courses.plain import Bound, Held, Plainly
from tests.support.comparison import Course

_ADDRESS = re.compile(r"0x[0-9a-f]+")
_OBJECTS = re.compile(r"^<IPython\.core\.display\.\w+ object>\n", re.MULTILINE)
"""What IPython prints of a display where no notebook is."""
_TIMES = re.compile(r"^(CPU times|Wall time): .*\n", re.MULTILINE)


def differences(course: Course, plain: Plainly) -> Iterator[str]:
    """Everything in which a traced program differs from plain Python: what it printed, showed and held."""
    for cell in course.cells:
        if cell.status != "ok":
            yield f"cell {cell.index + 1}: {cell.error}"
    if (printed := _TIMES.sub("", course.printed)) != (expected := _OBJECTS.sub("", plain.printed)):
        yield f"it printed {printed!r}, and not {expected!r}"
    for cell, text, displays in zip(course.cells, plain.results, course.displays, strict=False):
        shown = None if cell.result is None else cell.result.text
        if not (shown is None and displays) and _plain(shown) != _plain(text):
            yield f"cell {cell.index + 1} shows {shown!r}, and not {text!r}"
    trace = course.trace
    texts = {variable.name: variable.text for variable in trace.variables}
    for name, text in plain.texts.items():
        if texts.get(name) != text:
            yield f"{name} is {texts.get(name)}, and not {text}"
    for name, held in plain.tensors.items():
        yield from _tensor(trace, name, held)


def _plain(text: str | None) -> str | None:
    return None if text is None else _ADDRESS.sub("0x", text)


def _tensor(trace: TraceRecord, name: str, held: Held) -> Iterator[str]:
    record = next((record for record in trace.tensors if name in record.names), None)
    if record is None:
        yield f"{name} is not in the trace"
        return
    said = (record.layout.shape, record.layout.dtype, record.requires_grad)
    truth = (held.shape, held.dtype, held.requires_grad)
    if said != truth:
        yield f"{name} is {said}, and not {truth}"
    if (record.grad is None) != (held.gradient is None):
        yield f"{name}.grad is {record.grad}, and not {held.gradient}"
    for what, values, elements in ((name, record.values, held.elements), (f"{name}.grad", record.grad, held.gradient)):
        if values is not None and elements is not None and not _same(trace, values, elements):
            yield f"{what} is {values}, and not {elements}"


def _same(trace: TraceRecord, values: Values, elements: list[float]) -> bool:
    match values:
        case FullValues(data=data):
            return len(data) == len(elements) and np.array_equal(np.array(data, float), np.array(elements), equal_nan=True)
        case _:
            # Large tensors are summarised; a small one may be left out only where the report says so.
            return len(elements) > 2_000 or any(part.what == "values" for part in trace.truncated)


def lost(trace: TraceRecord) -> Iterator[str]:
    """What is missing from a trace."""
    for part in trace.truncated:
        if part.limit == 0:
            yield f"{part.what} is lost"
    if not trace.steps:
        yield "there are no steps"
    if not trace.tensors and not trace.truncated:
        yield "there are no tensors"


def incomplete(trace: TraceRecord, plain: Plainly) -> Iterator[str]:
    """Each list of numbers that plain Python kept of a loop, and that no series has whole."""
    found: defaultdict[tuple[int, int], list[SeriesRecord]] = defaultdict(list)
    for series in trace.series:
        if series.ended:
            yield f"the series of {series.name} ended early"
        if series.span is not None:
            found[series.span.cell, series.span.line].append(series)
    for bound in plain.bound:
        for name, measure, numbers in _lists(bound):
            here = [one for one in found[bound.cell, bound.line] if one.measure == measure and name in (None, one.name)]
            if not any(_close(one.values, numbers) for one in here):
                text = f"cell {bound.cell + 1}, line {bound.line}: {name or bound.name} ({measure})"
                yield f"{text} has {[one.values[:5] for one in here]}, and not {numbers[:5]} … {len(numbers)}"


def _lists(bound: Bound) -> Iterator[tuple[str | None, str, list[float]]]:
    """Name, measure and numbers of the series that a statement must have. What is of one leaf has the leaf's name."""
    owners = bound.owners
    divided = any(owner is not None and owner in owners[:place] for place, owner in enumerate(owners))
    for owner in dict.fromkeys(owners) if divided else [None]:
        rows = [row for row, own in zip(bound.elements, owners, strict=True) if not divided or own == owner]
        name = None if divided else bound.name
        if len(rows) < 2:
            continue
        if len(rows[0]) == 1:
            yield name, "value", [row[0] for row in rows]
        elif len(rows[0]) <= 4:
            for place, index in enumerate(np.ndindex(*bound.shape)):
                own = None if name is None else f"{name}[{', '.join(map(str, index))}]"
                yield own, "value", [row[place] for row in rows]
        else:
            norms = [math.hypot(*row) for row in rows]
            yield name, "norm", norms
            yield name, "minimum", [norm if math.isnan(norm) else min(row) for norm, row in zip(norms, rows, strict=True)]
            yield name, "maximum", [norm if math.isnan(norm) else max(row) for norm, row in zip(norms, rows, strict=True)]


def _close(values: tuple[float, ...], truth: list[float]) -> bool:
    """Whether they are the same numbers. Those of single precision travel as their shortest decimals."""
    return len(values) == len(truth) and np.allclose(values, truth, rtol=1e-6, atol=0, equal_nan=True)


def told(cells: tuple[str, ...], course: Course) -> dict[tuple[str, str], str]:
    """The notices of a program: their rules and the source that each marks, with their texts."""
    facts = Facts(Sources(cells), course.trace, None, None)
    return {(one.rule, facts.sources.text(one.span)): one.text for one in surprises(facts, "en")}
