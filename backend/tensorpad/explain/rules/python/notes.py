"""What was done in another way than the program says, as the worker noted it."""

from collections.abc import Iterator

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding
from tensorpad.protocol.records import Span


def loader_processes(facts: Facts) -> Iterator[Finding]:
    """A `DataLoader` that made its batches without processes."""
    noted = [note for note in facts.trace.notes if note.kind == "workers"]
    if noted:
        given = code(f"num_workers={noted[0].text}")
        yield Finding("loader_processes", {"given": given}, (), (), _argument(facts) or noted[0].span)


def _argument(facts: Facts) -> Span | None:
    """The place of `num_workers=2`, if there is only one such place."""
    places: list[Span] = []
    for cell in range(len(facts.sources.cells)):
        tokens = facts.sources.tokens(facts.sources.whole(cell))
        for name, equals, value in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if name.text == "num_workers" and equals.text == "=" and value.text != "0":
                places.append(Span(cell, name.span.line, name.span.column, value.span.end_line, value.span.end_column))
    return places[0] if len(places) == 1 else None


RULES = (loader_processes,)
