"""The operations of the API, by method and path, and the groups that they are shown in."""

from typing import Any, Final
from urllib.parse import quote

from tensorpad.api.description.faults import OF_A_BODY, OF_A_RUN
from tensorpad.api.description.operation import Operation
from tensorpad.snippets.snippet import Snippet

TAGS: Final = [
    {"name": "runs", "description": "Run a program, and see everything that happened in it."},
    {"name": "graphs", "description": "One autograd graph of a program, as a picture or as data."},
    {"name": "inquiries", "description": "Questions about a program that a run of it answers."},
    {"name": "snippets", "description": "Programs that are stored on purpose, to be named by a short id."},
    {"name": "lessons", "description": "Courses on tensors and autograd, as data."},
    {"name": "service", "description": "What the service is, and what its torch has."},
    {"name": "operations", "description": "For whoever operates the service."},
]

PROGRAM: Final = """import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
y = x * x
loss = y.sum()
loss.backward()
x.grad"""
_CELLS: Final = [
    "import torch\n\nw = torch.tensor(2.0, requires_grad=True)",
    "loss = (w * 3 - 1) ** 2\nloss.backward()\nprint(w.grad)",
]
_LOOP: Final = (
    "import torch\n\nw = torch.tensor(2.0, requires_grad=True)\nfor step in range(50):\n    loss = (w * 3 - 1) ** 2\n"
    "    loss.backward()\n    with torch.no_grad():\n        w -= 0.01 * w.grad\n    w.grad = None"
)
LARGE: Final = {"code": "import torch\n\nxs = [torch.arange(2000) for _ in range(20)]", "defer_values": True}
_LARGE: Final = "a program whose answer defers values"
_STORED: Final = "a program that opens at its memory"
_RUN_ID: Final = "h3cVb0cQyZ7uM1q4o2dXGA"
_RUN: Final = ("X-Run-Id", "Cache-Control", "Vary", "RateLimit", "RateLimit-Policy")
_ASKED: Final = ("not-acceptable", "cancelled", *OF_A_BODY, *OF_A_RUN)
_PICTURE: Final = ("ETag", "Cache-Control", "Vary", "RateLimit", "RateLimit-Policy", "Tensorpad-Degraded")
_UNCHANGED: Final = ("ETag", "Cache-Control", "Vary")
_DRAWN: Final = ("not-found", "no-graph", "no-part", "too-large", "invalid", "program", "no-store", "drawing", *OF_A_RUN)


def _graph(name: str) -> Operation:
    return Operation(
        f"getGraph{name}",
        faults=_DRAWN,
        headers={200: _PICTURE, 304: _UNCHANGED},
        takes=("Accept-Language", "If-None-Match"),
        arguments={"code": PROGRAM, "of": "loss"},
        pictured=name in ("Svg", "Png"),
    )


def _inquiry(name: str, **question: Any) -> Operation:
    return Operation(
        f"ask{name}",
        faults=_ASKED,
        headers={200: _RUN},
        takes=("Accept-Language",),
        bodies={"gradient of a sum of squares": {"code": PROGRAM, **question}},
    )


def _link(operation: str, parameter: str, example: str, description: str) -> dict[str, Any]:
    """What can be asked with the id in an answer. `/docs` makes an id that is real with the example of this name."""
    return {
        "operationId": operation,
        "parameters": {parameter: "$response.body#/id"},
        "description": description,
        "x-example": example,
    }


