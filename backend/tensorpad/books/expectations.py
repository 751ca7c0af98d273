"""Whether a block of a book still does what its author says."""

import re
from collections.abc import Sequence
from typing import Any

from tensorpad.books.options import Options

_SHOWN = 2_000
"""Characters of a result that a warning repeats."""


def output_of(cell: dict[str, Any]) -> str:
    """What a cell prints and shows, as a notebook has it below the cell: its output, its result, its error."""
    parts = [cell.get("stdout", ""), cell.get("stderr", "")]
    if (result := cell.get("result")) is not None:
        parts.append(result["text"])
    if (error := cell.get("error")) is not None:
        parts.append(failure(error))
    return "\n".join(part.rstrip("\n") for part in parts if part.strip("\n"))


def failure(error: dict[str, Any]) -> str:
    """An error in one line, as Python ends a traceback."""
    return f"{error['type']}: {error['message']}" if error.get("message") else error["type"]


def complaints(options: Options, answer: dict[str, Any], cells: Sequence[dict[str, Any]]) -> list[str]:
    """What is not as the author says. `cells` are those of the block itself; before them may be others of its session."""
    return [*_ends(options, answer), *_outputs(options, cells)]


def _ends(options: Options, answer: dict[str, Any]) -> list[str]:
    error = next((cell["error"] for cell in answer["cells"] if cell.get("error")), None)
    if options.raises is not None:
        wanted = options.raises.rpartition(".")[2]
        if error is None:
            return [f"the program ends without {wanted or 'an exception'}, and :raises: says that it does not"]
        if wanted and error["type"].rpartition(".")[2] != wanted:
            return [f"the program raises {failure(error)}, and :raises: says {options.raises}"]
        return []
    if answer["status"] == "ok":
        return []
    if error is None:
        return [f"the program does not end: {answer['message'] or answer['status']}"]
    where = f"line {error['line']} of the program raises " if error.get("line") else "the program raises "
    return [f"{where}{failure(error)}; if it is meant to, write :raises: {error['type']}"]


def _outputs(options: Options, cells: Sequence[dict[str, Any]]) -> list[str]:
    if options.expect is None:
        return []
    shown = "\n".join(filter(None, map(output_of, cells)))
    if _is_as(shown, options.expect):
        return []
    return [f"the program shows\n{_indented(shown)}\nand :expect: says\n{_indented(options.expect)}"]


def _is_as(shown: str, expected: str) -> bool:
    """Whether the lines are the same but for spaces at their ends; `…` is any text, as in documents."""
    parts = (re.escape(part) for part in _lines(expected).split("…"))
    return re.fullmatch(".*?".join(parts), _lines(shown), re.DOTALL) is not None


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def _indented(text: str) -> str:
    if not text.strip():
        return "  (nothing)"
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return "\n".join(f"  {line}" for line in cut.split("\n"))
