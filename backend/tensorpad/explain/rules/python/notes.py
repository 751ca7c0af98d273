"""What was done in another way than the program says, as the worker noted it."""

from collections.abc import Iterator
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.rules.python.packages import importable_modules
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Phrase, Value
from tensorpad.protocol.notes import NoteRecord
from tensorpad.protocol.records import Span

_MOST: Final = 8
"""Most lines that one notice names."""
_RULES: Final = {
    "ignored": "line_ignored",
    "uninstalled": "line_uninstalled",
    "skipped": "line_skipped",
    "timed": "line_timed",
}
_INSTEAD: Final = {
    "instead_of_files": "files ls ll dir cat head tail mkdir rm cp mv touch tree find writefile file load more less",
    "instead_of_folders": "cd pwd pushd popd",
    "instead_of_downloads": "wget curl git unzip tar gdown kaggle",
    "instead_of_scripts": "run python python3 bash sh script sx system",
    "instead_of_machine": "nvidia-smi lscpu free top df uname lsb_release",
    "instead_of_environment": "env set_env export",
}
"""What commands are about that notebooks have in courses."""


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


def notebook_lines(facts: Facts) -> Iterator[Finding]:
    """Lines that only a notebook understands, and that do nothing here: one notice of each kind, and of each advice."""
    alike: dict[tuple[str, str], list[NoteRecord]] = {}
    for note in facts.trace.notes:
        if note.kind in _RULES:
            alike.setdefault((note.kind, _instead(note.text) if note.kind == "skipped" else ""), []).append(note)
    for (kind, instead), noted in sorted(alike.items(), key=lambda item: [*_RULES].index(item[0][0])):
        values: dict[str, Value] = {"code": tuple(dict.fromkeys(code(note.text) for note in noted[:_MOST]))}
        if kind == "uninstalled":
            values = {"names": values["code"], "packages": importable_modules()}
        elif kind == "skipped":
            values["instead"] = Phrase(instead, {})
        yield Finding(_RULES[kind], values, (), (), noted[0].span)


def _instead(command: str) -> str:
    """The phrase that says what to do instead of a command: `!ls`, `%cd`."""
    name = command.lstrip("%!")
    phrase = next((phrase for phrase, names in _INSTEAD.items() if name in names.split()), None)
    if phrase is not None:
        return phrase
    return "instead_of_a_command" if command.startswith("!") else "instead_of_a_magic"


RULES = (loader_processes, notebook_lines)
