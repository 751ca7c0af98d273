"""The plugin for mystmd and Jupyter Book 2: an executable that mystmd starts, with trees as JSON on its standard streams.

NOTE [Two passes]
mystmd starts the executable once without arguments, for what it offers; once for each directive (`--directive tensorpad`);
and once for each document that it has read (`--transform tensorpad-run`). A directive only keeps what its author wrote, as a
node of its own kind. The transform then runs all programs of a document with one service, in order, so that blocks of a
session continue each other, and puts nodes in their place that every exporter of mystmd knows.
"""

import argparse
import base64
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec

from tensorpad.books.blocks import cells_of, shown
from tensorpad.books.figures import Figure, FigureError, Figures
from tensorpad.books.options import OPTIONS, OptionError, Options, parsed

Node = dict[str, Any]

DIRECTIVE, TRANSFORM = "tensorpad", "tensorpad-run"
_PENDING = "tensorpad"
_CACHE = Path("_build", "tensorpad")
"""From the folder of the project, in which mystmd starts its plugins."""


def specification() -> Node:
    """What the plugin offers, as mystmd reads it."""
    options = {
        name: {"type": "boolean" if option.flag and name != "raises" else "string", "doc": option.does}
        for name, option in OPTIONS.items()
    }
    directive = {
        "name": DIRECTIVE,
        "doc": "A PyTorch program, with its output and its computation graph.",
        "arg": {"type": "string", "doc": "A file with the program, from the folder of the project."},
        "options": options,
        "body": {"type": "string", "doc": "The program, if no file is named."},
    }
    return {
        "name": "Tensorpad",
        "directives": [directive],
        "transforms": [{"name": TRANSFORM, "doc": "Runs the programs of a document.", "stage": "document"}],
    }


def pending(data: Node) -> list[Node]:
    """What a directive becomes until its document is complete."""
    options: dict[str, object] = data.get("options") or {}
    given = {name: _written(value) for name, value in options.items()}
    return [{"type": _PENDING, "arg": data.get("arg"), "body": data.get("body"), "given": given}]


def _written(value: object) -> str:
    """An option as its author wrote it; mystmd has made a truth of a flag."""
    return ("true" if value else "") if isinstance(value, bool) else str(value)


def completed(tree: Node, figures: Figures) -> Node:
    """The tree with each program in its place."""
    sessions: dict[str, list[str]] = {}

    def complete(node: Node) -> None:
        children: list[Node] = []
        for child in node.get("children", ()):
            if child.get("type") == _PENDING:
                children += _nodes(child, figures, sessions)
            else:
                complete(child)
                children.append(child)
        if "children" in node:
            node["children"] = children

    complete(tree)
    return tree


def _nodes(block: Node, figures: Figures, sessions: dict[str, list[str]]) -> list[Node]:
    source = block["body"] or ""
    try:
        if block["arg"]:
            source = Path(block["arg"]).read_text(encoding="utf-8")
        options = parsed(block["given"])
    except (OSError, UnicodeDecodeError, OptionError) as error:
        return [_wrong(str(error)), *([_code(source)] if source else [])]
    if not source.strip():
        return [_wrong("there is no program: write it as the content, or name a file")]
    before, cells = [] if options.session is None else sessions.setdefault(options.session, []), cells_of(source)
    try:
        figure = figures.of(before, cells, options, options.lang or "en")
    except FigureError as error:
        return [_wrong(f"the program cannot be run: {error}"), _code(source)]
    before.extend(cells)
    return [*map(_wrong, figure.complaints), *_shown(figure, options, source, [*before])]


def _shown(figure: Figure, options: Options, source: str, program: list[str]) -> list[Node]:
    picture = _picture(figure)
    found = [] if options.hide_code else [_code(source)]
    if figure.output and not options.hide_output:
        found.append({"type": "code", "value": figure.output})
    view: list[Node] = [picture] if picture else []
    if options.server is not None:
        view = [_frame(figure, options, program, picture)]
    if view and options.caption:
        caption = {"type": "caption", "children": [_paragraph(options.caption)]}
        return [*found, {"type": "container", "kind": "figure", "children": [*view, caption]}]
    return found + view


def _code(source: str) -> Node:
    return {"type": "code", "lang": "python", "value": shown(source)}


def _picture(figure: Figure) -> Node | None:
    """The graph as a bitmap: mystmd writes it to a file, and each of its exporters can show it."""
    if figure.png is None or figure.size is None:
        return None
    data = base64.b64encode(figure.png).decode()
    return {"type": "image", "url": f"data:image/png;base64,{data}", "alt": figure.alt, "width": f"{figure.size.width}px"}


def _frame(figure: Figure, options: Options, program: list[str], picture: Node | None) -> Node:
    """The live view of a service; an exporter that has no frames shows the picture."""
    wishes = {
        "cells": msgspec.json.encode(program).decode(),
        "of": options.of,
        "view": options.view,
        "step": options.step,
        "mode": options.mode,
        "theme": options.theme,
        "lang": options.lang,
        "controls": None if options.controls is None else ",".join(options.controls) or "none",
    }
    query = urlencode({name: value for name, value in wishes.items() if value is not None})
    frame: Node = {"type": "iframe", "src": f"{options.server}embed?{query}", "title": figure.title, "width": "100%"}
    return {**frame, "children": [{**picture, "placeholder": True}]} if picture else frame


def _wrong(message: str) -> Node:
    """What is wrong, where its author sees it: in the page and, for the log, on standard error."""
    print(f"tensorpad: {message}", file=sys.stderr)
    lines = [_paragraph(line) for line in f"tensorpad: {message}".split("\n") if line.strip()]
    return {"type": "admonition", "kind": "error", "children": lines}


def _paragraph(text: str) -> Node:
    return {"type": "paragraph", "children": [{"type": "text", "value": text}]}


def main() -> int:
    """What mystmd starts."""
    parser = argparse.ArgumentParser(description="The plugin of Tensorpad for mystmd, which starts it.")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--directive", choices=(DIRECTIVE,))
    asked.add_argument("--transform", choices=(TRANSFORM,))
    asked.add_argument("--role", choices=())
    options = parser.parse_args()
    if options.directive:
        answer: object = pending(msgspec.json.decode(sys.stdin.buffer.read()))
    elif options.transform:
        tree = msgspec.json.decode(sys.stdin.buffer.read())
        with Figures(_CACHE) as figures:
            answer = completed(tree, figures)
    else:
        answer = specification()
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    return 0
