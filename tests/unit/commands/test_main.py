"""The command line, without a service: what it loads, and how it refuses."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tensorpad.commands.exits import Exit
from tensorpad.commands.main import main
from tensorpad.settings import Settings

from tests.support.ports import free_port

ROOT = Path(__file__).parents[3]
HEAVY = ("torch", "numpy", "fastapi", "starlette", "pydantic", "uvicorn", "tensorpad.app", "tensorpad.pool")


def loaded(*arguments: str, program: str = "") -> list[str]:
    """Which of the heavy modules a command has loaded at its end."""
    code = (
        "import atexit, sys\nfrom tensorpad.commands.main import main\n"
        f"atexit.register(lambda: print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr))\n"
        f"sys.exit(main({list(arguments)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, input=program, text=True, check=False)
    return json.loads(done.stderr.splitlines()[-1].replace("'", '"'))


def test_help_version_and_wrong_usage_load_no_service() -> None:
    for arguments in (["--help"], ["--version"], ["run", "--help"], ["run", "/nonexistent.py"]):
        assert loaded(*arguments) == [], arguments


def test_run_on_another_service_loads_none_of_its_own() -> None:
    assert loaded("run", "--remote", f"http://127.0.0.1:{free_port()}", "-", program="1") == []


def test_service_starts_without_torch_and_numpy() -> None:
    program = (
        "import sys, tensorpad.app, tensorpad.commands.here; print([m for m in ('torch', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_run_here_loads_torch_in_no_process_but_that_of_the_workers() -> None:
    assert "torch" not in (here := loaded("run", "-", program="1"))
    # The service writes the numbers of answers with NumPy.
    assert {"tensorpad.app", "numpy"} <= set(here)


def test_description_is_printed_without_starting_anything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["openapi"]) == 0
    assert json.loads(capsys.readouterr().out)["openapi"] == "3.1.0"


def test_wrong_setting_exits_2_and_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TENSORPAD_LIMITS_CELLS", "none")
    assert main(["openapi"]) == 2
    assert "TENSORPAD_LIMITS_CELLS" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "{folder}/absent.py"], "absent.py cannot be read: no such file or directory"),
        (["run", "{folder}"], "cannot be read: it is a directory"),
        (["run", "{folder}/latin.py"], "latin.py is not UTF-8: byte 0xe9 in line 2, after 3 bytes of it; save it as UTF-8"),
        (["run", "{folder}/list.ipynb"], "list.ipynb is no notebook of Jupyter's format 4: "),
        (["run", "a\0b"], "is no name of a file"),
        (["run", "-", "-"], "standard input (-) can be read once"),
        (["run", "--of", "x", "-"], "--of chooses the graph for --format svg, png, dot"),
        (["run", "--include", "steps", "-"], "--include chooses parts of the answer for --format json"),
        (["run", "--remote", "pad.example.org", "-"], "--remote: 'pad.example.org' is no address; it begins with http"),
        (
            ["run", "--remote", "http://pad.example.org", "--profile", "strict", "-"],
            "--profile is for programs that run here",
        ),
        (["serve", "--allow-missing", "uid,cgruop"], "--allow-missing: 'cgruop' is no layer of isolation"),
    ],
)
def test_what_cannot_be_carried_out_is_told_in_one_line_and_exits_2(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    (tmp_path / "latin.py").write_bytes(b"1\ncaf\xe9")
    (tmp_path / "list.ipynb").write_text("[]")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"1")))
    assert main([argument.format(folder=tmp_path) for argument in arguments]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("tensorpad: ")
    assert said in line


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["run"], ["serve", "--port", "x"], ["run", "--seed", "x", "-"], ["run", "--json", "-"]]
)
def test_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: tensorpad" in capsys.readouterr().err


def test_layers_are_listed_with_commas_and_by_repeating_the_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[tuple[str, ...]] = []

    def serve(settings: Settings) -> int:
        chosen.append(settings.allow_missing)
        return 0

    monkeypatch.setattr("tensorpad.server.serve", serve)
    assert main(["serve", "--allow-missing", "uid, cgroup", "--allow-missing=namespaces"]) == 0
    assert chosen == [("uid", "cgroup", "namespaces")]


def test_help_tells_every_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    documented = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for status in Exit:
        assert re.search(rf"^  {status:d} ", told, re.MULTILINE), status
        assert re.search(rf"^\| {status:d} \|", documented, re.MULTILINE), status


def test_documented_options_are_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    options = set(re.findall(r"^  (?:-\w, |-o FILE, )?(--[a-z-]+)", capsys.readouterr().out, re.MULTILINE)) - {"--help"}
    table = re.findall(r"^\| `(--[a-z-]+)", (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(table) == options
