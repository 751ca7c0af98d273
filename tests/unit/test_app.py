"""What keeps a service from starting: a store of programs, layers of isolation, an address."""

import socket
from pathlib import Path

import pytest
from tensorpad.app import IsolationMissing, counting, opened, require_isolation
from tensorpad.pool.isolation import IsolationStatus, LayerStatus
from tensorpad.server import listen
from tensorpad.settings import ConfigurationError, Settings, load
from tensorpad.snippets.store import SnippetStore
from tensorpad.tallies.store import TallyStore

pytestmark = pytest.mark.anyio

MISSING = IsolationStatus(
    "container",
    (
        LayerStatus("namespaces", held=False, detail="the kernel refused them"),
        LayerStatus("cgroup", held=False, detail="no group can be made"),
        LayerStatus("seccomp", held=True, detail="13 acts refused"),
    ),
)


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


async def test_file_of_counts_that_cannot_be_used_ends_the_service(nowhere: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"TENSORPAD_TALLIES: .*file"):
        async with counting(TallyStore(nowhere)):
            pass


async def test_store_that_is_off_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(snippets="off")
    store = SnippetStore(settings.snippets_path, 1)
    async with opened(store, settings):
        assert not store.available
    assert caplog.text == ""


def test_loopback_needs_no_layer() -> None:
    require_isolation(load(host="127.0.0.1"), MISSING)


def test_listening_beyond_this_machine_names_each_missing_layer_and_its_flag() -> None:
    with pytest.raises(IsolationMissing) as caught:
        require_isolation(load(host="0.0.0.0"), MISSING)
    message = str(caught.value)
    assert "0.0.0.0" in message
    assert "namespaces: the kernel refused them (to do without it: --allow-missing=namespaces)" in message
    assert "--allow-missing=cgroup" in message
    assert "seccomp" not in message


def test_excused_layers_may_be_missing() -> None:
    with pytest.raises(IsolationMissing, match="--allow-missing=cgroup") as caught:
        require_isolation(load(host="0.0.0.0", allow_missing=("namespaces",)), MISSING)
    assert "--allow-missing=namespaces" not in str(caught.value)
    require_isolation(load(host="0.0.0.0", allow_missing=("namespaces", "cgroup")), MISSING)


def test_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"port {port}.*--port"):
            listen("127.0.0.1", port)
