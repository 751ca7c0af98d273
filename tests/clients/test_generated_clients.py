"""Clients that generators make from the description call every operation of a real service."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.patience import PATIENCE_S

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".venv-clients" / "bin"
NODE_MODULES = HERE / "typescript" / "node_modules"


def succeed(*command: str | Path, **options: Any) -> str:
    """What a command prints. Fails with all of it where the command does."""
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options)
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}"
    return done.stdout


def lines(text: str) -> list[dict[str, Any]]:
    """Each line of JSON."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def described(generous_url: str, tmp_path: Path) -> Path:
    """The description, in a file."""
    path = tmp_path / "openapi.json"
    path.write_bytes(httpx.get(f"{generous_url}/openapi.json", timeout=PATIENCE_S).content)
    return path


def operations(described: Path) -> dict[tuple[str, str], str]:
    """The id of each operation by method and path."""
    paths = json.loads(described.read_text())["paths"]
    return {(method.upper(), path): part["operationId"] for path, parts in paths.items() for method, part in parts.items()}


def test_python_client_is_made_without_a_gap_and_calls_every_operation(generous_url: str, described: Path) -> None:
    package = described.with_name("tensorpad_client")
    options = ("--meta", "none", "--config", HERE / "openapi_python_client.yaml", "--fail-on-warning")
    succeed(TOOLS / "openapi-python-client", "generate", "--path", described, "--output-path", package, *options)
    answers = lines(succeed(TOOLS / "python", HERE / "python_calls.py", described.parent, generous_url))
    assert sorted(answer["id"] for answer in answers) == sorted(operations(described).values())
    for answer in answers:
        assert answer["status"] in (200, 201, 204), answer
        assert answer["parsed"] != "ProblemDetails", answer


def test_typescript_client_is_sound_and_calls_every_operation(generous_url: str, described: Path) -> None:
    folder = described.parent
    for name in ("calls.ts", "tsconfig.json", "package.json"):
        (folder / name).write_text((HERE / "typescript" / name).read_text())
    (folder / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    commands = NODE_MODULES / ".bin"
    # A member with a default may be left out, of a request as of an answer.
    options = ("--default-non-nullable", "false")
    succeed(commands / "openapi-typescript", described, "--output", folder / "api.d.ts", *options, cwd=folder)
    succeed(commands / "tsc", "--project", folder, cwd=folder)
    answers = lines(succeed("node", folder / "calls.js", generous_url, cwd=folder))
    assert {(answer["method"], answer["path"]) for answer in answers} == set(operations(described))
    assert {answer["status"] for answer in answers} <= {200, 201, 204}


def test_operations_have_short_names_for_methods(described: Path) -> None:
    names = list(operations(described).values())
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)+", name), name
