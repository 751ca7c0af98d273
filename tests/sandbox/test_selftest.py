"""The self-test says what is true of this machine, and says so when a layer is refused."""

import pytest
from tensorpad.pool.supervisor import Pool
from tensorpad.protocol.control import LAYERS, Profile

pytestmark = pytest.mark.anyio


async def test_every_layer_is_tried_and_holds_but_for_what_the_profile_leaves_out(pool: Pool, profile: Profile) -> None:
    isolation = pool.status().isolation

    assert tuple(layer.name for layer in isolation.layers) == LAYERS
    expected: set[str] = set() if profile == "strict" else {"namespaces"}
    # Where the interpreter lies in a home that only its owner may enter, a user of its own could not run it.
    tolerated: set[str] = set() if profile == "strict" else {"uid"}
    assert expected <= set(isolation.missing) <= expected | tolerated, isolation
    for layer in isolation.layers:
        if layer.held:
            assert layer.acts
            assert all(act.held for act in layer.acts)


async def test_the_acts_are_tried_alone_and_together(pool: Pool) -> None:
    for layer in pool.status().isolation.layers:
        if layer.held:
            names = [act.act for act in layer.acts]
            assert any(names.count(name) == 2 for name in names), layer
