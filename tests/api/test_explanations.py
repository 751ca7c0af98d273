"""Explanations in the answer to a run."""

import msgspec
import pytest
from tensorpad.protocol.failures import FailureRecord, OperandRecord
from tensorpad.protocol.records import ErrorRecord, Span
from tensorpad.protocol.traces import TraceRecord

from tests.support.stages import Stage, cell, completed

pytestmark = pytest.mark.anyio

MESSAGE = "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1"
ERROR = ErrorRecord("RuntimeError", MESSAGE, 1, 0, 1, 5, "Traceback …")


def operand(place: str, *shape: int) -> OperandRecord:
    return OperandRecord(place, None, shape, (1,) * len(shape), "torch.float32", "cpu", False, True, 0)


FAILURE = FailureRecord("torch.add", Span(0, 1, 0, 1, 5), "RuntimeError", MESSAGE, (operand("0", 2, 3), operand("1", 4)), ())


async def test_error_is_explained_in_the_language_of_the_request(api: Stage) -> None:
    api.pool.outcome = completed(cell(error=ERROR), trace=TraceRecord(failure=FAILURE))
    english = (await api.post({"code": "a + b"})).json()["cells"][0]["error"]["explanation"]
    chinese = (await api.post({"code": "a + b", "lang": "zh-CN"})).json()["cells"][0]["error"]["explanation"]
    assert english["rule"] == chinese["rule"] == "broadcast"
    assert english["title"] == "These shapes cannot be broadcast"
    assert chinese["title"] == "这两个形状无法广播"
    assert english["span"] == {"cell": 0, "line": 1, "column": 0, "end_line": 1, "end_column": 5}
    assert english["dims"] == [{"tensor": None, "dim": 1}, {"tensor": None, "dim": 0}]
    assert english["fix"] is None


async def test_fix_is_an_edit(api: Stage) -> None:
    error = ErrorRecord("NameError", "name 'tensor' is not defined", 2, 0, 2, 6, "")
    api.pool.outcome = completed(cell(error=error))
    body = (await api.post({"code": "import torch\ntensor(1)"})).json()
    assert body["cells"][0]["error"]["explanation"]["fix"] == {
        "span": {"cell": 0, "line": 2, "column": 0, "end_line": 2, "end_column": 0},
        "replacement": "torch.",
        "description": "Write `torch.tensor`",
    }
    assert body["notices"] == []


async def test_error_that_no_rule_knows_has_no_explanation(api: Stage) -> None:
    error = ErrorRecord("ZeroDivisionError", "division by zero", 1, 0, 1, 3, "Traceback …")
    api.pool.outcome = completed(cell(error=error))
    assert (await api.post({"code": "1/0"})).json()["cells"][0]["error"]["explanation"] is None


async def test_surprise_is_a_notice(api: Stage) -> None:
    (notice,) = (await api.post({"code": "x = torch.Tensor(2, 3)"})).json()["notices"]
    assert (notice["rule"], notice["fix"]["replacement"]) == ("constructor", "torch.tensor([2, 3])")


@pytest.mark.parametrize("code", [" ", "(" * 10_000, "x = '''", "\ud7ff\n" * 100, "a.b.c" * 30_000, "\f\r\n\x00"])
@pytest.mark.parametrize("kind", ["RuntimeError", "NameError", "SyntaxError", "AttributeError", "Timeout"])
async def test_no_report_brings_the_answer_down(api: Stage, code: str, kind: str) -> None:
    for message in (MESSAGE, "name 'x' is not defined", "", "(" * 5_000, "invalid character '，' (U+FF0C)"):
        error = ErrorRecord(kind, message, 7, 9, 3, 1, "")
        failure = msgspec.structs.replace(FAILURE, type=kind, message=message[:1_000], span=Span(9, 9, 9, 9, 9))
        api.pool.outcome = completed(cell(error=error), trace=TraceRecord(failure=failure))
        response = await api.post({"code": code})
        assert response.status_code == 200
