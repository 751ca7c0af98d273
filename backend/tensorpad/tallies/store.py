"""Counts in one SQLite file: no address, no id, no text that somebody typed, no time."""

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from tensorpad.database.file import DatabaseError, DatabaseFile, Schema

Result = TypeVar("Result")
Counts = Mapping[tuple[str, str, str], int]
"""How often an answer was given, by lesson, question and choice."""

# A row has no number of its own, and the journal keeps no earlier counts.
_SCHEMA = Schema(
    "CREATE TABLE IF NOT EXISTS tally (lesson TEXT NOT NULL, question TEXT NOT NULL, choice TEXT NOT NULL, "
    "count INTEGER NOT NULL, PRIMARY KEY (lesson, question, choice)) STRICT, WITHOUT ROWID",
    journal="TRUNCATE",
)
_COUNT = """
INSERT INTO tally (lesson, question, choice, count) VALUES (?, ?, ?, 1)
ON CONFLICT (lesson, question, choice) DO UPDATE SET count = count + 1
"""


class TalliesUnavailable(Exception):
    """No counts are kept here, or the file cannot be used just now."""


class TallyStore:
    """The counts in the file at `path`; None takes none. Nothing is touched before `open`."""

    def __init__(self, path: Path | None) -> None:
        self._file = DatabaseFile(path, "tallies", _SCHEMA)

    @property
    def available(self) -> bool:
        """Whether answers are counted here."""
        return self._file.available

    async def open(self) -> None:
        """Make the file if there is none. Raises TalliesUnavailable where it cannot be written."""
        try:
            await self._file.open()
        except DatabaseError as error:
            raise TalliesUnavailable(str(error)) from error

    async def close(self) -> None:
        """Finish what was begun."""
        await self._file.close()

    async def count(self, lesson: str, question: str, choice: str) -> None:
        """Count one answer. The caller has made sure that the lesson has this question and this choice.

        Raises TalliesUnavailable.
        """
        await self._do(lambda connection: _count(connection, (lesson, question, choice)))

    async def counts(self) -> Counts:
        """All counts. Raises TalliesUnavailable."""
        rows = await self._do(lambda connection: connection.execute("SELECT * FROM tally").fetchall())
        return {(lesson, question, choice): count for lesson, question, choice, count in rows}

    async def _do(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            return await self._file.do(work)
        except DatabaseError as error:
            raise TalliesUnavailable(str(error)) from error


def _count(connection: sqlite3.Connection, answer: tuple[str, str, str]) -> None:
    connection.execute(_COUNT, answer)
    # SQLite puts a new row behind those that are there. Written anew, all are in the order of their keys, and nothing tells
    # in which order answers came. Where another service is at the file, the next answer does that.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("VACUUM")
