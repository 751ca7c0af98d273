"""`tensorpad run` and `tensorpad doctor`, as a shell sees them."""

import http.server
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tensorpad as tensorpad_package

from tests.support.installed import interpreter
from tests.support.patience import PATIENCE_S
from tests.support.ports import free_port
from tests.support.proxies import Certificate
from tests.support.service import TENSORPAD, running_service
from tests.support.short_form import shortened

GRAPH = "x = torch.ones(2, requires_grad=True)\nout = x.sum()\nlast = x.prod()\n"


def tensorpad(*arguments: str, program: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [TENSORPAD, *arguments],
        check=False,
        input=program,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "", **settings},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


@pytest.fixture(params=[pytest.param("here", marks=pytest.mark.long), "remote"])
def where(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The arguments that run a program here, or on the service."""
    return () if request.param == "here" else ("--remote", request.getfixturevalue("server_url"))


def test_run_prints_what_a_program_shows(where: tuple[str, ...]) -> None:
    done = tensorpad("run", *where, "-", program="print('printed')\nx = torch.ones(2, requires_grad=True)\nx.sum()")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "printed\ntensor(2., grad_fn=<SumBackward0>)\n"


def test_failing_program_exits_1_with_its_traceback_and_the_fix(where: tuple[str, ...]) -> None:
    program = "print('before')\ny = torch.ones(2, requires_grad=True) * 2\ny.backward()"
    done = tensorpad("run", *where, "-", program=program)
    assert (done.returncode, done.stdout) == (1, "before\n")
    traceback, _, explained = done.stderr.partition("\n\n")
    assert traceback.endswith("RuntimeError: grad can be implicitly created only for scalar outputs")
    assert explained.startswith("`backward()` starts from one number (line 3)\n")
    assert explained.endswith("    - y.backward()\n    + y.sum().backward()\n")


def test_endless_program_exits_124_and_says_so_once(where: tuple[str, ...]) -> None:
    done = tensorpad("run", *where, "-", "--timeout", "0.5", program="while True: pass")
    assert done.returncode == 124
    assert done.stderr.startswith("Timeout: The program was stopped at its time limit of 0.5 s.")
    assert done.stderr.count("time limit of 0.5 s") == 1


def test_notices_come_last_and_in_the_language_of_the_terminal(server_url: str) -> None:
    program = "x = torch.ones(2)\nx / 0\nprint('end')"
    done = tensorpad("run", "-", "--remote", server_url, program=program, LC_ALL="zh_CN.UTF-8")
    assert (done.returncode, done.stdout) == (0, "end\n")
    assert done.stderr.startswith("\n提示：")


def test_files_are_cells_of_one_program(server_url: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n# %%\ny = x + 1\ny", encoding="utf-8")
    cells = [{"cell_type": "markdown", "source": "# Words"}, {"cell_type": "code", "source": ["z = y + 1\n", "z"]}]
    (tmp_path / "b.ipynb").write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    done = tensorpad("run", str(tmp_path / "a.py"), str(tmp_path / "b.ipynb"), "-", "--remote", server_url, program="1 / 0")
    assert done.stdout == "2\n3\n"
    assert '"<cell 4>", line 1' in done.stderr


def test_answer_is_that_of_the_api(server_url: str, tmp_path: Path) -> None:
    program = "y = torch.tensor([[1., torch.nan], [torch.inf, 0.]])\nn = torch.tensor([2**60])"
    done = tensorpad(
        *("run", "-", "--remote", server_url, "--format", "json", "-o", str(tmp_path / "answer.json")), program=program
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    values = {tensor["names"][0]: tensor["values"]["data"] for tensor in answer["tensors"] if tensor["names"]}
    assert values == {"y": [[1.0, "NaN"], ["Infinity", 0.0]], "n": ["1152921504606846976"]}


def test_answer_has_the_parts_that_are_included(server_url: str) -> None:
    def answer(*options: str) -> dict[str, Any]:
        done = tensorpad("run", "-", "--remote", server_url, "--format", "json", *options, program=GRAPH)
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    assert {"tensors", "steps", "graphs", "variables", "notices"} <= answer().keys()
    some = answer("--include", "variables, graphs")
    assert {"tensors", "steps", "notices"}.isdisjoint(some)
    assert [variable["name"] for variable in some["variables"]] == ["x", "out", "last"]
    assert [graph["root_name"] for graph in some["graphs"]] == ["out", "last"]
    unknown = tensorpad("run", "-", "--remote", server_url, "--format", "json", "--include", "everything", program="1")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "minimal" in unknown.stderr


PLAIN = """
w = torch.ones(2, 2, requires_grad=True)
loss = torch.nn.functional.softmax(w @ w, 0).prod()
loss.backward()
w.grad
"""
OPTIMISER = """
w = torch.ones(2, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    loss = (w * 3).square().sum()
    loss.backward()
    optimizer.step()
"""
COMPILED = """
w = torch.ones(2, requires_grad=True)
double = torch.compile(lambda x: x * 2 + 1, backend="eager", fullgraph=True)
double(w).sum().backward()
"""


@pytest.mark.parametrize(
    "program",
    [PLAIN, pytest.param(OPTIMISER, marks=pytest.mark.long), pytest.param(COMPILED, marks=pytest.mark.long)],
    ids=["plain", "optimiser", "compiled"],
)
def test_service_for_one_program_answers_as_any_other(server_url: str, program: str) -> None:
    def answer(*options: str) -> dict[str, Any]:
        done = tensorpad("run", "-", "--format", "json", *options, program=program)
        assert (done.returncode, done.stderr) == (0, "")
        found = json.loads(done.stdout)
        return {name: value for name, value in found.items() if name not in ("id", "timing")}

    assert answer() == answer("--remote", server_url)


def test_graph_is_drawn_of_the_result_that_is_named(where: tuple[str, ...]) -> None:
    done = tensorpad("run", *where, "-", "--format", "svg", "--of", "out", program=GRAPH)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.match("<svg.*sum", done.stdout, re.DOTALL)
    assert "prod" not in done.stdout


def test_graph_is_written_in_every_format(server_url: str, tmp_path: Path) -> None:
    dot = tensorpad("run", "-", "--remote", server_url, "--format", "dot", program=GRAPH)
    assert dot.stdout.startswith("digraph")
    assert "prod" in dot.stdout
    target = tmp_path / "out.png"
    png = tensorpad("run", "-", "--remote", server_url, "--format", "png", "-o", str(target), program=GRAPH)
    assert (png.returncode, png.stdout, png.stderr) == (0, "", "")
    assert target.read_bytes().startswith(b"\x89PNG")


def test_graph_that_is_not_there_exits_1_and_names_those_that_are(server_url: str) -> None:
    done = tensorpad("run", "-", "--remote", server_url, "--format", "svg", "--of", "y", program=GRAPH)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "tensorpad: No graph has the root 'y'. The program's graphs have the roots: last, out.\n"
    failed = tensorpad("run", "-", "--remote", server_url, "--format", "svg", program="1 / 0")
    assert (failed.returncode, failed.stderr) == (1, "tensorpad: ZeroDivisionError: division by zero (line 1)\n")


def test_output_comes_while_the_program_runs_and_ctrl_c_ends_it(server_url: str) -> None:
    # As a shell starts what it waits for. What a script leaves running behind it, as these tests can be, has no Ctrl+C.
    command, pipe = ["env", "--default-signal=INT", TENSORPAD, "run", "-", "--remote", server_url], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"print('first')\nwhile True: pass")
        process.stdin.close()
        assert process.stdout.readline() == b"first\n"
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE_S) == 130
        assert process.stderr.read() == b""


def test_reader_that_leaves_ends_it_quietly(server_url: str) -> None:
    command = f'{TENSORPAD} run - --remote {server_url} | head -c 3; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command], input=b"print('x' * 200_000)", capture_output=True, timeout=PATIENCE_S, check=True
    )
    assert (done.stdout, done.stderr) == (b"xxx141\n", b"")


def on_terminal(*arguments: str, program: str, **settings: str) -> str:
    """What a terminal receives of standard error."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [TENSORPAD, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "", **settings},
    )
    os.close(theirs)
    assert process.stdin
    process.stdin.write(program.encode())
    process.stdin.close()
    received = b""
    try:
        while data := os.read(ours, 65536):
            received += data
    except OSError:
        # The other end is closed.
        pass
    process.wait(timeout=PATIENCE_S)
    os.close(ours)
    return received.decode()


def test_terminal_shows_what_goes_on_and_keeps_nothing_of_it(server_url: str) -> None:
    received = on_terminal("run", "-", "--remote", server_url, program="1")
    assert f"connecting to {server_url} …" in received
    assert "running …" in received
    assert received.endswith("\r\x1b[2K")


def test_terminal_has_colours_unless_somebody_wants_none(server_url: str) -> None:
    program = "y = torch.ones(2, requires_grad=True) * 2\ny.backward()"
    assert "\x1b[32m" in on_terminal("run", "-", "--remote", server_url, program=program)
    assert "\x1b[3" not in on_terminal("run", "-", "--remote", server_url, program=program, NO_COLOR="1")


def test_picture_that_no_terminal_can_show_is_refused_before_anything_runs() -> None:
    ours, theirs = pty.openpty()
    command = [TENSORPAD, "run", "-", "--format", "png"]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=PATIENCE_S)
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (2, b"tensorpad: a PNG is no text for a terminal; name a file with --output\n")


