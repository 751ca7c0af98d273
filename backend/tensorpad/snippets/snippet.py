"""A stored program and its name, which is made from its content."""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

ID_LENGTH = 20
_DIGEST_BYTES = ID_LENGTH * 3 // 4


@dataclass(frozen=True, slots=True)
class Snippet:
    """The cells of a program, and where a link to it is to lead: language, view of the page, step of the timeline, graph."""

    cells: tuple[str, ...]
    lang: str | None = None
    view: str | None = None
    step: int | None = None
    graph: str | None = None

    @property
    def content(self) -> bytes:
        """The form in which it is named and stored. Parts that say nothing are left out, so that new ones rename none."""
        place = {"lang": self.lang, "view": self.view, "step": self.step, "graph": self.graph}
        parts = {"cells": list(self.cells), **place}
        told = {name: part for name, part in parts.items() if part is not None}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def id(self) -> str:
        """The same for the same content, on every machine: nobody can change what a link leads to."""
        return urlsafe_b64encode(hashlib.sha256(self.content).digest()[:_DIGEST_BYTES]).decode()


def from_content(content: bytes) -> Snippet:
    """The snippet that has this content. Raises ValueError where none has."""
    try:
        parts: dict[str, Any] = json.loads(content)
        cells: list[str] = parts.pop("cells")
        return Snippet(tuple(cells), **parts)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("no snippet has this content") from error
