"""What programs import of IPython and of its backend for figures, in the place of these packages."""

import base64
import sys
import types
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_VERSION: Final = (9, 0, 0, "")
"""The version of IPython whose place is taken; matplotlib asks."""


class _Source:
    """Data of one media type, given or read from a file."""

    def __init__(self, data: Any = None, url: str | None = None, filename: str | None = None, **_: object) -> None:
        if url is not None:
            raise ValueError("there is no network here; give the data itself")
        self.data: Any = Path(filename).read_bytes() if filename is not None else data

    def _text(self) -> str:
        return self.data.decode() if isinstance(self.data, bytes) else str(self.data)


class HTML(_Source):
    """HTML, which is shown without scripts, styles and anything from elsewhere."""

    def _repr_html_(self) -> str:
        return self._text()


class Markdown(_Source):
    """Markdown."""

    def _repr_markdown_(self) -> str:
        return self._text()


class Latex(_Source):
    """A formula."""

    def _repr_latex_(self) -> str:
        return self._text()


class Math(_Source):
    """A formula without its delimiters."""

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self._text().strip('$')}$"


class SVG(_Source):
    """A drawing."""

    def _repr_svg_(self) -> str:
        return self._text()


class Image(_Source):
    """A picture: PNG, JPEG or a file of one."""

    def __init__(
        self, data: Any = None, url: str | None = None, filename: str | None = None, width: int | None = None, **_: object
    ) -> None:
        if isinstance(data, (str, Path)):
            data, filename = None, str(data)
        super().__init__(data, url, filename)
        self.width = width

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        data: bytes = self.data
        mime = "image/jpeg" if data[:2] == b"\xff\xd8" else "image/png"
        return {mime: (base64.b64encode(data).decode(), {"width": self.width})}


@contextmanager
def installed(display: Callable[..., None], clear: Callable[..., None]) -> Generator[None]:
    """Put the modules into their place."""
    shows: dict[str, Any] = {kind.__name__: kind for kind in (HTML, Markdown, Latex, Math, SVG, Image)}
    shown = _module("IPython.display", display=display, clear_output=clear, **shows)
    shown.set_matplotlib_formats = _accepted
    notebook = _module("IPython", display=shown, get_ipython=_no_shell, version_info=_VERSION, __path__=[])
    inline = _module("matplotlib_inline.backend_inline", set_matplotlib_formats=_accepted, set_matplotlib_close=_accepted)
    package = _module("matplotlib_inline", backend_inline=inline, __path__=[])
    modules = {module.__name__: module for module in (notebook, shown, package, inline)}
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module


def _module(name: str, **names: Any) -> Any:
    module = types.ModuleType(name)
    module.__dict__.update(names)
    return module


def _no_shell() -> None:
    """What IPython says where no shell of its own runs; matplotlib and others ask."""


def _accepted(*_: object, **__: object) -> None:
    """Figures are sharp pictures here whatever is asked for."""
