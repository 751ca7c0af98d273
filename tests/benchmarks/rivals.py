"""Graphs of the same programs by Tensorpad and by other tools: the time to build and to draw them, and the bytes of SVG.

NOTE. What makes them comparable:
1. Each tool has a process of its own for each program, and draws a small graph before it is measured.
2. Building includes running the program forward. torchviz looks at nothing but the graph that torch made; Tensorpad keeps
   every value and place in the source.
3. Drawing ends with the SVG. The others start Graphviz's program `dot` for it, and draw every node. Tensorpad folds what is
   too large to look at; the numbers of bytes show that.
4. Where a tool fails, the name of its error stands in the table; where it takes too long, the limit does.
"""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from typing import Any, Final

from tests.benchmarks import contender
from tests.benchmarks.requirements import CannotRun, require_program

LIMIT_S: Final = 60.0
"""How long a tool may take for all rounds with one program."""
TARGET: Final = 20.0
"""How many times faster than torchlens Tensorpad is to be at 1,000 operations, at least."""
DRAWING_TARGET_S: Final = 2.0
"""How long the drawing of a leaf that is used all along a chain may take, at most."""
_SHARED: Final = "1,000 operations, a leaf used every 50"
_CHAIN: Final = "a chain of 1,000"

Facts = dict[str, Any]


def run() -> None:
    """Measure and print. Raises CannotRun."""
    require_program("dot", "graphviz")
    versions = ", ".join(f"{name} {version(name)}" for name in contender.TOOLS if name != "Tensorpad")
    print(f"Graphs of the same programs: median of {contender.ROUNDS}, {os.cpu_count()} processors; {versions}")
    print(f"{'':44}{'build':>12}{'draw':>12}{'SVG':>12}")
    measured: dict[tuple[str, str], Facts] = {}
    for program in contender.PROGRAMS:
        print(program)
        for tool in contender.TOOLS:
            facts = measured[tool, program] = _measure(tool, program)
            print(f"  {tool:42}{_cells(facts)}")
    ours, theirs = measured["Tensorpad", _CHAIN], measured["torchlens", _CHAIN]
    for what, keys in (("to build", ("build_s",)), ("to build and draw", ("build_s", "draw_s"))):
        print(f"Target, {TARGET:g} times faster than torchlens {what} {_CHAIN}: {_ratio(ours, theirs, keys)}")
    drawn = measured["Tensorpad", _SHARED].get("draw_s")
    met = "NOT met" if drawn is None or drawn >= DRAWING_TARGET_S else "met"
    print(f"Target, {_SHARED}, drawn in under {DRAWING_TARGET_S:g} s: {met}")


def _measure(tool: str, program: str) -> Facts:
    command = [sys.executable, "-W", "ignore", "-m", contender.__name__, tool, program]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LIMIT_S)
        output, ended = done.stdout, f"signal {-done.returncode}" if done.returncode < 0 else None
        if done.returncode > 0:
            raise CannotRun(f"{tool} could not be started: {done.stderr[-500:]}")
    except subprocess.TimeoutExpired as late:
        # What is said of a process that was ended is bytes, whatever was asked for.
        output, ended = (late.stdout or b"").decode(), f"> {LIMIT_S:g} s"
    facts: Facts = {}
    for line in output.splitlines():
        if line.startswith("{"):
            facts.update(json.loads(line))
    if ended is not None:
        facts["error"] = ended
    return facts


def _cells(facts: Facts) -> str:
    cells: list[str] = []
    for key, text in (("build_s", _ms), ("draw_s", _ms), ("svg_bytes", _kilobytes)):
        if key not in facts:
            cells.append(f"{facts.get('error', '?'):>12}")
            break
        cells.append(f"{text(facts[key]):>12}")
    return "".join(cells)


def _ratio(ours: Facts, theirs: Facts, keys: tuple[str, ...]) -> str:
    if any(key not in facts for facts in (ours, theirs) for key in keys):
        return "not measured"
    ratio = sum(theirs[key] for key in keys) / sum(ours[key] for key in keys)
    return f"{'met' if ratio >= TARGET else 'NOT met'} ({ratio:.0f})"


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:,.1f} ms"


def _kilobytes(count: float) -> str:
    return f"{count / 1024:,.0f} KiB"
