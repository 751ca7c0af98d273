"""`tensorpad run` and `tensorpad doctor`, as a shell sees them."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest
import tensorpad as tensorpad_package

from tests.support.service import TENSORPAD


def tensorpad(*arguments: str, program: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [TENSORPAD, *arguments],
        check=False,
        input=program,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_run_prints_what_a_program_shows() -> None:
    done = tensorpad("run", "-", program="print('printed')\nx = torch.ones(2, requires_grad=True)\nx.sum()")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "printed\ntensor(2., grad_fn=<SumBackward0>)\n"


def test_run_of_a_failing_program_exits_1_with_its_traceback() -> None:
    done = tensorpad("run", "-", program="print('before')\n1 / 0")
    assert done.returncode == 1
    assert done.stdout == "before\n"
    assert done.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_run_of_an_endless_program_exits_124() -> None:
    done = tensorpad("run", "-", program="while True: pass", TENSORPAD_LIMITS_TIMEOUT_S="0.5")
    assert done.returncode == 124
    assert "time limit of 0.5 s" in done.stderr


def test_run_writes_the_answer_and_the_picture(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "x = torch.ones(2, requires_grad=True)\nout = x.sum()\n"
        "y = torch.tensor([[1., torch.nan], [torch.inf, 0.]])\nn = torch.tensor([2**60])",
        encoding="utf-8",
    )
    done = tensorpad("run", str(program), "--json", "--svg", str(tmp_path / "out.svg"))
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert answer["graphs"][0]["root_name"] == "out"
    values = {tensor["names"][0]: tensor["values"] for tensor in answer["tensors"] if tensor["names"]}
    assert values["y"] == {"kind": "full", "data": [[1.0, "NaN"], ["Infinity", 0.0]]}
    assert values["n"] == {"kind": "full", "data": ["1152921504606846976"]}
    assert (tmp_path / "out.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("profile", ["auto", "container"])
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


def test_it_runs_where_it_is_installed_below_the_temporary_directory(tmp_path: Path) -> None:
    """Programs find their private directory at `/tmp`, which must not hide the code that runs them."""
    place = tmp_path if str(tmp_path).startswith("/tmp/") else Path(tempfile.mkdtemp(dir="/tmp"))
    shutil.copytree(Path(tensorpad_package.__file__).parent, place / "code" / "tensorpad")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / "venv"], check=True)
    (packages,) = place.glob("venv/lib/python*/site-packages")
    (packages / "places.pth").write_text(f"{place / 'code'}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")

    done = subprocess.run(
        [place / "venv" / "bin" / "python", "-m", "tensorpad", "run", "-"],
        check=False,
        input="import os\nopen('x', 'w').write('kept')\nprint(open(os.path.join(os.environ['TMPDIR'], 'x')).read())",
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (0, "kept\n"), done.stderr


def test_a_program_has_a_temporary_directory_of_its_own() -> None:
    done = tensorpad(
        "run", "-", program="import os, tempfile\nprint(os.listdir(tempfile.gettempdir()), len(tempfile.mkdtemp()) > 1)"
    )
    assert (done.returncode, done.stdout) == (0, "[] True\n"), done.stderr
