"""Snippets in one SQLite file, which several services on a machine may share. The event loop never waits for the disk."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tensorpad.snippets.errors import StoreFull, StoreUnavailable
from tensorpad.snippets.snippet import Snippet, from_content

log = logging.getLogger("tensorpad.snippets")

Result = TypeVar("Result")

_VERSION = 1
_BUSY_S = 2.0
"""How long to wait for another service that is writing to the same file."""

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS snippet (id TEXT NOT NULL UNIQUE, content BLOB NOT NULL, created INTEGER NOT NULL) STRICT;
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_INSERT = """
INSERT INTO snippet (id, content, created)
SELECT :id, :content, :created WHERE (SELECT count(*) FROM snippet) < :most
ON CONFLICT (id) DO NOTHING
"""


class SnippetStore:
    """At most `most` snippets in the file at `path`; None keeps none. Nothing is touched before `open`."""

    def __init__(self, path: Path | None, most: int) -> None:
        self._path = path
        self._most = most
        self._connection: sqlite3.Connection | None = None
        # SQLite's connection stays with one thread, which also puts the writes in order.
        self._thread = ThreadPoolExecutor(1, "snippets")

    @property
    def available(self) -> bool:
        """Whether snippets can be stored and found here."""
        return self._connection is not None

    async def open(self) -> None:
        """Make the file if there is none. Raises StoreUnavailable where it cannot be written."""
        if self._path is not None:
            await self._run(lambda: self._open(self._path))

    async def close(self) -> None:
        """Finish what was begun."""
        if self._connection is not None:
            await self._run(self._connection.close)
            self._connection = None
        self._thread.shutdown()

    async def keep(self, snippet: Snippet) -> bool:
        """Store a snippet under its id; False if it was there already. Raises StoreFull and StoreUnavailable."""
        return await self._run(lambda: self._keep(snippet))

    async def find(self, snippet_id: str) -> Snippet | None:
        """The snippet of this id. Raises StoreUnavailable."""
        return await self._run(lambda: self._find(snippet_id))

    async def _run(self, work: Callable[[], Result]) -> Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                raise StoreFull("the disk is full") from error
            log.warning("the store of snippets failed: %s", error)
            raise StoreUnavailable(str(error)) from error

    def _open(self, path: Path | None) -> None:
        assert path is not None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"{error.strerror or error}: {path.parent}") from error
        connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
        try:
            [version] = connection.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise StoreUnavailable(f"a later version of Tensorpad made {path}")
            # Readers do not wait for a writer.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _keep(self, snippet: Snippet) -> bool:
        row = {"id": snippet.id, "content": snippet.content, "created": int(time.time()), "most": self._most}
        if self._opened.execute(_INSERT, row).rowcount == 1:
            return True
        if self._content(snippet.id) is None:
            raise StoreFull(f"there are {self._most} snippets already")
        return False

    def _find(self, snippet_id: str) -> Snippet | None:
        content = self._content(snippet_id)
        try:
            return None if content is None else from_content(content)
        except ValueError as error:
            raise StoreUnavailable(f"the snippet {snippet_id} is damaged") from error

    def _content(self, snippet_id: str) -> bytes | None:
        row = self._opened.execute("SELECT content FROM snippet WHERE id = ?", (snippet_id,)).fetchone()
        return None if row is None else row[0]

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StoreUnavailable("snippets are not kept here")
        return self._connection
