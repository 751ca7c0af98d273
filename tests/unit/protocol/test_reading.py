"""A trace survives its journey; a hostile one is refused, and never holds the event loop while it is read."""

import asyncio
from typing import Any

import msgspec
import pytest
from msgspec.structs import asdict, replace
from tensorpad.protocol.errors import ProtocolError, ReportTooLong
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.reading import read_trace
from tensorpad.protocol.records import (
    AutogradRecord,
    FunctionRecord,
    StorageRecord,
    VariableRecord,
)
from tensorpad.protocol.traces import TraceRecord

from tests.support import comparison
from tests.support.autograd_records import tutorial
from tests.support.turns import assert_free_beside

LIMITS = Limits()
HELD = 0.5
"""Part of the time that may pass without a turn of the event loop; read in one piece, a message takes all of it."""


def raw(trace: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(trace))


def test_a_real_trace_is_read_as_it_was_written() -> None:
    trace, _ = tutorial()
    assert read_trace(raw(trace), LIMITS) == trace


def test_an_empty_trace_is_read() -> None:
    assert read_trace(raw({}), LIMITS) == TraceRecord()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(raw([]), id="a list"),
        pytest.param(raw({"tensors": 1}), id="a number for a list"),
        pytest.param(raw({"tensors": [1]}), id="a number for a record"),
        pytest.param(raw({"graphs": [{"id": "g1"}]}), id="half a graph"),
        pytest.param(raw({"truncated": [{"what": "x", "limit": 1}] * 1_001}), id="too many remarks"),
        pytest.param(raw(TraceRecord(variables=(VariableRecord("x", "", "", None),) * 4_001)), id="too many records"),
        pytest.param(raw(TraceRecord(storages=(StorageRecord("<b>", 1, "cpu", ()),))), id="an id that is none"),
        pytest.param(raw(TraceRecord(storages=(StorageRecord("s٣", 1, "cpu", ()),))), id="an id in other digits"),
        pytest.param(msgspec.Raw(b"\x81\xa7tensors" + b"\x91" * 100_000), id="too deep"),
        pytest.param(msgspec.Raw(b"\x81\xa7tensors\x91\xa1\xff"), id="text that is none"),
    ],
)
def test_what_is_no_trace_is_refused(data: msgspec.Raw) -> None:
    with pytest.raises(ProtocolError):
        read_trace(data, LIMITS)


def test_a_record_that_fills_the_message_is_too_long() -> None:
    trace = TraceRecord(storages=(StorageRecord("s1", 1, "cpu", ("t1",) * 2_000_000),))
    with pytest.raises(ReportTooLong):
        read_trace(raw(trace), LIMITS)


def worst() -> dict[str, TraceRecord]:
    """Messages of the greatest length, of the members that are the shortest and the dearest to decode."""
    tensor = tutorial()[0].tensors[0]
    ids, nothings = ("t1",) * 1_100_000, (None,) * 3_300_000
    function = FunctionRecord("f1", "AddBackward0", None, None, (), nothings, None)
    functions = tuple(replace(function, id=f"f{number}") for number in range(1, 6))
    return {
        "references": TraceRecord(storages=tuple(StorageRecord(f"s{number}", 1, "cpu", ids) for number in range(5))),
        "names": TraceRecord(tensors=tuple(replace(tensor, id=f"t{n}", names=("",) * 3_300_000) for n in range(5))),
        "edges": TraceRecord(graphs=(AutogradRecord("g1", "f1", "", False, functions),)),
    }


@pytest.mark.parametrize("kind", ["references", "names", "edges"])
@pytest.mark.anyio
async def test_the_longest_trace_is_read_beside_the_event_loop(kind: str) -> None:
    data = raw(worst()[kind])
    await assert_free_beside(lambda: asyncio.to_thread(read_trace, data, LIMITS), HELD)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_a_backward_pass_is_read_as_it_was_written() -> None:
    trace = comparison.run("import torch\nx = torch.ones(2, requires_grad=True)\n(x * x * 3).sum().backward()").trace
    assert trace.backwards
    assert read_trace(raw(trace), LIMITS) == trace


def test_every_part_of_a_trace_is_read() -> None:
    told: dict[str, Any] = {name: [] if isinstance(value, tuple) else None for name, value in asdict(TraceRecord()).items()}
    assert read_trace(raw(told), LIMITS) == TraceRecord()
    for name in told:
        with pytest.raises(ProtocolError):
            read_trace(raw(told | {name: 1}), LIMITS)
