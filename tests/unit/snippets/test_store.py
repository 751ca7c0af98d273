"""The store, over files of the test's own."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tensorpad.snippets.errors import StoreFull, StoreUnavailable
from tensorpad.snippets.snippet import Snippet
from tensorpad.snippets.store import SnippetStore

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def opened(path: Path, most: int = 100) -> AsyncGenerator[SnippetStore]:
    store = SnippetStore(path, most)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def test_snippets_outlive_the_service(tmp_path: Path) -> None:
    path, snippet = tmp_path / "not" / "yet" / "there.sqlite3", Snippet(("x = '名'",), "zh-CN", "graph", 3)
    async with opened(path) as store:
        assert await store.keep(snippet)
    async with opened(path) as store:
        assert await store.find(snippet.id) == snippet
        assert await store.find(Snippet(("y",)).id) is None


async def test_same_snippet_is_kept_once(tmp_path: Path) -> None:
    async with opened(tmp_path / "file", most=1) as store:
        assert await store.keep(Snippet(("x",)))
        assert not await store.keep(Snippet(("x",)))


async def test_full_store_keeps_what_it_has_and_takes_no_more(tmp_path: Path) -> None:
    first, second, third = (Snippet((name,)) for name in "abc")
    async with opened(tmp_path / "file", most=2) as store:
        await store.keep(first)
        await store.keep(second)
        with pytest.raises(StoreFull, match="2 snippets"):
            await store.keep(third)
        assert await store.find(first.id) == first
        assert await store.find(third.id) is None


async def test_two_services_share_a_file(tmp_path: Path) -> None:
    snippets = [Snippet((str(number),)) for number in range(20)]
    async with opened(tmp_path / "file") as one, opened(tmp_path / "file") as other:
        kept = await asyncio.gather(*[store.keep(snippet) for snippet in snippets for store in (one, other)])
        assert sum(kept) == len(snippets)
        assert await one.find(snippets[-1].id) == snippets[-1]


async def test_event_loop_goes_on_while_the_file_is_locked(tmp_path: Path) -> None:
    async with opened(tmp_path / "file") as store:
        blocker = sqlite3.connect(tmp_path / "file", isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        keeping = asyncio.create_task(store.keep(Snippet(("x",))))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not keeping.done()
        blocker.execute("COMMIT")
        blocker.close()
        assert await keeping


async def test_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database, and long enough to be seen as none" * 10)
    later = sqlite3.connect(tmp_path / "later")
    later.execute("PRAGMA user_version = 99")
    later.close()
    for path in (tmp_path / "file", tmp_path / "file" / "below", tmp_path, tmp_path / "later"):
        store = SnippetStore(path, 1)
        with pytest.raises(StoreUnavailable):
            await store.open()
        assert not store.available
        await store.close()


async def test_store_without_a_file_keeps_nothing() -> None:
    store = SnippetStore(None, 1)
    await store.open()
    assert not store.available
    with pytest.raises(StoreUnavailable):
        await store.keep(Snippet(("x",)))
    await store.close()


async def test_damaged_snippet_is_no_answer(tmp_path: Path) -> None:
    snippet = Snippet(("x",))
    async with opened(tmp_path / "file") as store:
        await store.keep(snippet)
        intruder = sqlite3.connect(tmp_path / "file", isolation_level=None)
        intruder.execute("UPDATE snippet SET content = ?", (b"[]",))
        intruder.close()
        with pytest.raises(StoreUnavailable, match="damaged"):
            await store.find(snippet.id)
