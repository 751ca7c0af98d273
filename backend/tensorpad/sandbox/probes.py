"""The self-test, inside a worker: try what each layer forbids, for real.

Each layer is tried in a worker that wears only that layer, so that one cannot hide the failure of another; then everything
is tried once more in a worker that wears them all.
"""

from collections.abc import Callable, Iterator

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Probed, ProbeRequest, ProbeResult, Report
from tensorpad.sandbox.acts import ACTS, Act, exhaust_memory


def answer(request: ProbeRequest, limits: Limits, report: Callable[[Report], None]) -> None:
    """Try the acts of the layers that the request names, and report each.

    The act of the control group on memory ends this process if the layer holds, so it comes last and after the report; a
    second report says that the process lived.
    """
    report(Probed(tuple(_results(request.layers, limits))))
    if request.layers == ("cgroup",):
        exhaust_memory(limits)
        report(Probed((ProbeResult("cgroup", "use more memory than the limit", held=False, detail="it was given"),)))


def _results(layers: tuple[str, ...], limits: Limits) -> Iterator[ProbeResult]:
    for layer in layers:
        for act in ACTS.get(layer, ()):
            yield _try(layer, act, limits)


def _try(layer: str, act: Act, limits: Limits) -> ProbeResult:
    try:
        detail = act.attempt(limits)
    except (OSError, MemoryError, RuntimeError) as error:
        held = isinstance(error, act.refusals)
        return ProbeResult(layer, act.description, held=held, detail=f"{type(error).__name__}: {error}")
    return ProbeResult(layer, act.description, held=detail is None, detail=detail or "as it should be")
