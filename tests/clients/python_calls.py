"""Calls every operation of a running service with the description's examples, through the client that was made of it.

Run by the interpreter of `.venv-clients`: `python python_calls.py FOLDER URL`, where FOLDER has the package. Prints a line
of JSON for each operation: its id, the status, and the type of what the client made of the answer.
"""

import importlib
import inspect
import json
import re
import sys
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import httpx

PACKAGE = "tensorpad_client"
RENAMED = {"open": "open_", "format": "format_", "url": "url_query"}
"""Names that the generator has for something else."""
LAST = ("deleteRun",)
"""Operations that come after all others."""


class Caller:
    """A generated client, and the description that it was made from."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.document: dict[str, Any] = httpx.get(f"{url}/openapi.json", timeout=60).json()
        self.client: Any = importlib.import_module(f"{PACKAGE}.client").Client(base_url=url, timeout=60.0)
        self.models: Any = importlib.import_module(f"{PACKAGE}.models")
        self.known: dict[str, Any] = {}
        """What links of earlier answers say of parameters: by operation and name."""

    def operations(self) -> list[dict[str, Any]]:
        """Every operation, those that need an earlier one at the end."""
        found = [operation for path in self.document["paths"].values() for operation in path.values()]
        return sorted(found, key=lambda operation: operation["operationId"] in LAST)

    def call(self, operation: dict[str, Any]) -> tuple[int, str]:
        """The status of an operation's answer, and the type that it was parsed as."""
        name = operation["operationId"]
        module = importlib.import_module(f"{PACKAGE}.api.{operation['tags'][0]}.{snake(name)}")
        arguments = {snake(part["name"]): part["example"] for part in operation["parameters"] if "example" in part}
        arguments |= {snake(key): value for key, value in self.known.get(name, {}).items()}
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None:
            arguments["body"] = self.body(content, example_of(operation))
        hints = get_type_hints(module.sync_detailed)
        signature = inspect.signature(module.sync_detailed).parameters
        ready = {key: typed(value, hints[key]) for key, value in arguments.items() if key in signature}
        assert len(ready) == len(arguments), f"{name} takes {list(signature)}, not {list(arguments)}"
        answer = module.sync_detailed(client=self.client, **ready)
        self.follow(operation, answer)
        return int(answer.status_code), type(answer.parsed).__name__

    def body(self, content: dict[str, Any], named: str | None) -> Any:
        """An example of a request as the generated model of it: the one that is named, else the first."""
        examples = content["examples"]
        example = examples[named or next(iter(examples))]["value"]
        name = content["schema"]["$ref"].rpartition("/")[2]
        for part in self.document["components"]["schemas"][name].get("oneOf", ()):
            chosen = part["$ref"].rpartition("/")[2]
            if chosen.removeprefix(f"{name}With").lower() in example:
                name = chosen
        model = getattr(self.models, name)
        made = model.from_dict(example)
        assert made.to_dict().items() >= example.items(), f"{name} lost a part of {example}"
        return made

    def follow(self, operation: dict[str, Any], answer: Any) -> None:
        """Remember what the links of an answer say of later requests."""
        links = operation["responses"].get(str(int(answer.status_code)), {}).get("links", {})
        for link in links.values():
            for parameter, expression in link["parameters"].items():
                value: Any = json.loads(answer.content)
                for key in expression.removeprefix("$response.body#/").split("/"):
                    value = value[key]
                self.known.setdefault(link["operationId"], {})[parameter] = value

    def begin(self) -> "httpx.Response":
        """A run that is under way; the first event of its stream tells its id."""
        request = self.client.get_httpx_client().build_request(
            "POST", "/api/v1/runs", json={"code": "while True: pass"}, headers={"Accept": "text/event-stream"}
        )
        return self.client.get_httpx_client().send(request, stream=True)


def example_of(operation: dict[str, Any]) -> str | None:
    """The example of a request whose answer the links of the operation go on with."""
    links = (link for response in operation["responses"].values() for link in response.get("links", {}).values())
    return next((link["x-example"] for link in links), None)


def snake(name: str) -> str:
    """A name as the generator writes it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", name).lower()
    return RENAMED.get(words, words)


def typed(value: Any, hint: Any) -> Any:
    """A value of JSON as the generated function takes it: text as an enumeration where it has one."""
    kinds = get_args(hint) if get_origin(hint) is not None else (hint,)
    enumeration = next((kind for kind in kinds if inspect.isclass(kind) and issubclass(kind, Enum)), None)
    return enumeration(value) if enumeration is not None else value


def main() -> None:
    """Call each operation, and say what came."""
    folder, url = sys.argv[1:]
    sys.path.insert(0, folder)
    caller = Caller(url)
    for operation in caller.operations():
        if operation["operationId"] == "deleteRun":
            run = caller.begin()
            caller.known["deleteRun"] = {"run_id": run.headers["x-run-id"]}
        status, kind = caller.call(operation)
        print(json.dumps({"id": operation["operationId"], "status": status, "parsed": kind}))


if __name__ == "__main__":
    main()
