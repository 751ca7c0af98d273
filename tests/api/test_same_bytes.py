"""Identical requests give identical bytes: from any start of the service, on any machine, wherever it is installed.

`make same-bytes` is the long form, with two clones of the repository and every program that is right.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import httpx
import tensorpad

from tests.support.good_programs import PROGRAMS as GOOD_PROGRAMS
from tests.support.installed import interpreter
from tests.support.patience import PATIENCE_S
from tests.support.service import running_service

SETS = """
import torch
weights = {name: torch.full((2,), float(place), requires_grad=True) for place, name in enumerate("abcdefgh")}
out = sum(weights[name].sum() * len(name) for name in set(weights) | {"a", "b"})
out.backward()
"""
"""What it does follows the order of a set of strings, which is another for each hash seed."""

MODEL = """
import torch
from torch import nn
model = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.5), nn.ReLU(), nn.Linear(4, 1))
optimizer = torch.optim.Adam(model.parameters())
for _ in range(3):
    optimizer.zero_grad()
    loss = model(torch.randn(5, 3)).square().mean()
    loss.backward()
    optimizer.step()
"""
LOOP = """
import torch
w = torch.ones(3, requires_grad=True)
h = torch.zeros(3)
for step in range(100):
    h = torch.tanh(h * w + 0.1)
h.sum().backward()
"""
FAILING = "import torch\nx = torch.ones(2, 3) @ torch.ones(2, 3)\n"
PROGRAMS = {"sets": SETS, "model": MODEL, "loop": LOOP, "failing": FAILING}
IMPORTS = "import math\nimport numpy as np\nimport torch\nfrom torch import nn\nimport torch.nn.functional as F\n"
LOOKS: tuple[dict[str, str], ...] = ({}, {"style": "torchviz"}, {"theme": "dark", "lang": "zh-CN"})
KINDS = ("svg", "dot", "json", "png")
MACHINES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "USER": "one"},
    {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "USER": "two"},
)
"""What differs from machine to machine, besides where things are."""
PLACES = ("a", "somewhere/else, with a longer name")

Answers = dict[tuple[str, str, int], tuple[int, str | None, bytes]]


def answers(
    home: Path, code: Path, machine: Mapping[str, str], programs: Mapping[str, str], looks: tuple[dict[str, str], ...]
) -> Answers:
    """Every program in every form and look, from a service of the package in `code`, with a home and a place for files."""
    (home / "tmp").mkdir(parents=True)
    python = interpreter(home / "environment", code)
    settings = {**machine, "HOME": str(home), "TMPDIR": str(home / "tmp"), "LOGNAME": machine["USER"]}
    service = running_service(
        home / "log",
        command=(str(python), "-m", "tensorpad", "serve"),
        settings=settings,
        timeout_s=PATIENCE_S,
        draw_s=PATIENCE_S,
    )
    with service as url:
        return asked(url, programs, looks)


def asked(url: str, programs: Mapping[str, str], looks: tuple[dict[str, str], ...]) -> Answers:
    """Every program in every form and look, from the service at an address."""
    found: Answers = {}
    with httpx.Client(base_url=url, timeout=PATIENCE_S, headers={"X-Request-Id": "same"}) as client:
        for name, program in programs.items():
            for place, look in enumerate(looks):
                # A bitmap and the rest are made of what the first look and the picture have.
                for kind in KINDS if place == 0 else KINDS[:1]:
                    response = client.get(f"/api/v1/graph.{kind}", params={"code": program, **look})
                    assert "tensorpad-degraded" not in response.headers
                    found[name, kind, place] = response.status_code, response.headers.get("etag"), response.content
    return found


def test_a_copy_on_a_machine_that_differs_gives_the_same_bytes(server_url: str, tmp_path: Path) -> None:
    code = tmp_path / PLACES[1] / "code"
    # With what is compiled, as an installation has it; the processes of a service would each compile what they load.
    shutil.copytree(Path(tensorpad.__file__).parent, code / "tensorpad")
    first = asked(server_url, PROGRAMS, LOOKS)
    second = answers(tmp_path / PLACES[1] / "home", code, MACHINES[1], PROGRAMS, LOOKS)
    assert {status for status, _, _ in first.values()} == {200, 422}
    assert [key for key in first if first[key] != second[key]] == []


def main() -> int:
    """Compare two clones of the repository in all programs, and say what differs."""
    root = Path(__file__).parents[2]
    programs = {**PROGRAMS, **{name: IMPORTS + program for name, program in GOOD_PROGRAMS.items()}}
    found: list[Answers] = []
    with tempfile.TemporaryDirectory() as folder:
        for place, machine in zip(PLACES, MACHINES, strict=True):
            clone = Path(folder, place, "clone")
            subprocess.run(["git", "clone", "--quiet", "--no-local", root, clone], check=True)
            found.append(answers(Path(folder, place, "home"), clone / "backend", machine, programs, LOOKS[:1]))
    first, second = found
    differing = [key for key in first if first[key] != second[key]]
    for name, kind, _ in differing:
        print(f"differs: {name!r} as {kind}")
    drawn = sum(status == 200 for status, _, _ in first.values())
    print(f"{len(programs)} programs as {', '.join(KINDS)}: {drawn} answers drawn, {len(differing)} of {len(first)} differ")
    return 1 if differing or drawn < len(first) / 2 else 0


if __name__ == "__main__":
    sys.exit(main())
