"""The command line, without a pool: what it imports, and how it refuses."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tensorpad import cli
from tensorpad.app import IsolationMissing, require_isolation
from tensorpad.pool.isolation import IsolationStatus, LayerStatus
from tensorpad.server import listen
from tensorpad.settings import ConfigurationError, load

MISSING = IsolationStatus(
    "container",
    (
        LayerStatus("namespaces", held=False, detail="the kernel refused them"),
        LayerStatus("cgroup", held=False, detail="no group can be made"),
        LayerStatus("seccomp", held=True, detail="13 acts refused"),
    ),
)


def test_service_and_command_start_without_torch_and_numpy() -> None:
    program = "import sys, tensorpad.app, tensorpad.cli; print([m for m in ('torch', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_description_is_printed_without_starting_anything(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["openapi"]) == 0
    assert json.loads(capsys.readouterr().out)["openapi"] == "3.1.0"


def test_wrong_setting_exits_2_and_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TENSORPAD_LIMITS_CELLS", "none")
    assert cli.main(["openapi"]) == 2
    assert "TENSORPAD_LIMITS_CELLS" in capsys.readouterr().err


def test_program_that_cannot_be_read_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", str(tmp_path / "absent.py")]) == 2
    (tmp_path / "binary.py").write_bytes(b"\xff")
    assert cli.main(["run", str(tmp_path / "binary.py")]) == 2
    assert capsys.readouterr().err.count("cannot read the program") == 2


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["run"], ["serve", "--port", "x"]])
def test_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert "usage: tensorpad" in capsys.readouterr().err


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
