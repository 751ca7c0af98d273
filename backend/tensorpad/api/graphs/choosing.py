"""Which of a program's graphs is asked for."""

from tensorpad.api.problems import Problem
from tensorpad.protocol.records import AutogradRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import CATALOGUES, Lang


def choose(trace: TraceRecord, graph: str | None, of: str | None, lang: Lang) -> AutogradRecord:
    """The graph with an id, or the last whose root has the name `of`, or the one that was differentiated last.

    Raises Problem 404 with those that there are.
    """
    words = CATALOGUES[lang].no_graph
    if graph is not None:
        found = next((record for record in trace.graphs if record.id == graph), None)
        if found is not None:
            return found
        known = ", ".join(record.id for record in trace.graphs)
        raise Problem("no-graph", words["id"].format(graph=repr(graph), known=known or "–"))
    if of is None and trace.graphs:
        return _first(trace)
    names: list[str] = []
    for record in reversed(trace.graphs):
        own = _root_names(trace, record)
        if of in own:
            return record
        names += own
    if not names:
        raise Problem("no-graph", words["none"])
    known = ", ".join(dict.fromkeys(names))
    raise Problem("no-graph", words["root"].format(of=repr(of), known=known[:500]))


def _first(trace: TraceRecord) -> AutogradRecord:
    """The graph that a page opens on: the newest that a backward pass ran over, else the last."""
    passed = next((backward.graphs for backward in reversed(trace.backwards) if backward.graphs), ())
    return next((record for record in reversed(trace.graphs) if record.id in passed), trace.graphs[-1])


def _root_names(trace: TraceRecord, record: AutogradRecord) -> list[str]:
    """What the program calls the graph's result: the graph's own name of it and the names of its tensor."""
    root = next((function for function in record.functions if function.id == record.root), None)
    tensor = next((item for item in trace.tensors if root is not None and item.id == root.tensor), None)
    return list(dict.fromkeys([record.root_name or record.id, *(tensor.names if tensor else ())]))
