"""Graphs that a program draws: they become displays of the run, and no program is started for them.

NOTE [graphviz 0.21 without Graphviz]
1. Everything that the `graphviz` package does with a program goes through `graphviz.backend.execute.run_check`, and what
   it opens in a viewer goes through `viewing.view_unixoid`. Both are replaced for the length of a run, and pinned by a test.
2. By then the package has saved the DOT source and worked out the file's name, so `render` and `view` write and return
   what they always do; only the picture is missing. It is drawn outside, from the source.
"""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import graphviz
import graphviz.backend.execute
import graphviz.backend.mixins
import graphviz.backend.viewing
import graphviz.jupyter_integration
import torchviz
import torchviz.dot as torchviz_dot

DOT_CHARS = 2_000_000
_NOT_HERE = (
    "no program can be started here, so a graph cannot be turned into an image inside the run. "
    "Show the graph instead (as the last expression of a cell, or with render or view): it is drawn with the results"
)
_execute: Any = graphviz.backend.execute
_viewing: Any = graphviz.backend.viewing
_torchviz: Any = torchviz
_torchviz_dot: Any = torchviz_dot
_view: Any = graphviz.backend.mixins.View


class Drawings:
    """Takes the place of Graphviz while it is installed. `add` gets the title, the source and the file of each graph."""

    def __init__(self, add: Callable[[str, str, str | None], None]) -> None:
        self.drawing: Callable[[Any], None] | None = None
        """What is told of the tensors that the program has `make_dot` draw."""
        self._add = add

    def show(self, value: object) -> bool:
        """Add a value if it is a graph of the `graphviz` package, and say whether it was."""
        if not issubclass(type(value), graphviz.jupyter_integration.JupyterIntegration):
            return False
        graph: Any = value
        self._add(str(getattr(graph, "name", None) or type(graph).__name__), str(graph.source), None)
        return True

    def _make_dot(self, original: Any) -> Any:
        """The function of torchviz, which says what it is given: `make_dot(x * 2)` may be all that is seen of a tensor."""

        @wraps(original)
        def make_dot(*args: Any, **kwargs: Any) -> Any:
            if self.drawing is not None:
                self.drawing(args[0] if args else kwargs.get("var"))
            return original(*args, **kwargs)

        return make_dot

    @contextmanager
    def installed(self) -> Generator[None]:
        """Take the place of Graphviz."""
        run_check, view = _execute.run_check, _view._view_linux
        linux, freebsd = _viewing.view.linux, _viewing.view.freebsd
        make_dot = _torchviz.make_dot
        _torchviz.make_dot = _torchviz_dot.make_dot = self._make_dot(make_dot)
        _execute.run_check = self._run_check
        _view._view_linux = staticmethod(_no_view)
        _viewing.view.linux = _viewing.view.freebsd = _no_view
        try:
            yield
        finally:
            _torchviz.make_dot = _torchviz_dot.make_dot = make_dot
            _execute.run_check = run_check
            _view._view_linux = staticmethod(view)
            _viewing.view.linux, _viewing.view.freebsd = linux, freebsd

    def _run_check(self, command: Any, **options: Any) -> None:
        words: list[str] = [os.fspath(word) for word in command]
        if "-O" not in words and "-o" not in words:
            raise RuntimeError(_NOT_HERE)
        source = Path(str(options.get("cwd") or ".")) / words[-1]
        with source.open("rb") as file:
            dot = file.read(4 * DOT_CHARS + 1).decode("utf-8", "backslashreplace")
        target = _target(words, source)
        self._add(Path(target).stem, dot, target)


def _target(words: list[str], source: Path) -> str:
    """The file that Graphviz would have written; see its options -o and -O."""
    if "-o" in words:
        named = words[words.index("-o") + 1]
        return named if os.path.isabs(named) else str(source.parent / named)
    form = next(word[2:] for word in words if word.startswith("-T"))
    return f"{source}.{'.'.join(reversed(form.split(':')))}"


def _no_view(filepath: object, *, quiet: bool = False) -> None:
    """There is no screen here; the display is made by the rendering before."""
