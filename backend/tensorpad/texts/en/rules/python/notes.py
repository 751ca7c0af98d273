"""What was done in another way than the program says, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "loader_processes": Message(
        "The batches were made without worker processes",
        "With {given} a `DataLoader` starts processes that make its batches. None can be started here, so the program made "
        "them itself. They are the same batches in the same order, random ones too.",
    ),
    "line_ignored": Message(
        "A line for a notebook, which means nothing here",
        "{code} sets a notebook up. Nothing has to be set up here, so it did nothing, and all else ran.",
    ),
    "line_uninstalled": Message(
        "Nothing can be installed here",
        "The line would install {names}, which is not here. It did nothing, and an import of it fails. Besides Python's own "
        "library a program can import {packages}.",
    ),
    "line_skipped": Message(
        "A line for a notebook, which did not run",
        "{code} is a command of a notebook and no Python. {instead} The line was passed over, and all else ran.",
    ),
    "line_timed": Message(
        "The time includes the recording",
        "{code} measured the program as it ran, with every operation recorded. `%timeit` measures without that.",
    ),
}
