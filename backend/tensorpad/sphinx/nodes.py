"""The nodes of a program in a document, and how each builder writes them.

`tensorpad_view` is the whole block: its program, its output and its picture as ordinary nodes, so that every builder has
them. In HTML a script puts the recorded view in their place, when a reader comes to it. `tensorpad_picture` is the graph.
Nodes are pickled between reading and writing, so they hold texts alone; what they show is read from the cache again.
"""

from typing import TYPE_CHECKING, Any, Protocol

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from tensorpad.sphinx.files import NO_SCRIPTS, page_of, picture_of

if TYPE_CHECKING:
    from sphinx.builders import Builder


class _Writer(Protocol):
    """What is used here of a translator of Sphinx, which has no types."""

    builder: "Builder"
    body: list[str]

    def starttag(self, node: nodes.Element, tagname: str, suffix: str = "\n", **attributes: Any) -> str: ...

    def emptytag(self, node: nodes.Element, tagname: str, suffix: str = "\n", **attributes: Any) -> str: ...


class tensorpad_view(nodes.General, nodes.Element):  # noqa: N801  # Named as docutils names nodes.
    """A program with what it did."""


class tensorpad_picture(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801  # As above.
    """The graph of a program."""


def _open_view(self: _Writer, node: nodes.Element) -> None:
    attributes: dict[str, Any] = {}
    if self.builder.name not in NO_SCRIPTS:
        attributes = {
            "data-tensorpad": page_of(self.builder, node),
            "data-loading": node["loading"],
            "data-title": node["title"],
        }
        if node["height"] is not None:
            attributes["data-height"] = str(node["height"])
    self.body.append(self.starttag(node, "div", CLASS="tensorpad", **attributes))


def _close_view(self: _Writer, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _picture(self: _Writer, node: nodes.Element) -> None:
    source, size = picture_of(self.builder, node, "svg")
    attributes = {"src": source, "alt": node["alt"], "width": str(size.width), "height": str(size.height)}
    self.body.append(self.emptytag(node, "img", "", CLASS="tensorpad-graph", **attributes))
    raise nodes.SkipNode


def _latex_picture(self: _Writer, node: nodes.Element) -> None:
    """Half as large as its pixels say: the bitmap has two for each unit of the picture."""
    source, _ = picture_of(self.builder, node, "png")
    self.body.append(f"\\sphinxincludegraphics[scale=0.5]{{{{{source.removesuffix('.png')}}}.png}}")
    raise nodes.SkipNode


def _text_picture(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    """The picture in words."""
    words = nodes.paragraph("", f"[{node['alt']}]")
    # Some writers look at what a paragraph is in.
    nodes.container("", words)
    words.walkabout(self)
    raise nodes.SkipNode


def _pass(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    """Write what is inside."""


class CaptionsOfManuals(SphinxPostTransform):
    """Captions as paragraphs: the writer of manual pages ends no line after a caption, and the next request is then text."""

    default_priority = 900
    formats = ("man",)

    def run(self, **_: Any) -> None:
        """Replace those of our pictures."""
        document: Any = self.document  # Docutils gives no types to its nodes.
        for picture in [*document.findall(tensorpad_picture)]:
            for caption in [*picture.parent.findall(nodes.caption)]:
                caption.replace_self(nodes.paragraph(caption.rawsource, "", *caption.children))


VISITORS: dict[type[nodes.Element], dict[str, Any]] = {
    tensorpad_view: {
        "html": (_open_view, _close_view),
        **dict.fromkeys(("latex", "text", "man", "texinfo"), (_pass, _pass)),
    },
    tensorpad_picture: {
        "html": (_picture, None),
        "latex": (_latex_picture, None),
        **dict.fromkeys(("text", "man", "texinfo"), (_text_picture, None)),
    },
}
