"""What the composition root does about a store of programs that cannot be opened."""

from pathlib import Path

import pytest
from tensorpad.app import opened
from tensorpad.settings import ConfigurationError, Settings
from tensorpad.snippets.store import SnippetStore

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    (tmp_path / "file").touch()
    return tmp_path / "file" / "below"


async def test_chosen_file_that_cannot_be_used_ends_the_service(nowhere: Path) -> None:
    settings = Settings(snippets=str(nowhere))
    store = SnippetStore(settings.snippets_path, 1)
    with pytest.raises(ConfigurationError, match=r"TENSORPAD_SNIPPETS: .*file"):
        async with opened(store, settings):
            pass


async def test_default_file_that_cannot_be_used_leaves_the_store_off(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("TENSORPAD_SNIPPETS", raising=False)
    monkeypatch.setenv("HOME", str(nowhere))
    settings = Settings()
    store = SnippetStore(settings.snippets_path, 1)
    async with opened(store, settings):
        assert not store.available
    assert "no programs can be stored" in caplog.text


async def test_store_that_is_off_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(snippets="off")
    store = SnippetStore(settings.snippets_path, 1)
    async with opened(store, settings):
        assert not store.available
    assert caplog.text == ""
