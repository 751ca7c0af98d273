"""Answers of a real service, kept beside this module as examples of what each operation answers.

`make openapi` asks for them anew, and `tests/e2e/test_examples.py` compares them with those of a service.
"""

import json
from functools import cache
from importlib import resources
from typing import Any, Final

FILE: Final = "answers.json"
BINARY: Final = frozenset({"image/png"})
"""What a description cannot contain. An address in its place (`externalValue`) is loaded by some generators of clients."""

Recorded = dict[str, dict[str, dict[str, Any]]]
"""Answers by operation, status and media type: data of JSON, text of all else."""


@cache
def recorded() -> Recorded:
    """All of them."""
    return json.loads(resources.files("tensorpad.api.description").joinpath(FILE).read_text(encoding="utf-8"))


def exemplify(operation: str, status: str, response: dict[str, Any]) -> None:
    """Put into a response of the document what the operation answered."""
    answers = recorded().get(operation, {}).get(status, {})
    for media_type, content in response.get("content", {}).items():
        if media_type in answers:
            content["examples"] = {"answer": {"summary": "An answer to the example", "value": answers[media_type]}}
