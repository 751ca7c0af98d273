"""Where namespaces are refused, as under Docker's default profile: what the `container` profile keeps of its promises."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import denied_namespaces
from tests.support.client import Client, error, result
from tests.support.service import TENSORPAD, running_service

BEYOND_LOOPBACK = [sys.executable, denied_namespaces.__file__, TENSORPAD, "serve", "--host", "0.0.0.0"]


def refused(*flags: str) -> "subprocess.CompletedProcess[str]":
    command = [*BEYOND_LOOPBACK, "--port", "0", *flags]
    environment = {**os.environ, "TENSORPAD_SNIPPETS": "off"}
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def refusal() -> "subprocess.CompletedProcess[str]":
    """What a service says that would be reachable from other machines."""
    return refused()


@pytest.fixture(scope="module")
def flags(refusal: "subprocess.CompletedProcess[str]") -> list[str]:
    """The flags that the refusal names, one for each missing layer."""
    return re.findall(r"--allow-missing=\w+", refusal.stderr)


@pytest.fixture(scope="module")
def client(flags: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of a service that was given exactly those flags."""
    log = tmp_path_factory.mktemp("denied") / "log"
    with running_service(log, command=[*BEYOND_LOOPBACK, *flags]) as url, Client(url) as client:
        yield client


def test_listening_beyond_loopback_is_refused_with_the_layer_and_its_flag(
    refusal: "subprocess.CompletedProcess[str]", flags: list[str]
) -> None:
    assert refusal.returncode == 3
    assert "Refusing to listen on 0.0.0.0" in refusal.stderr
    assert "namespaces: the kernel refused them" in refusal.stderr
    assert "--allow-missing=namespaces" in flags
    assert "Traceback" not in refusal.stderr


@pytest.mark.long
def test_one_flag_too_few_is_still_refused(flags: list[str]) -> None:
    others = [flag for flag in flags if flag != "--allow-missing=namespaces"]
    done = refused(*others)
    assert done.returncode == 3
    assert re.findall(r"--allow-missing=\w+", done.stderr) == ["--allow-missing=namespaces"]


def test_about_names_the_profile_and_why_the_layer_is_missing(client: Client, flags: list[str]) -> None:
    isolation = client.http.get("/api/v1/about").json()["isolation"]
    assert isolation["profile"] == "container"
    missing = {layer["name"]: layer["detail"] for layer in isolation["layers"] if not layer["held"]}
    assert "refused" in missing["namespaces"]
    assert "Operation not permitted" in missing["namespaces"]
    assert flags == [f"--allow-missing={name}" for name in missing]


def test_a_run_works_and_says_its_profile(client: Client) -> None:
    answer = client.run("x = torch.ones(2, requires_grad=True)\nout = x.sum()\nout.backward()\nx.grad.tolist()")
    assert result(answer) == "[1.0, 1.0]"
    assert answer["environment"]["isolation"] == "container"
    assert answer["graphs"][0]["svg"].startswith("<svg")


@pytest.mark.parametrize(
    "program",
    [
        "open('/etc/passwd').read()",
        "open('/proc/1/environ').read()",
        f"open({str(Path(__file__))!r}).read()",
        "open('/tmp/tensorpad-forbidden', 'w')",
        "open('/dev/shm/x', 'w')",
        "import socket\nsocket.create_connection(('127.0.0.1', 80))",
        "import socket\nsocket.socket(type=socket.SOCK_DGRAM)",
        "import os\nos.kill(-1, 9)",
        "import os\nos.kill(os.getppid(), 9)",
        "import os\nos.fork()",
        "import subprocess\nsubprocess.run(['/bin/true'])",
    ],
)
def test_forbidden_act_is_refused_without_namespaces(client: Client, program: str) -> None:
    assert error(client.run(program))["type"] in ("PermissionError", "FileNotFoundError")
    client.assert_serves()


def test_programs_share_no_files(client: Client) -> None:
    program = "import os\nleft = os.listdir('.')\nopen('mine', 'w').write('x')\n(left, os.listdir('.'))"
    assert [result(client.run(program)) for _ in range(2)] == ["([], ['mine'])"] * 2
