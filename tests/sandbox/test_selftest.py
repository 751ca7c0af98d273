"""The self-test says what is true of this machine, and says so when a layer is refused."""

import os

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.control import LAYERS, Profile

pytestmark = pytest.mark.anyio


async def test_every_layer_is_tried_and_holds_but_for_what_the_profile_leaves_out(pool: LocalPool, profile: Profile) -> None:
    isolation = pool.status().isolation

    assert tuple(layer.name for layer in isolation.layers) == LAYERS
    left_out: set[str] = set() if profile == "strict" else {"namespaces"}
    assert left_out <= set(isolation.missing) <= left_out | not_to_be_had(profile), "\n".join(
        f"{layer.name}: {layer.detail}" for layer in isolation.layers if not layer.held
    )
    for layer in isolation.layers:
        if layer.held:
            assert layer.acts
            assert all(act.held for act in layer.acts)


def not_to_be_had(profile: Profile) -> set[str]:
    """Layers that the machine may withhold from whoever runs the tests, through no fault of the service."""
    if os.geteuid() != 0:
        return {"uid", "cgroup"}
    # Where the interpreter lies in a home that only its owner may enter, another user could not run it.
    return {"uid"} if profile == "container" else set()


async def test_the_acts_are_tried_alone_and_together(pool: LocalPool) -> None:
    for layer in pool.status().isolation.layers:
        if layer.held:
            names = [act.act for act in layer.acts]
            assert any(names.count(name) == 2 for name in names), layer
