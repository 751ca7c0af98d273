"""The start-up self-test: every layer is tried through real workers before anything else runs."""

from typing import Final

from tensorpad.pool.cgroups import ControlGroups, ControlGroupsMissing
from tensorpad.pool.isolation import IsolationStatus, LayerStatus
from tensorpad.pool.nursery import Nursery
from tensorpad.protocol.control import LAYERS, TemplateReady
from tensorpad.protocol.errors import Unavailable
from tensorpad.protocol.limits import MIB
from tensorpad.protocol.messages import Probed, ProbeResult

_CGROUP_TEST_BYTES: Final = 64 * MIB
"""Memory of the group in which a worker tries to use more; small, so that it is quick to fill."""


async def test_layers(
    nursery: Nursery, ready: TemplateReady, groups: ControlGroups | ControlGroupsMissing
) -> IsolationStatus:
    """Try each layer alone, then all that hold together.

    A layer holds if it could be put on and every act against it was refused, alone and in company.
    """
    alone = [await _test_alone(layer, nursery, ready, groups) for layer in LAYERS]
    held = tuple(status.name for status in alone if status.held)
    together = await _acts(nursery, held, held)
    layers = tuple(_combine(status, together) for status in alone)
    return IsolationStatus("strict" if "namespaces" in held else "container", layers)


async def _test_alone(
    layer: str, nursery: Nursery, ready: TemplateReady, groups: ControlGroups | ControlGroupsMissing
) -> LayerStatus:
    if layer == "namespaces" and ready.namespaces is not None:
        return LayerStatus(layer, held=False, detail=f"the kernel refused them: {ready.namespaces}")
    if layer == "uid" and not ready.users:
        return LayerStatus(layer, held=False, detail="only a service that root starts can give each worker its own user")
    if layer == "cgroup" and isinstance(groups, ControlGroupsMissing):
        return LayerStatus(layer, held=False, detail=f"no group can be made: {groups.strerror}")
    try:
        acts = await (_test_memory(nursery) if layer == "cgroup" else _acts(nursery, (layer,), (layer,)))
    except Unavailable as error:
        return LayerStatus(layer, held=False, detail=str(error))
    return _judge(layer, acts)


async def _acts(nursery: Nursery, layers: tuple[str, ...], tried: tuple[str, ...]) -> tuple[ProbeResult, ...]:
    worker, _ = await nursery.bring_up(layers, probing=True)
    try:
        answer = await worker.probe(tried)
    finally:
        await worker.close()
    if not isinstance(answer, Probed):
        raise Unavailable("a worker of the self-test did not answer")
    return answer.results


async def _test_memory(nursery: Nursery) -> tuple[ProbeResult, ...]:
    """The acts of the control group; the last one is the worker's death, which only the kernel's count proves."""
    worker, _ = await nursery.bring_up(("cgroup",), probing=True, memory_bytes=_CGROUP_TEST_BYTES)
    try:
        answer = await worker.probe(("cgroup",))
        survivor = await worker.next_word()
        killed = worker.memory_killed()
    finally:
        await worker.close()
    acts = answer.results if isinstance(answer, Probed) else ()
    held = survivor is None and killed
    detail = "the kernel ended it" if held else "the memory was given" if survivor else "it ended, but no kill was counted"
    return (*acts, ProbeResult("cgroup", "use more memory than the limit", held, detail))


def _combine(status: LayerStatus, together: tuple[ProbeResult, ...]) -> LayerStatus:
    if not status.held:
        return status
    return _judge(status.name, (*status.acts, *(act for act in together if act.layer == status.name)))


def _judge(layer: str, acts: tuple[ProbeResult, ...]) -> LayerStatus:
    failed = [act for act in acts if not act.held]
    if failed:
        detail = "; ".join(f"{act.act}: {act.detail}" for act in failed)
    else:
        detail = f"{len({act.act for act in acts})} acts refused"
    return LayerStatus(layer, held=bool(acts) and not failed, detail=detail, acts=acts)
