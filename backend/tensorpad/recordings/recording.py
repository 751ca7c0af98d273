"""A recording: a run with whatever its views would ask a server for. `docs/recordings.md` describes the file.

NOTE [Who checks what]
A file may come from anybody. `decode` checks its size and its frame; answers within it stay JSON that nobody here reads.
Whoever plays it checks those against the description of the API.
"""

import gzip
import zlib
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

from tensorpad.protocol.limits import MIB

FORMAT: Final = "tensorpad recording"
VERSION: Final = 1
SUFFIX: Final = ".tpad"
MEDIA_TYPE: Final = "application/vnd.tensorpad+gzip"
MOST_BYTES: Final = 64 * MIB
"""JSON of one recording. A file of a few kilobytes can inflate to gigabytes."""


class RecordingError(Exception):
    """The bytes are no recording that this version can read, or none could be made; the message says why.

    `service`: the sandbox failed, and the program is not to blame.
    """

    def __init__(self, message: str, *, service: bool = False) -> None:
        super().__init__(message)
        self.service = service


class Made(Struct, frozen=True):
    """The versions of what made a recording."""

    tensorpad: str
    torch: str
    python: str


class Program(Struct, frozen=True):
    """What was run, and the language of what is said of it. `seed` None means fresh entropy."""

    cells: tuple[str, ...]
    seed: int | None
    device: str
    lang: str


class RecordedDerivation(Struct, frozen=True, omit_defaults=True):
    """The derivation that starts at the variable `of`, or where the pass `backward` did; with neither, at the last pass.

    `checked`: with finite differences.
    """

    derivation: Raw
    of: str | None = None
    backward: str | None = None
    checked: bool = False
    message: str | None = None
    """What the program raised, if it did not run to its end."""


class RecordedDrawing(Struct, frozen=True):
    """A graph with the parts open and closed that a person can open and close."""

    graph: str
    open: tuple[str, ...]
    closed: tuple[str, ...]
    drawn: Raw


class RecordedOpening(Struct, frozen=True):
    """What an operation did inside."""

    operation: str
    opening: Raw


class RecordedLens(Struct, frozen=True):
    """Where one element of an operation's output came from."""

    operation: str
    output: int
    element: tuple[int, ...]
    lens: Raw


class RecordedName(Struct, frozen=True):
    """What torch's documentation says of a public name such as `torch.Tensor.mul`."""

    name: str
    documentation: Raw


class Recording(Struct, frozen=True, kw_only=True):
    """A run, as its file has it. `answer` is that of `POST /api/v1/runs`; the rest is beside it."""

    format: str = FORMAT
    version: int = VERSION
    made: Made
    program: Program
    answer: Raw
    derivations: tuple[RecordedDerivation, ...] = ()
    drawings: tuple[RecordedDrawing, ...] = ()
    openings: tuple[RecordedOpening, ...] = ()
    lenses: tuple[RecordedLens, ...] = ()
    names: tuple[RecordedName, ...] = ()


class _Frame(Struct):
    format: Any = None
    version: Any = None


def encode(recording: Recording) -> bytes:
    """The file: the same bytes for the same recording."""
    return gzip.compress(msgspec.json.encode(recording), 9, mtime=0)


def decode(data: bytes) -> Recording:
    """The recording in a file. Raises RecordingError for what is none, is too large, or is of a later version."""
    text = _inflated(data)
    try:
        frame = msgspec.json.decode(text, type=_Frame)
    except (msgspec.DecodeError, RecursionError):
        raise RecordingError("this is no recording of Tensorpad: it contains no JSON object") from None
    if frame.format != FORMAT:
        raise RecordingError(f"this is no recording of Tensorpad: its format is not {FORMAT!r}")
    if not isinstance(frame.version, int) or frame.version < 1:
        raise RecordingError("the recording does not name its version")
    if frame.version > VERSION:
        raise RecordingError(
            f"the recording has version {frame.version}, and this Tensorpad reads up to {VERSION}; install a newer one"
        )
    try:
        return msgspec.json.decode(text, type=Recording)
    except (msgspec.DecodeError, RecursionError) as error:
        raise RecordingError(f"the recording is damaged: {error}") from None


def _inflated(data: bytes) -> bytes:
    inflating = zlib.decompressobj(wbits=31)
    try:
        text = inflating.decompress(data, MOST_BYTES)
    except zlib.error:
        raise RecordingError("this is no recording of Tensorpad: it is not compressed with gzip") from None
    if inflating.unconsumed_tail:
        raise RecordingError(f"the recording is larger than {MOST_BYTES >> 20} MiB")
    if not inflating.eof:
        raise RecordingError("the recording is cut off")
    return text
