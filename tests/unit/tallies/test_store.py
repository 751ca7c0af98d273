"""The store of counts, over files of the test's own."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tensorpad.tallies.store import TalliesUnavailable, TallyStore

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def opened(path: Path | None) -> AsyncGenerator[TallyStore]:
    store = TallyStore(path)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def test_counts_outlive_the_service(tmp_path: Path) -> None:
    path = tmp_path / "not" / "yet" / "there.sqlite3"
    async with opened(path) as store:
        for choice in ("right", "1", "right"):
            await store.count("views", "q", choice)
    async with opened(path) as store:
        await store.count("views", "q", "right")
        assert await store.counts() == {("views", "q", "right"): 3, ("views", "q", "1"): 1}


async def test_two_services_count_together(tmp_path: Path) -> None:
    async with opened(tmp_path / "file") as one, opened(tmp_path / "file") as other:
        await asyncio.gather(*[store.count("views", "q", "right") for _ in range(10) for store in (one, other)])
        assert await one.counts() == {("views", "q", "right"): 20}


async def test_the_file_does_not_tell_in_which_order_answers_came(tmp_path: Path) -> None:
    answers = [("views", "q1", "right"), ("views", "q2", "1"), ("copies", "q3", "other"), ("views", "q1", "right")]
    contents: list[dict[str, bytes]] = []
    for name, order in (("one", answers), ("other", answers[::-1])):
        (tmp_path / name).mkdir()
        async with opened(tmp_path / name / "file") as store:
            for answer in order:
                await store.count(*answer)
            # As it is while the service runs, with all that SQLite keeps beside the file.
            contents.append({path.name: _told(path) for path in (tmp_path / name).iterdir()})
    assert contents[0] == contents[1]
    assert contents[0].pop("file")
    assert set(contents[0].values()) <= {b""}


def _told(path: Path) -> bytes:
    """A file of SQLite without how often it was written to, which the header says in three places."""
    content = bytearray(path.read_bytes())
    for start in (24, 92):
        content[start : start + 4] = bytes(len(content[start : start + 4]))
    return bytes(content)


async def test_where_none_are_taken_nothing_is_made(tmp_path: Path) -> None:
    async with opened(None) as store:
        assert not store.available
        with pytest.raises(TalliesUnavailable, match="no tallies are kept"):
            await store.count("views", "q", "right")
    assert list(tmp_path.iterdir()) == []


async def test_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "file") as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(TalliesUnavailable, match="later version"):
        async with opened(tmp_path / "file"):
            pass


async def test_a_file_that_cannot_be_used_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database, and long enough to be seen as none" * 10)
    with pytest.raises(TalliesUnavailable):
        async with opened(tmp_path / "file"):
            pass
