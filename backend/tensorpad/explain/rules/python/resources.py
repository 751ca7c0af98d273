"""Memory, time and depth that ran out."""

import re
from collections import Counter

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Phrase, Value
from tensorpad.protocol.records import Span
from tensorpad.protocol.traces import took_long

_ALLOCATION = re.compile(r"you tried to allocate (\d+) bytes|CUDA out of memory\. Tried to allocate ([\d.]+ \w+)")
_OVERFLOW = re.compile(
    r"Storage size calculation overflowed with sizes=\[([\d, ]+)\]|numel: integer multiplication overflow"
)
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
_OFTEN = 20


def allocation(facts: Facts) -> Finding | None:
    """A tensor that is larger than the memory there is."""
    match = facts.match(_ALLOCATION)
    if match is not None:
        size = _size(int(match[1])) if match[1] else match[2]
        return Finding("allocation", {"size": code(size), "code": code(facts.text)}, (), (), facts.span)
    overflow = facts.match(_OVERFLOW)
    if overflow is None:
        return None
    return Finding("overflow", {"code": code(facts.text)}, (), (), facts.span)


def memory(facts: Facts) -> Finding | None:
    """The whole program above its memory limit."""
    if facts.type not in ("OutOfMemory", "MemoryError"):
        return None
    return Finding("memory", {}, (), (), facts.span)


def time(facts: Facts) -> Finding | None:
    """A program above its time limit."""
    if facts.type != "Timeout":
        return None
    busiest = _busiest(facts)
    values: dict[str, Value] = {"where": Phrase("no_busiest", {})}
    if busiest is not None:
        span, count = busiest
        values["where"] = Phrase("busiest", {"code": code(facts.sources.text(span)), "line": span.line, "count": count})
    if took_long(facts.trace):
        values["where"] = Phrase("slowed", {"where": values["where"]})
    return Finding("time", values, (), (), busiest[0] if busiest else facts.span)


def recursion(facts: Facts) -> Finding | None:
    """A function that calls itself without end."""
    if facts.type != "RecursionError" or _is_drawing(facts):
        return None
    span = facts.span
    if span is not None and not facts.text:
        # Python gave up before the function's first line.
        statement = facts.sources.cells[span.cell][span.line - 1].strip()
        return Finding("recursion", {"code": code(statement)})
    return Finding("recursion", {"code": code(facts.text)}, (), (), span)


def processes(facts: Facts) -> Finding | None:
    """A program that would start processes, which the sandbox does not allow."""
    refused = facts.type in ("PermissionError", "BlockingIOError", "OSError")
    if not refused or facts.error is None or "multiprocessing" not in facts.error.traceback:
        return None
    return Finding("processes", {"code": code(facts.text)}, (), (), facts.span)


def drawn_recursion(facts: Facts) -> Finding | None:
    """The package torchviz follows a graph by calling itself, and this graph is deeper than Python's calls may be."""
    if facts.type != "RecursionError" or not _is_drawing(facts):
        return None
    count = max((len(graph.functions) + graph.elided for graph in facts.trace.graphs), default=len(facts.own_operations))
    return Finding("drawn_recursion", {"code": code(facts.text), "count": f"{count:,}"}, (), (), facts.span)


def _is_drawing(facts: Facts) -> bool:
    return facts.error is not None and 'File "torchviz/dot.py"' in facts.error.traceback


def _busiest(facts: Facts) -> tuple[Span, int] | None:
    """The piece of source that called torch most often, if that is often enough to matter."""
    counts = Counter(operation.span for operation in facts.own_operations if operation.span is not None)
    if not counts:
        return None
    span, count = counts.most_common(1)[0]
    return (span, count) if count >= _OFTEN else None


def _size(count: int) -> str:
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {_UNITS[unit]}"


RULES = (processes, allocation, memory, time, drawn_recursion, recursion)
