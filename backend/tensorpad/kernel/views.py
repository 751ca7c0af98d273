"""A view below a notebook's cell that talks with the kernel: what a reader looks at is known here, and can be set from here.

What is shown is the page that any trace is shown as, so that it stays alive in the saved notebook; the widget has no picture
of its own. Its module finds the page by its key.
"""

import uuid
from importlib import import_module
from typing import Any, Unpack, get_args

from tensorpad.kernel.errors import TraceError
from tensorpad.kernel.pages import Titled, bundle
from tensorpad.recordings.page import PLAYER, View
from tensorpad.recordings.recording import Recording

try:
    # Their types are not known to those who check ours.
    _anywidget: Any = import_module("anywidget")
    _traitlets: Any = import_module("traitlets")
except ImportError:
    raise TraceError("a view that talks with the kernel needs more packages: pip install 'tensorpad[jupyter]'") from None


class LiveView(_anywidget.AnyWidget):
    """A recording as it is shown in a notebook. `observe` tells when a trait changes, as of any widget.

    `look` is how it is shown at first.
    """

    _esm = PLAYER / "widget.js"
    key = _traitlets.Unicode().tag(sync=True)
    """By which the module finds the page."""
    step = _traitlets.Int(None, allow_none=True, min=0).tag(sync=True)
    """The step that is shown, from 0; None is the end."""
    view = _traitlets.Enum(get_args(View), "graph").tag(sync=True)
    """The view that is shown."""
    of = _traitlets.Unicode(None, allow_none=True).tag(sync=True)
    """The name of the variable whose graph is shown."""

    def __init__(self, recording: Recording, **look: Unpack[Titled]) -> None:
        self.recording = recording
        self._look = look
        state = {"step": look.get("step"), "view": look.get("view", "graph"), "of": look.get("of")}
        _anywidget.AnyWidget.__init__(self, key=uuid.uuid4().hex, **state)

    def __repr__(self) -> str:
        return f"LiveView(view={self.view!r}, step={self.step}, of={self.of!r})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """The page, and not the widget, which nobody could show once the kernel is gone."""
        return bundle(self.recording, key=self.key, **self._look)
