"""Explanations of a run: why its cells failed, and what its author may not have meant."""

from tensorpad.api.runs.endings import Ending
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import explain_error, surprises
from tensorpad.explain.program.sources import Sources
from tensorpad.explain.rules import SURPRISE_RULES
from tensorpad.explain.rules.python import notes
from tensorpad.explain.words.findings import Explanation
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import ErrorRecord
from tensorpad.texts import Lang


class Explanations:
    """What there is to say about one run."""

    def __init__(self, request: RunRequest, outcome: Outcome, ending: Ending, lang: Lang) -> None:
        self._request = request
        self._outcome = outcome
        self._ending = ending
        self._lang: Lang = lang
        self._sources: Sources | None = None

    def of_cell(self, index: int) -> Explanation | None:
        """Why a cell failed, or was ended."""
        cell = self._outcome.cells[index]
        error = cell.record.error if cell.record is not None else None
        if cell.record is None and cell.started:
            error = self._ending.error(index, self._outcome.trace)
        if error is None:
            return None
        return explain_error(self._facts(index, error), self._lang)

    def notices(self) -> tuple[Explanation, ...]:
        """What the program did that its author may not have meant; of one that failed, what it did not do as it says."""
        rules = SURPRISE_RULES if self._ending.status == "ok" else notes.RULES
        return tuple(surprises(self._facts(None, None), self._lang, rules))

    def _facts(self, cell: int | None, error: ErrorRecord | None) -> Facts:
        if self._sources is None:
            self._sources = Sources(self._request.cells, self._request.titles)
        stderr = tuple(cell.stderr for cell in self._outcome.cells)
        refused = tuple(
            index
            for index, output in enumerate(self._outcome.cells)
            if output.record is not None and output.record.error is not None and output.record.error.refused
        )
        return Facts(self._sources, self._outcome.trace, cell, error, stderr, self._request.seed is not None, refused)
