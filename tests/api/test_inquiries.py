"""Questions about a program over a runner that really runs it, in this process."""

import struct
from base64 import b64decode
from typing import Any

import pytest
from tensorpad.pool.runner import Listener
from tensorpad.protocol.derivations import DerivationInquiry
from tensorpad.protocol.lenses import LensInquiry
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.openings import OpeningInquiry
from tensorpad.protocol.outcomes import CellOutput, Outcome, TimedOut
from tensorpad.protocol.traces import TraceRecord
from tensorpad.protocol.windows import WindowInquiry

from tests.support.comparison import run
from tests.support.stages import ENVIRONMENT, TIMING, Stage, completed

pytestmark = pytest.mark.anyio

TUTORIAL = "import torch\nx = torch.ones(2, 2, requires_grad=True)\ny = x + 2\nz = y * y * 3\nout = z.mean()\nout.backward()"


async def _really(request: RunRequest, _: Listener) -> Outcome:
    course = run(*request.cells, seed=request.seed, inquiries=request.inquiries)
    return completed(*(CellOutput(started=True, record=cell) for cell in course.cells), trace=course.trace)


async def ask(api: Stage, path: str, body: dict[str, Any]) -> Any:
    api.pool.script = _really
    return await api.client.post(f"/api/v1/{path}", json=body)


async def described(api: Stage, model: str, data: Any) -> None:
    import jsonschema

    document = (await api.client.get("/openapi.json")).json()
    schema = {"$ref": f"#/components/schemas/{model}", "components": document["components"]}
    validator: Any = jsonschema.Draft202012Validator(schema)
    validator.validate(data)


async def test_derivation_is_written_out(api: Stage) -> None:
    response = await ask(api, "derivation", {"code": TUTORIAL, "finite_differences": True, "lang": "en"})
    assert response.status_code == 200
    body = response.json()
    await described(api, "DerivationResponse", body)
    assert api.pool.requests[0].inquiries == (DerivationInquiry(None, finite_differences=True),)
    derivation = body["derivation"]
    (leaf,) = derivation["leaves"]
    assert leaf["chain_rule"]["text"] == "∂out/∂x = 2.25 + 2.25 = 4.5"
    assert leaf["paths"][0]["line"]["text"] == "∂out/∂z · ∂z/∂v1 · ∂v1/∂y (1) · ∂y/∂x = 0.25 · 3 · 3 · 1 = 2.25"
    assert leaf["closed_form"]["gradient"]["text"] == "∂out/∂x[i] = 3*(x[i] + 2)/2"
    assert leaf["total"]["data"] == leaf["autograd"]["data"] == [[4.5, 4.5], [4.5, 4.5]]
    assert "exactly" in leaf["statement"]
    assert "agree" in leaf["finite_differences"]["text"]
    assert [step["expression"] for step in derivation["steps"]] == ["z.mean()", "y * y * 3", "y * y", "x + 2", None]


async def test_lens_follows_an_element(api: Stage) -> None:
    body = {"code": TUTORIAL, "operation": "op3", "element": [0, -1], "lang": "zh-CN"}
    response = (await ask(api, "lens", body)).json()
    await described(api, "LensResponse", response)
    assert api.pool.requests[0].inquiries == (LensInquiry("op3", 0, (0, -1)),)
    lens = response["lens"]
    assert (lens["expression"], lens["element"], lens["value"], lens["count"]) == ("y * y", [0, 1], "9", 1)
    assert [(one["element"], one["derivative"]) for one in lens["inputs"]] == [([0, 1], 6.0)]
    assert "局部导数" in lens["inputs"][0]["text"]


async def test_window_shows_a_part_of_a_large_tensor(api: Stage) -> None:
    body = {
        "code": "import torch\nx = torch.arange(10_000.0).reshape(100, 100)",
        "subject": "t2",
        "rows": [98, 100],
        "columns": [0, 3],
    }
    response = (await ask(api, "values", body)).json()
    await described(api, "WindowResponse", response)
    assert api.pool.requests[0].inquiries == (WindowInquiry("t2", rows=(98, 100), columns=(0, 3)),)
    window = response["window"]
    assert (window["rows"], window["columns"], window["block"], window["format"]) == ([98, 100], [0, 3], [1, 1], "float32")
    assert struct.unpack("<6f", b64decode(window["data"])) == (9800, 9801, 9802, 9900, 9901, 9902)
    assert window["minimum"] == ""


