"""What the description says of one operation besides what its route declares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tensorpad.api.description import answers, faults, headers
from tensorpad.api.description.names import SLUGS

_PATH: Final = {
    "run_id": "The id of a run, which the head of its answer has as X-Run-Id.",
    "path": "A module or class of torch or NumPy, such as `torch.nn`.",
    "snippet_id": "The id of a stored program.",
    "lesson": "The name of a lesson.",
    "slug": "The last part of a problem's `type`.",
}
"""What the parts of paths are, which are called the same everywhere."""
_SCHEMAS: Final = {"slug": {"$ref": f"#/components/schemas/{SLUGS}"}}
"""Schemas of those that have a name."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API.

    `id` names it for good: generated clients call a method by it. `faults` are slugs of the problems that it may have
    besides those of every request. `headers` are those of its own answers, by status; `takes` those that a request may have.
    """

    id: str
    faults: tuple[str, ...] = ()
    headers: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    takes: tuple[str, ...] = ()
    bodies: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Bodies of requests, by what they are an example of; the first is what "Try it out" begins with."""
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """An example of each of some parameters, which together make one request."""
    pictured: bool = False
    """Whether a fault is a picture for whoever asks for images."""
    links: Mapping[int, Mapping[str, Any]] = field(default_factory=dict[int, Mapping[str, Any]])
    """What can be asked next with an answer of a status."""

    def describe(self, operation: dict[str, Any]) -> None:
        """Complete an operation of the document."""
        operation["operationId"] = self.id
        self._describe_request(operation)
        own: dict[str, Any] = {status: said for status, said in operation["responses"].items() if status[0] in "23"}
        for status, response in own.items():
            names = self.headers.get(int(status), ())
            response["headers"] = headers.sent(*names)
            answers.exemplify(self.id, status, response)
            if int(status) in self.links:
                response["links"] = dict(self.links[int(status)])
        operation["responses"] = dict(sorted({**own, **faults.responses(self.faults, pictured=self.pictured)}.items()))

    def _describe_request(self, operation: dict[str, Any]) -> None:
        parameters: list[dict[str, Any]] = operation.setdefault("parameters", [])
        for parameter in parameters:
            if parameter["name"] in _PATH:
                parameter["description"] = _PATH[parameter["name"]]
                parameter["schema"] = _SCHEMAS.get(parameter["name"], parameter["schema"])
            if parameter["name"] in self.arguments:
                parameter["example"] = self.arguments[parameter["name"]]
        parameters += map(headers.taken, self.takes)
        if self.bodies:
            for content in operation["requestBody"]["content"].values():
                content["examples"] = {
                    name: {"summary": name[0].upper() + name[1:], "value": body} for name, body in self.bodies.items()
                }
