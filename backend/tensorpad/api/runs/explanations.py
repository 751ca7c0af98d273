"""Explanations of a run, as bodies of the response."""

import logging

from tensorpad.api.runs.endings import Ending
from tensorpad.api.runs.schemas import DimensionBody, ExplanationBody, FixBody, SpanBody
from tensorpad.explain.explainer import explain_error, surprises
from tensorpad.explain.facts import Facts
from tensorpad.explain.findings import Explanation
from tensorpad.explain.sources import Sources
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import ErrorRecord, Span
from tensorpad.texts import Lang

log = logging.getLogger(__name__)


class Explanations:
    """What there is to say about one run. Nothing here raises: a run that cannot be explained is answered all the same."""

    def __init__(self, request: RunRequest, outcome: Outcome, ending: Ending, lang: Lang) -> None:
        self._request = request
        self._outcome = outcome
        self._ending = ending
        self._lang: Lang = lang
        self._sources: Sources | None = None

    def of_cell(self, index: int) -> ExplanationBody | None:
        """Why a cell failed, or was ended."""
        cell = self._outcome.cells[index]
        error = cell.record.error if cell.record is not None else None
        if cell.record is None and cell.started:
            error = ErrorRecord(self._ending.interruption, self._ending.interrupted, None, None, None, None, "")
        if error is None:
            return None
        try:
            explanation = explain_error(self._facts(index, error), self._lang)
            return explanation and explanation_body(explanation)
        except Exception:
            log.exception("an error could not be explained")
            return None

    def notices(self) -> list[ExplanationBody]:
        """What the program did that its author may not have meant."""
        try:
            return [explanation_body(one) for one in surprises(self._facts(None, None), self._lang)]
        except Exception:
            log.exception("surprises could not be told")
            return []

    def _facts(self, cell: int | None, error: ErrorRecord | None) -> Facts:
        if self._sources is None:
            self._sources = Sources(self._request.cells)
        stderr = tuple(cell.stderr for cell in self._outcome.cells)
        return Facts(self._sources, self._outcome.trace, cell, error, stderr, self._request.seed is not None)


def explanation_body(explanation: Explanation) -> ExplanationBody:
    """One explanation."""
    fix = explanation.fix
    return ExplanationBody(
        rule=explanation.rule,
        title=explanation.title,
        text=explanation.text,
        tensors=list(explanation.tensors),
        dims=[DimensionBody(one.tensor, one.dim) for one in explanation.dims],
        span=explanation.span and _span(explanation.span),
        fix=fix and FixBody(_span(fix.span), fix.replacement, fix.description),
    )


def _span(span: Span) -> SpanBody:
    return SpanBody(span.cell, span.line, span.column, span.end_line, span.end_column)