OPERATIONS: Final[dict[str, Operation]] = {
    "POST /api/v1/runs": Operation(
        "createRun",
        faults=(*_ASKED, "idempotency"),
        headers={200: (*_RUN, "Idempotency-Replayed"), 202: (*_RUN, "Location", "Preference-Applied")},
        takes=("Accept-Language", "Idempotency-Key", "Prefer"),
        bodies={
            "a gradient": {"code": PROGRAM},
            "two cells, without a record of the run": {"cells": _CELLS, "trace": "off", "seed": None, "lang": "zh-CN"},
            "a loop, of which two rounds are recorded": {"code": _LOOP, "trace": {"rounds": 2}},
            _LARGE: LARGE,
        },
        links={
            200: {
                text: _link(operation, "run_id", _LARGE, description)
                for text, operation, description in (
                    ("read more of it", "getRun", "Any part of the run's answer, as long as it is kept."),
                    ("read its values", "getRunValues", "Values that the run's answer deferred."),
                    ("forget it", "deleteRun", "The run is kept no longer."),
                )
            }
        },
    ),
    "POST /api/v1/batch": Operation(
        "createRuns",
        faults=_ASKED,
        headers={200: ("Cache-Control", "Vary", "RateLimit", "RateLimit-Policy", "Idempotency-Replayed")},
        takes=("Accept-Language", "Idempotency-Key"),
        bodies={"two programs": {"runs": [{"code": PROGRAM, "include": ["minimal"]}, {"code": "1 / 0", "include": []}]}},
    ),
    "GET /api/v1/runs/{run_id}": Operation(
        "getRun",
        faults=("not-found", "run-gone", "not-acceptable", "invalid", "rate-limit"),
        headers={200: ("X-Run-Id", *_PICTURE), 304: _UNCHANGED},
        takes=("Accept-Language", "If-None-Match"),
        arguments={"run_id": _RUN_ID, "include": "variables,steps"},
    ),
    "GET /api/v1/runs/{run_id}/values/{chunk}": Operation(
        "getRunValues",
        faults=("not-found", "run-gone", "not-acceptable", "invalid"),
        headers=dict.fromkeys((200, 304), ("ETag", "Cache-Control")),
        takes=("If-None-Match",),
        arguments={"run_id": _RUN_ID, "chunk": 0},
    ),
    "DELETE /api/v1/runs/{run_id}": Operation("deleteRun", faults=("not-found",), arguments={"run_id": _RUN_ID}),
    "GET /api/v1/graph.svg": _graph("Svg"),
    "GET /api/v1/graph.json": _graph("Json"),
    "GET /api/v1/graph.dot": _graph("Dot"),
    "GET /api/v1/graph.png": _graph("Png"),
    "GET /api/v1/preview.png": Operation(
        "getPreviewPng",
        pictured=True,
        faults=("not-found", "too-large", "invalid", "no-store", "drawing", *OF_A_RUN),
        headers={200: ("ETag", "Cache-Control", "Vary", "RateLimit", "RateLimit-Policy"), 304: _UNCHANGED},
        takes=("Accept-Language", "If-None-Match"),
        arguments={"code": PROGRAM, "of": "loss"},
    ),
    "POST /api/v1/graph": Operation(
        "drawGraph",
        pictured=True,
        faults=("not-acceptable", "precondition", *OF_A_BODY, *_DRAWN),
        headers={200: _PICTURE},
        takes=("Accept-Language", "If-None-Match"),
        bodies={
            "the graph of a loss": {"code": PROGRAM, "of": "loss", "theme": "light"},
            "in the style of torchviz": {"cells": _CELLS, "style": "torchviz", "theme": "light"},
        },
    ),
    "POST /api/v1/lens": _inquiry("Lens", operation="op2", element=[1, 0]),
    "POST /api/v1/derivation": _inquiry("Derivation", of="loss", finite_differences=True),
    "POST /api/v1/values": _inquiry("Values", subject="t1", rows=[0, 2], columns=[0, 2]),
    "POST /api/v1/opening": _inquiry("Opening", operation="op2"),
    "GET /api/v1/names/{path}": Operation(
        "getNames",
        faults=("not-found", *OF_A_RUN),
        headers={200: ("ETag", "Cache-Control", "RateLimit", "RateLimit-Policy"), 304: ("ETag", "Cache-Control")},
        takes=("If-None-Match",),
        arguments={"path": "torch.autograd"},
    ),
    "POST /api/v1/snippets": Operation(
        "createSnippet",
        faults=("not-acceptable", *OF_A_BODY, "rate-limit", "no-store", "unavailable", "store-full"),
        headers=dict.fromkeys((200, 201), ("Location", "Cache-Control", "RateLimit", "RateLimit-Policy")),
        bodies={_STORED: {"cells": _CELLS, "view": "memory"}},
        links={
            status: {"read it": _link("getSnippet", "snippet_id", _STORED, "The stored program.")} for status in (200, 201)
        },
    ),
    "GET /api/v1/snippets/{snippet_id}": Operation(
        "getSnippet",
        faults=("not-found", "not-acceptable", "no-store", "unavailable"),
        headers={200: ("Cache-Control",)},
        arguments={"snippet_id": Snippet(tuple(_CELLS), view="memory").id},
    ),
    "GET /api/v1/lessons": Operation(
        "getLessons",
        faults=("not-acceptable", "invalid"),
        headers={200: ("ETag", "Cache-Control", "Vary", "Content-Language"), 304: _UNCHANGED},
        takes=("Accept-Language", "If-None-Match"),
    ),
    "GET /api/v1/lessons/{lesson}": Operation(
        "getLesson",
        faults=("not-found", "not-acceptable", "invalid"),
        headers={200: ("ETag", "Cache-Control", "Vary", "Content-Language"), 304: _UNCHANGED},
        takes=("Accept-Language", "If-None-Match"),
        arguments={"lesson": "broadcasting"},
    ),
    "POST /api/v1/lessons/{lesson}/tallies": Operation(
        "countAnswer",
        faults=("not-found", "no-tallies", *OF_A_BODY, "rate-limit", "unavailable"),
        headers={204: ("Cache-Control", "RateLimit", "RateLimit-Policy")},
        bodies={
            "a right answer": {"lang": "en", "cell": 2, "line": 4, "verdict": "right"},
            "the first of the wrong answers": {"lang": "en", "cell": 2, "line": 4, "verdict": "wrong", "wrong": 1},
        },
        arguments={"lesson": "broadcasting"},
    ),
    "GET /api/v1/glossary": Operation(
        "getGlossary",
        faults=("not-acceptable", "invalid"),
        headers={200: ("ETag", "Cache-Control", "Vary", "Content-Language"), 304: _UNCHANGED},
        takes=("Accept-Language", "If-None-Match"),
    ),
    "GET /api/v1/about": Operation("getAbout", faults=("unavailable",), headers={200: ("Cache-Control",)}),
    "GET /oembed": Operation(
        "getEmbedding",
        faults=("not-found", "not-acceptable", "invalid", "no-format"),
        headers={200: ("Cache-Control", "Vary")},
        takes=("Accept-Language",),
        arguments={"url": f"/embed?code={quote(PROGRAM)}&of=loss"},
    ),
    "GET /healthz": Operation("getHealth", headers={200: ("Cache-Control",)}),
    "GET /readyz": Operation("getReadiness", faults=("unavailable",), headers={200: ("Cache-Control",)}),
    "GET /metrics": Operation("getMetrics", headers={200: ("Cache-Control",)}),
    "GET /problems/{slug}": Operation("getProblem", faults=("not-found",), arguments={"slug": "rate-limit"}),
}
