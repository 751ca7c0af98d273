r"""Graphviz in this process: DOT source in, picture out. Nothing here starts a thread or a process.

Used by the drawing process alone, because a layout cannot be interrupted.

NOTE [Labels that begin with an empty line]
1. The Graphviz inside the wheels of pygraphviz 2.0.4 dies of SIGSEGV when it lays out two labels whose first line is empty,
   such as "\n (1)"; one such label passes. It is so for labels of nodes, edges, graphs and fields of records, and for names
   that serve as labels, whether the line ends as a character, an escape (\n, \l, \r) or an entity. HTML labels pass.
2. torchviz 0.0.3 writes such a label for every leaf that `params` has no name for, and for every unnamed result.
3. A space on the empty line avoids it and changes nothing that can be seen. In a field of a record, where Graphviz takes
   spaces away, it is a no-break space.
"""

import os
import re
from importlib import import_module
from typing import Any

from tensorpad.protocol.drawing import PictureFormat

# The lowest level of the binding has no types.
library: Any = import_module("pygraphviz.graphviz")

_COMPLAINT_BYTES = 64 * 1024
_BROKEN = r"(?:\\\n)*(?:\\[nlr]|&\#(?:0*10|x0*a);"
_STRING = re.compile(rf'"(?={_BROKEN}|\n))', re.IGNORECASE)
"""A quotation mark before a line's end. Where it closes a string, a space behind it is between two tokens."""
_FIELD = re.compile(rf"([|{{}}>])[ \t]*(?={_BROKEN}))", re.IGNORECASE)


class GraphvizError(Exception):
    """Graphviz refused the source; the message is what it printed."""


class Graphviz:
    """One Graphviz context, with the source handed over in a memory file and complaints caught.

    Takes over descriptor 2 of the process: Graphviz writes complaints there. It becomes a pipe that drops what does not
    fit, so that endless complaints cost nothing.
    """

    def __init__(self) -> None:
        self._context = library.gvContextWithBuiltins()
        self._source = os.memfd_create("dot")
        self._complaints, writer = os.pipe()
        os.set_blocking(self._complaints, False)
        os.set_blocking(writer, False)
        os.dup2(writer, 2)
        os.close(writer)

    def draw(self, dot: str, form: PictureFormat) -> bytes:
        """Lay `dot` out with Graphviz's `dot` and draw it. Raises GraphvizError."""
        os.ftruncate(self._source, 0)
        os.pwrite(self._source, guarded(dot).encode(errors="replace"), 0)
        os.lseek(self._source, 0, os.SEEK_SET)
        self._complained()
        try:
            with open(self._source, closefd=False) as file:
                graph = library.agread(file, None)
        except ValueError:
            raise GraphvizError(self._complained() or "not a graph in the DOT language") from None
        try:
            if library.gvLayout(self._context, graph, b"dot"):
                raise GraphvizError(self._complained() or "no layout was found")
            try:
                failed, picture = library.gvRenderData(self._context, graph, form.encode())
                if failed or not picture:
                    raise GraphvizError(self._complained() or "nothing was drawn")
                return picture
            finally:
                library.gvFreeLayout(self._context, graph)
        finally:
            library.agclose(graph)

    def _complained(self) -> str:
        """What was written to descriptor 2 since the last call, shortened."""
        try:
            return os.read(self._complaints, _COMPLAINT_BYTES).decode(errors="replace")[:1_000].strip()
        except BlockingIOError:
            return ""


def guarded(dot: str) -> str:
    """DOT source with no label that begins with an empty line."""
    return _FIELD.sub("\\1\u00a0", _STRING.sub('" ', dot))
