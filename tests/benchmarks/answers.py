"""Answers: how much processor time it takes to make JSON of what a worker reported of a thousand operations.

NOTE. Each is compared with the least that any program must do, which is to encode the same body without its numbers being
nested as shapes are. Both are measured in turn in this process. The fastest of many rounds counts, so that other programs on
the machine matter little.
"""

import gc
import time
from collections.abc import Callable
from typing import Final

import msgspec
from tensorpad.api.encoding import json
from tensorpad.api.runs.response import draft_response
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import CellOutput, Completed, Environment, Timing
from tensorpad.protocol.records import CellRecord

from tests.support.comparison import run as traced

OPERATIONS: Final = 1_000
ROUNDS: Final = 30
_START: Final = "import torch\nx = torch.ones(4, requires_grad=True)\n"
PROGRAMS: Final = {
    "a loop": _START + f"for _ in range({OPERATIONS}):\n    y = x * 2\n",
    "a list of tensors": _START + f"kept = [x * 2 for _ in range({OPERATIONS})]\n",
    "a chain and backward": _START + f"y = x\nfor _ in range({OPERATIONS}):\n    y = y * 1.0001\ny.sum().backward()\n",
}


def run() -> None:
    """Measure and print."""
    print(f"Answers of {OPERATIONS:,} operations: processor time, the least of {ROUNDS} rounds")
    print(f"{'':24}{'MB':>6}{'records':>12}{'JSON':>12}{'plain JSON':>12}{'times':>8}{'µs an operation':>18}")
    for name, source in PROGRAMS.items():
        request = RunRequest(cells=(source,))
        outcome = _outcome(source)
        body = draft_response("run", request, outcome, "en")
        measures: tuple[Callable[[], object], ...] = (
            lambda request=request, outcome=outcome: draft_response("run", request, outcome, "en"),
            lambda body=body: json(body),
            lambda body=body: msgspec.json.encode(body),
        )
        mapped, encoded, plain = _least(measures)
        times = (mapped + encoded) / plain
        each = (mapped + encoded) / OPERATIONS * 1e6
        size = len(json(body)) / 1e6
        figures = f"{mapped * 1e3:>9.1f} ms{encoded * 1e3:>9.1f} ms{plain * 1e3:>9.1f} ms{times:>8.1f}{each:>18.1f}"
        print(f"{name:24}{size:>6.2f}{figures}")


def _outcome(source: str) -> Completed:
    cell = CellOutput("", "", True, CellRecord(0, "ok", None, None))
    return Completed(
        cells=(cell,),
        trace=traced(source).trace,
        timing=Timing(0, 0),
        environment=Environment("", "", "cpu", "strict"),
    )


def _least(measures: tuple[Callable[[], object], ...]) -> list[float]:
    least = [float("inf")] * len(measures)
    for _ in range(ROUNDS):
        for index, measure in enumerate(measures):
            gc.collect()
            began = time.process_time()
            measure()
            least[index] = min(least[index], time.process_time() - began)
    return least