async def test_window_on_all_of_it_has_blocks(api: Stage) -> None:
    body = {"code": "import torch\nx = torch.arange(10_000)", "subject": "t1", "height": 1, "width": 4}
    window = (await ask(api, "values", body)).json()["window"]
    assert (window["block"], window["columns"]) == ([1, 2500], [0, 10_000])
    assert struct.unpack("<4d", b64decode(window["data"])) == (1249.5, 3749.5, 6249.5, 8749.5)
    assert struct.unpack("<4d", b64decode(window["maximum"])) == (2499, 4999, 7499, 9999)


async def test_opening_shows_what_is_inside(api: Stage) -> None:
    code = "import torch\nx = torch.ones(2, 3)\nloss = torch.nn.functional.cross_entropy(x, torch.tensor([0, 1]))"
    response = (await ask(api, "opening", {"code": code, "operation": "op3", "lang": "zh-CN"})).json()
    await described(api, "OpeningResponse", response)
    assert api.pool.requests[0].inquiries == (OpeningInquiry("op3"),)
    opening = response["opening"]
    assert opening["span"]["line"] == 3
    assert [step["name"] for step in opening["operations"]] == ["torch.log_softmax", "torch.nn.functional.nll_loss"]
    (log,) = opening["operations"][0]["outputs"]
    assert opening["tensors"][log]["shape"] == [2, 3]
    assert opening["tensors"][log]["values"]["data"][0] == pytest.approx([-1.0986123] * 3)
    assert (opening["exact"], "2 步" in opening["text"]) == (True, True)


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
async def test_what_has_no_answer_says_why_in_each_language(api: Stage, lang: str) -> None:
    lens = (await ask(api, "lens", {"code": "1", "operation": "op7", "lang": lang})).json()["lens"]
    assert (lens["reason"], "op7" in lens["text"]) == ("no_operation", True)
    window = (await ask(api, "values", {"code": "1", "subject": "t7", "lang": lang})).json()["window"]
    assert (window["reason"], "t7" in window["text"]) == ("no_subject", True)
    opening = (await ask(api, "opening", {"code": "1", "operation": "op7", "lang": lang})).json()["opening"]
    assert (opening["reason"], "op7" in opening["text"]) == ("no_operation", True)
    derivation = (await ask(api, "derivation", {"code": "1", "of": "变量", "lang": lang})).json()["derivation"]
    assert (derivation["reason"], "变量" in derivation["text"]) == ("not_found", True)


async def test_program_that_fails_is_an_answer_too(api: Stage) -> None:
    body = {"code": TUTORIAL + "\n1 / 0", "operation": "op2", "element": [0, 0]}
    response = (await ask(api, "lens", body)).json()
    assert (response["status"], response["message"]) == ("error", "ZeroDivisionError: division by zero")
    assert response["lens"]["inputs"][0]["derivative"] == 1.0


async def test_program_that_was_stopped_has_no_answer(api: Stage) -> None:
    cells = (CellOutput("", "", started=True),)
    api.pool.outcome = TimedOut(cells=cells, trace=TraceRecord(), timing=TIMING, environment=ENVIRONMENT, limit_s=1.0)
    response = (await api.client.post("/api/v1/derivation", json={"code": "1"})).json()
    assert (response["status"], response["derivation"]) == ("timeout", None)
    await described(api, "DerivationResponse", response)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("lens", {"code": "1"}),
        ("lens", {"code": "1", "operation": "f7"}),
        ("lens", {"code": "1", "operation": "op1", "element": ["0"]}),
        ("lens", {"code": "1", "operation": "op1", "element": [2**70]}),
        ("lens", {"code": "1", "operation": "op1", "output": -1}),
        ("values", {"code": "1"}),
        ("values", {"code": "1", "subject": "op1"}),
        ("values", {"code": "1", "subject": "t1", "rows": [0]}),
        ("values", {"code": "1", "subject": "t1", "rows": [0, -1]}),
        ("values", {"code": "1", "subject": "t1", "rows": ["0", 1]}),
        ("values", {"code": "1", "subject": "t1", "height": 257}),
        ("values", {"code": "1", "subject": "t1", "step": -1}),
        ("values", {"code": "1", "subject": "t1", "leading": [2**70]}),
        ("derivation", {"of": "x"}),
        ("derivation", {"code": "1", "trace": "off"}),
        ("derivation", {"code": "1", "of": "x" * 1_001}),
    ],
)
async def test_wrong_fields_are_refused(api: Stage, path: str, body: dict[str, Any]) -> None:
    assert (await api.client.post(f"/api/v1/{path}", json=body)).status_code == 422
    assert api.pool.requests == []
