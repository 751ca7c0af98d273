"""A program recorded for a command."""

import argparse
import sys
from typing import TYPE_CHECKING

from tensorpad.commands.configuration import settings
from tensorpad.commands.exits import STATUSES, CommandError, Exit

if TYPE_CHECKING:
    from tensorpad.recordings.recording import Recording


def recorded(options: argparse.Namespace, cells: list[str]) -> "Recording":
    """Run the cells as the options say, and record them. Raises CommandError."""
    from tensorpad.recordings.recorder import Recorder
    from tensorpad.recordings.recording import RecordingError

    try:
        with Recorder(settings(profile=options.profile)) as recorder:
            return recorder.record(
                cells,
                seed=options.seed,
                device=options.device or "auto",
                lang=options.lang,
                timeout_s=options.timeout,
            )
    except RecordingError as error:
        raise CommandError(str(error), Exit.SERVICE if error.service else Exit.USAGE) from None


def status_of(recording: "Recording") -> int:
    """The exit status for how the recorded program ended. Of a failure it says what the recording shows."""
    import msgspec

    from tensorpad.commands.answers import Answer

    answer = msgspec.json.decode(recording.answer, type=Answer)
    if answer.status != "ok":
        errors = (cell.error for cell in answer.cells if cell.error is not None)
        error = next(errors, None)
        said = answer.message or (f"{error.type}: {error.message}" if error else answer.status)
        print(f"tensorpad: the program failed, and is recorded with its failure: {said}", file=sys.stderr)
    return STATUSES.get(answer.status, Exit.PROGRAM)
