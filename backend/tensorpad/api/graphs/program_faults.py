"""Why a program has no graph to draw: what ended it, where, and what explains it."""

from typing import Any

from tensorpad.api.problems import Problem
from tensorpad.api.runs import endings
from tensorpad.api.runs.explanations import Explanations
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.texts import Lang

_MESSAGE_CHARS = 4_000
"""Of a message that is repeated: it is remembered for a while."""


def refuse_failure(program: RunRequest, outcome: Outcome, lang: Lang) -> None:
    """Raises Problem 422 with the program's own error, or with what ended it."""
    ending = endings.of(outcome, lang)
    if ending.status == "ok":
        return
    explanations = Explanations(program, outcome, ending, lang)
    fault: dict[str, Any] = {"status": ending.status}
    for index, cell in enumerate(outcome.cells):
        error = cell.record.error if cell.record is not None else None
        if error is None and cell.record is None and cell.started:
            error = ending.error(index, outcome.trace)
        if error is None:
            continue
        explanation = explanations.of_cell(index)
        message = ending.message or error.message[:_MESSAGE_CHARS]
        fault |= {"detail": message, "type": error.type, "line": error.line}
        # A call stops where the cell that defined it says. Of a program of one cell, its lines say enough.
        at = (error.cell if error.cell is not None else index) + 1
        fault["cell"] = at if len(program.cells) > 1 else None
        fault["explanation"] = None if explanation is None else explanation.title
        where = _place(fault)
        raise Problem("program", ending.message or f"{error.type}: {message}{where}", errors=[fault])
    # A forged report fails without an error, and a process may die before its first cell.
    detail = ending.message or "The program did not run to its end, and did not say why."
    raise Problem("program", detail, errors=[{**fault, "detail": detail}])


def _place(fault: dict[str, Any]) -> str:
    parts = [f"cell {fault['cell']}"] if fault["cell"] is not None else []
    parts += [f"line {fault['line']}"] if fault["line"] is not None else []
    return f" ({', '.join(parts)})" if parts else ""
