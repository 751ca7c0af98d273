"""Snippets in one SQLite file, which several services on a machine may share."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tensorpad.database.file import DatabaseError, DatabaseFile, Schema
from tensorpad.snippets.errors import StoreFull, StoreUnavailable
from tensorpad.snippets.snippet import Snippet, from_content

Result = TypeVar("Result")

_SCHEMA = Schema(
    "CREATE TABLE IF NOT EXISTS snippet (id TEXT NOT NULL UNIQUE, content BLOB NOT NULL, created INTEGER NOT NULL) STRICT"
)
_INSERT = """
INSERT INTO snippet (id, content, created)
SELECT :id, :content, :created WHERE (SELECT count(*) FROM snippet) < :most
ON CONFLICT (id) DO NOTHING
"""


class SnippetStore:
    """At most `most` snippets in the file at `path`; None keeps none. Nothing is touched before `open`."""

    def __init__(self, path: Path | None, most: int) -> None:
        self._file = DatabaseFile(path, "snippets", _SCHEMA)
        self._most = most

    @property
    def available(self) -> bool:
        """Whether snippets can be stored and found here."""
        return self._file.available

    async def open(self) -> None:
        """Make the file if there is none. Raises StoreUnavailable where it cannot be written."""
        try:
            await self._file.open()
        except DatabaseError as error:
            raise StoreUnavailable(str(error)) from error

    async def close(self) -> None:
        """Finish what was begun."""
        await self._file.close()

    async def keep(self, snippet: Snippet) -> bool:
        """Store a snippet under its id; False if it was there already. Raises StoreFull and StoreUnavailable."""
        return await self._do(lambda connection: self._keep(connection, snippet))

    async def find(self, snippet_id: str) -> Snippet | None:
        """The snippet of this id. Raises StoreUnavailable."""
        content = await self._do(lambda connection: _content(connection, snippet_id))
        try:
            return None if content is None else from_content(content)
        except ValueError as error:
            raise StoreUnavailable(f"the snippet {snippet_id} is damaged") from error

    async def _do(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            return await self._file.do(work)
        except DatabaseError as error:
            raise (StoreFull if error.full else StoreUnavailable)(str(error)) from error

    def _keep(self, connection: sqlite3.Connection, snippet: Snippet) -> bool:
        row = {"id": snippet.id, "content": snippet.content, "created": int(time.time()), "most": self._most}
        if connection.execute(_INSERT, row).rowcount == 1:
            return True
        if _content(connection, snippet.id) is None:
            raise StoreFull(f"there are {self._most} snippets already")
        return False


def _content(connection: sqlite3.Connection, snippet_id: str) -> bytes | None:
    row = connection.execute("SELECT content FROM snippet WHERE id = ?", (snippet_id,)).fetchone()
    return None if row is None else row[0]
