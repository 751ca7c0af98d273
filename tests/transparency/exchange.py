"""What a test hands to a cell, and what the cell hands back; both sides import this module.

A cell in the program runner has a namespace of its own, and its request is text. Objects pass through here instead.
"""

from collections.abc import Callable
from typing import Any


class Exchange:
    """One call: the function with its arguments, and what became of it."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]
    outputs: Any
    cotangents: list[Any]

    def set(self, function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        """Put a call in."""
        self.function, self.arguments, self.keywords = function, arguments, keywords
        self.outputs, self.cotangents = None, []

    def clear(self) -> None:
        """Let go of everything."""
        self.set(print, (), {})


exchange = Exchange()
