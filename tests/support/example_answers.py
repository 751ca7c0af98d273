"""The answers that the API's description has as examples: `make openapi` asks a service for them."""

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx
from tensorpad.api.description import answers
from tensorpad.api.description.operations import LARGE, OPERATIONS

from tests.support.patience import PATIENCE_S
from tests.support.service import running_service

HOST = "pad.example.org"
"""The name of the service in addresses that it answers."""
SPOKEN: dict[str, Any] = {"code": 'print("one line")\n1 + 1', "include": []}
"""A program whose stream is short."""
_ID = re.compile(r"(?<=\"id\":\")[\w-]{22}(?=\")|(?<=^)[\w-]{22}$")
_TIMING = re.compile(r'"timing":\{[^}]*\}')


@dataclass(frozen=True, slots=True)
class Request:
    """A request, and the place of its answer in the description."""

    operation: str
    status: str
    media_type: str
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict[str, str])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: Any = None


def asked(url: str) -> answers.Recorded:
    """What the service at an address answers to the examples of its description."""
    with httpx.Client(base_url=url, timeout=PATIENCE_S, headers={"Host": HOST}) as client:
        return _Recorder(client).record()


class _Recorder:
    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._document: dict[str, Any] = client.get("/openapi.json").json()

    def record(self) -> answers.Recorded:
        """An answer of each status and type that is no fault, of every operation."""
        found: answers.Recorded = {}
        kept = self._client.post("/api/v1/runs", json=LARGE).json()["id"]
        for request in self._requests(kept):
            text = self._answer(request)
            value = (
                _data(request.operation, text) if request.media_type.endswith("json") else shortened(request.operation, text)
            )
            found.setdefault(request.operation, {}).setdefault(request.status, {})[request.media_type] = value
        return found

    def _answer(self, request: Request) -> str:
        response = self._client.request(
            request.method, request.path, params=request.query, headers=request.headers, json=request.body
        )
        # What has been stored before is only found now, and the answer says the same.
        right = {request.status, "200"} if request.status == "201" else {request.status}
        assert str(response.status_code) in right, f"{response.status_code} {response.text[:1000]} to {request}"
        assert response.headers["content-type"].split(";")[0] == request.media_type, request
        return response.text

    def _requests(self, kept: str) -> Iterator[Request]:
        for path, methods in self._document["paths"].items():
            for method, operation in methods.items():
                for status, media_type in _places(operation):
                    yield self._request(method.upper(), path, operation, status, media_type, kept)

    def _request(
        self, method: str, path: str, operation: dict[str, Any], status: str, media_type: str, kept: str
    ) -> Request:
        known = OPERATIONS[f"{method} {path}"]
        arguments = {**known.arguments, "run_id": kept, "chunk": 0}
        if known.id == "getEmbedding":
            arguments["format"] = media_type.rpartition("/")[2]
        query = {name: str(arguments[name]) for name in arguments if f"{{{name}}}" not in path and name in _named(operation)}
        body: Any = next(iter(known.bodies.values()), None)
        if media_type == "text/event-stream":
            body = SPOKEN
        headers = {"Accept": media_type, **({"Prefer": "respond-async"} if status == "202" else {})}
        filled = re.sub(r"\{(\w+)\}", lambda part: str(arguments[part[1]]), path)
        return Request(known.id, status, media_type, method, filled, query, headers, body)


def _named(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"}


def _places(operation: dict[str, Any]) -> list[tuple[str, str]]:
    """Where the description of an operation has an example of an answer."""
    # A program is stored by the first request, and found by the next.
    statuses = sorted((status for status in operation["responses"] if status[0] == "2"), reverse=True)
    return [
        (status, media_type)
        for status in statuses
        for media_type in operation["responses"][status].get("content", ())
        if media_type not in answers.BINARY
    ]


def _data(operation: str, text: str) -> Any:
    """Data as the description has it: of all lessons and terms two, and of a lesson its first sections."""
    value = json.loads(text)
    for key, count in (("lessons", 2), ("sections", 3), ("terms", 2)):
        if operation in ("getLessons", "getLesson", "getGlossary") and key in value:
            value[key] = value[key][:count]
    return value


def shortened(operation: str, text: str) -> str:
    """A text as the description has it: of metrics, one sample of each."""
    if operation != "getMetrics":
        return text
    return "".join(re.findall(r"^# HELP .*\n# TYPE .*\n(?:[^#].*\n)?", text, re.MULTILINE))


def lasting(operation: str, value: Any) -> Any:
    """An answer without what differs from run to run and from machine to machine."""
    if operation in ("getAbout", "getReadiness", "getLessons", "getLesson"):
        return _outline(value)
    if operation == "getMetrics" and isinstance(value, str):
        return sorted(set(re.findall(r"^# TYPE .*$", value, re.MULTILINE)))
    if isinstance(value, str):
        return _TIMING.sub("", _ID.sub("", value))
    if isinstance(value, list):
        return [lasting(operation, part) for part in cast("list[Any]", value)]
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {name: lasting(operation, part) for name, part in members.items() if name not in ("timing", "environment")}
    return value


def _outline(value: Any) -> Any:
    """The names of members, and the types of all else."""
    if isinstance(value, dict):
        return {name: _outline(part) for name, part in cast("dict[str, Any]", value).items()}
    return type(value).__name__


def main() -> None:
    """Write the file that the description reads."""
    with tempfile.TemporaryDirectory() as folder, running_service(Path(folder, "log")) as url:
        found = asked(url)
    target = Path(answers.__file__).with_name(answers.FILE)
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
