"""A recording of an answer, wherever that was made."""

import hashlib

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import asdict, replace

from tensorpad import __version__
from tensorpad.api.encoding import json
from tensorpad.api.runs.answer import RunResponse
from tensorpad.recordings.questions import UNTIMED
from tensorpad.recordings.recording import (
    Made,
    Program,
    RecordedDerivation,
    RecordedDrawing,
    RecordedLens,
    RecordedName,
    RecordedOpening,
    Recording,
)


class Beside(Struct, frozen=True):
    """What is recorded beside an answer; any of it may be left out."""

    derivations: tuple[RecordedDerivation, ...] = ()
    drawings: tuple[RecordedDrawing, ...] = ()
    openings: tuple[RecordedOpening, ...] = ()
    lenses: tuple[RecordedLens, ...] = ()
    names: tuple[RecordedName, ...] = ()


NOTHING = Beside()


def recording_of(answer: RunResponse, program: Program, beside: Beside = NOTHING) -> Recording:
    """The recording. The answer's id and times are replaced, so that equal runs are equal bytes."""
    environment = answer.environment
    run_id = hashlib.sha256(msgspec.json.encode(program)).hexdigest()[:24]
    return Recording(
        made=Made(__version__, environment.torch, environment.python),
        program=program,
        answer=Raw(json(replace(answer, id=run_id, timing=UNTIMED))),
        **asdict(beside),
    )
