"""What the views of a run ask for beside its answer, asked in advance and within bounds."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from tensorpad.api.names import vocabulary
from tensorpad.api.problems import Problem
from tensorpad.api.runs.service import Service
from tensorpad.protocol.inquiries import Answer
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.traces import TraceRecord
from tensorpad.recordings.foldings import drawings
from tensorpad.recordings.making import Beside
from tensorpad.recordings.questions import ROOM, Question, Recorded, questions, recorded
from tensorpad.recordings.recording import RecordedDerivation, RecordedLens, RecordedName, RecordedOpening
from tensorpad.texts import Lang

Kind = TypeVar("Kind", RecordedDerivation, RecordedOpening, RecordedLens)


async def beside(service: Service, request: RunRequest, trace: TraceRecord, lang: Lang, *, at_once: int) -> Beside:
    """Ask, with as many programs running at once. Raises what `Runner.run` does."""
    turn = asyncio.Semaphore(at_once)

    async def ask(inquiries: Sequence[Question]) -> list[Recorded | None]:
        async with turn:
            outcome = await service.outcome(replace(request, inquiries=tuple(inquiries)))
        answers: Sequence[Answer | None] = outcome.trace.answers
        if len(answers) != len(inquiries):  # the worker has died, or the program has forged its report
            answers = (None,) * len(inquiries)
        made = [recorded(*pair, outcome, lang) for pair in zip(inquiries, answers, strict=True)]
        if len(inquiries) == 1:
            return made
        # What one run had no room for beside the others is asked alone.
        return [one or (await ask([inquiry]))[0] for inquiry, one in zip(inquiries, made, strict=True)]

    found = [one for answers in await asyncio.gather(*map(ask, questions(trace))) for one in answers]
    return Beside(
        derivations=_within(RecordedDerivation, found),
        drawings=await drawings(service, trace, lang),
        openings=_within(RecordedOpening, found),
        lenses=_within(RecordedLens, found),
        names=await _names(service, trace),
    )


def _within(kind: type[Kind], found: Iterable[Recorded | None]) -> tuple[Kind, ...]:
    """Those of a kind, in their order, while there is room."""
    kept: list[Kind] = []
    room = ROOM[kind]
    for one in found:
        if isinstance(one, kind):
            room -= len(msgspec.json.encode(one))
            if room < 0:
                break
            kept.append(one)
    return tuple(kept)


async def _names(service: Service, trace: TraceRecord) -> tuple[RecordedName, ...]:
    """What torch's documentation says of the operations, which the details of a step show."""
    owners: dict[str, set[str]] = {}
    for operation in trace.operations:
        owner, _, name = operation.name.rpartition(".")
        if owner.split(".")[0] == "torch":
            owners.setdefault(owner, set()).add(name)
    kept: list[RecordedName] = []
    for owner, wanted in sorted(owners.items()):
        try:
            known = await vocabulary(service, owner)
        except Problem:
            continue
        kept += [
            RecordedName(f"{owner}.{record.name}", Raw(msgspec.json.encode(record)))
            for record in known
            if record.name in wanted
        ]
    return tuple(kept)