def test_service_that_is_not_there_exits_3() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    done = tensorpad("run", "-", "--remote", url, program="1")
    assert done.returncode == 3
    assert done.stderr == f"tensorpad: {url} cannot be reached: nothing listens there; is the service running?\n"


@pytest.mark.long
def test_service_that_is_too_busy_exits_3_and_says_when_to_try_again(tmp_path: Path) -> None:
    with running_service(tmp_path / "log", requests_per_minute=1) as url:
        assert tensorpad("run", "-", "--remote", url, program="1").returncode == 0
        refused = tensorpad("run", "-", "--remote", url, program="1")
    assert refused.returncode == 3
    assert re.search(r"This address may ask for 1 runs a minute.*\(try again in \d+ s\)", refused.stderr)


def test_limit_of_the_service_that_is_passed_exits_2(server_url: str) -> None:
    done = tensorpad("run", "-", "--remote", server_url, "--timeout", "1000", program="1")
    assert done.returncode == 2
    assert done.stderr.startswith("tensorpad: timeout_s is 1000, above the limit of")
    large = tensorpad("run", "-", "--remote", server_url, program="#" * 300_000)
    assert large.returncode == 2
    assert "above the limit" in large.stderr
    # This much is refused before it is read, and whether the refusal can still be read then is a matter of chance.
    larger = tensorpad("run", "-", "--remote", server_url, program="#" * 2_000_000)
    assert larger.returncode in (2, 3)
    assert re.search("above the limit|above its limits", larger.stderr)


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[str]:
    """A server with a certificate that nobody knows, which is no Tensorpad."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = Certificate.made(tmp_path).serving().wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_certificate_that_nobody_knows_is_not_trusted(other_site: str) -> None:
    done = tensorpad("run", "-", "--remote", other_site, program="1")
    assert done.returncode == 3
    assert re.search(r"its certificate is not to be trusted \(self.signed certificate\)", done.stderr)


def test_site_that_is_no_tensorpad_exits_2(server_url: str) -> None:
    done = tensorpad("run", "-", "--remote", f"{server_url}/elsewhere", program="1")
    assert done.returncode == 2
    assert done.stderr == "tensorpad: POST /elsewhere/api/v1/runs does not exist.\n"


def test_file_that_cannot_be_written_is_told_in_one_line(server_url: str, tmp_path: Path) -> None:
    for form in ("text", "json"):
        target = tmp_path / "absent" / "file"
        done = tensorpad("run", "-", "--remote", server_url, "--format", form, "-o", str(target), program="1")
        assert (done.returncode, done.stderr) == (2, f"tensorpad: {target} cannot be written: no such file or directory\n")


def test_file_is_left_as_it_was_where_there_is_no_answer(tmp_path: Path) -> None:
    (target := tmp_path / "output").write_text("before")
    for form in ("text", "json", "svg"):
        arguments = ("--remote", f"http://127.0.0.1:{free_port()}", "--format", form, "-o", str(target))
        assert tensorpad("run", "-", *arguments, program="1").returncode == 3
        assert target.read_text() == "before"


def test_program_is_not_written_over_by_its_output(tmp_path: Path) -> None:
    (program := tmp_path / "program.py").write_text("1")
    (tmp_path / "link.py").symlink_to(program)
    done = tensorpad("run", str(program), "-o", str(tmp_path / "link.py"))
    assert (done.returncode, "is the program itself" in done.stderr) == (2, True)
    assert program.read_text() == "1"


@pytest.mark.parametrize("output", ["-o /dev/full", "> /dev/full"])
def test_full_disk_is_told_in_one_line(server_url: str, output: str) -> None:
    command = f"echo 1 | {TENSORPAD} run - --remote {server_url} {output}"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True, timeout=PATIENCE_S)
    said = "tensorpad: the output cannot be written: no space left on device\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_redirection_is_told_and_not_followed(server_url: str) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(301)
            self.send_header("Location", server_url + self.path)
            self.end_headers()

        def log_message(self, *_: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        done = tensorpad("run", "-", "--remote", f"http://127.0.0.1:{server.server_port}", program="1")
        server.shutdown()
    said = f"tensorpad: the service has moved to {server_url}; give that address\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.parametrize("profile", shortened(["container", "auto"]))
def test_doctor_tells_of_every_layer_and_exits_by_what_is_missing(profile: str) -> None:
    done = tensorpad("doctor", "--profile", profile)
    first, *lines = done.stdout.splitlines()
    assert first.startswith("Isolation profile: ")
    layers = {line.split()[0]: line.split()[1] for line in lines if not line.startswith(" ")}
    assert set(layers) == {"namespaces", "uid", "capabilities", "rlimits", "cgroup", "landlock", "seccomp"}
    assert layers["seccomp"] == layers["landlock"] == "holds"
    assert "call socket: refused" in done.stdout
    if profile == "container":
        assert layers["namespaces"] == "MISSING"
        assert first == "Isolation profile: container"
    assert done.returncode == (1 if "MISSING" in layers.values() else 0)


@pytest.mark.long
def test_it_runs_where_it_is_installed_below_the_temporary_directory(tmp_path: Path) -> None:
    """Programs find their private directory at `/tmp`, which must not hide the code that runs them."""
    place = tmp_path if str(tmp_path).startswith("/tmp/") else Path(tempfile.mkdtemp(dir="/tmp"))
    shutil.copytree(Path(tensorpad_package.__file__).parent, place / "code" / "tensorpad")
    done = subprocess.run(
        [interpreter(place / "venv", place / "code"), "-m", "tensorpad", "run", "-"],
        check=False,
        input="import os\nopen('x', 'w').write('kept')\nprint(open(os.path.join(os.environ['TMPDIR'], 'x')).read())",
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (0, "kept\n"), done.stderr


@pytest.mark.long
def test_a_program_has_a_temporary_directory_of_its_own() -> None:
    done = tensorpad(
        "run", "-", program="import os, tempfile\nprint(os.listdir(tempfile.gettempdir()), len(tempfile.mkdtemp()) > 1)"
    )
    assert (done.returncode, done.stdout) == (0, "[] True\n"), done.stderr
