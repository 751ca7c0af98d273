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
    """The cells of a program, and what a link to it opens: language, theme, view of the page, step, and graph."""

    cells: tuple[str, ...]
    lang: str | None = None
    view: str | None = None
    step: int | None = None
    graph: str | None = None
    theme: str | None = None

    @property
    def content(self) -> bytes:
        """The form that is hashed and stored. What is None is left out, so that a new field changes no id."""
        state = {"lang": self.lang, "view": self.view, "step": self.step, "graph": self.graph, "theme": self.theme}
        chosen = {name: value for name, value in state.items() if value is not None}
        return json.dumps(
            {"cells": list(self.cells), **chosen}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    @property
    def id(self) -> str:
        """A hash of the content, the same on every machine: nobody can change what a link opens."""
        return urlsafe_b64encode(hashlib.sha256(self.content).digest()[:_DIGEST_BYTES]).decode()


def from_content(content: bytes) -> Snippet:
    """The snippet with this content. Raises ValueError if it is none."""
    try:
        parts: dict[str, Any] = json.loads(content)
        cells: list[str] = parts.pop("cells")
        return Snippet(tuple(cells), **parts)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("no snippet has this content") from error
