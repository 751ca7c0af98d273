"""One SQLite file, which several services on a machine may share. The event loop never waits for the disk."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

log = logging.getLogger("tensorpad.database")

Result = TypeVar("Result")

_BUSY_S = 2.0
"""How long to wait for another service that is writing to the same file."""


class DatabaseError(Exception):
    """The file cannot be used just now, or there is none. `full` says that the disk has no room."""

    def __init__(self, message: str, *, full: bool = False) -> None:
        super().__init__(message)
        self.full = full


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of a file, as statements that make those which are missing, and their version.

    `journal` is SQLite's mode: with `WAL` readers do not wait for a writer; with `TRUNCATE` no earlier content of a page
    remains anywhere.
    """

    tables: str
    version: int = 1
    journal: Literal["WAL", "TRUNCATE"] = "WAL"


class DatabaseFile:
    """The file at `path`; None is no file. Nothing is touched before `open`."""

    def __init__(self, path: Path | None, name: str, schema: Schema) -> None:
        self._path, self._name, self._schema = path, name, schema
        self._connection: sqlite3.Connection | None = None
        # SQLite's connection stays with one thread, which also puts the writes in order.
        self._thread = ThreadPoolExecutor(1, name)

    @property
    def available(self) -> bool:
        """Whether the file is open."""
        return self._connection is not None

    async def open(self) -> None:
        """Make the file if there is none. Raises DatabaseError where it cannot be written."""
        path = self._path
        if path is not None:
            await self._run(lambda: self._open(path))

    async def close(self) -> None:
        """Finish what was begun."""
        if self._connection is not None:
            await self._run(self._connection.close)
            self._connection = None
        self._thread.shutdown()

    async def do(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """What `work` returns, which runs in the file's thread. Raises DatabaseError."""
        return await self._run(lambda: work(self._opened))

    async def _run(self, work: Callable[[], Result]) -> Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                raise DatabaseError("the disk is full", full=True) from error
            log.warning("the file of %s failed: %s", self._name, error)
            raise DatabaseError(str(error)) from error

    def _open(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseError(f"{error.strerror or error}: {path.parent}") from error
        connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
        try:
            [version] = connection.execute("PRAGMA user_version").fetchone()
            if version > self._schema.version:
                raise DatabaseError(f"a later version of Tensorpad made {path}")
            connection.execute(f"PRAGMA journal_mode = {self._schema.journal}")
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(
                f"BEGIN IMMEDIATE; {self._schema.tables}; PRAGMA user_version = {self._schema.version}; COMMIT;"
            )
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise DatabaseError(f"no {self._name} are kept here")
        return self._connection
