"""What a block of a book becomes: a recording, pictures and texts, made once for all builders and builds."""

import html
import importlib.metadata
import os
import re
from collections.abc import Sequence
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec
from msgspec import Struct

from tensorpad import __version__
from tensorpad.books.cache import Cache, key_of
from tensorpad.books.expectations import complaints, output_of
from tensorpad.books.options import Lang, Options
from tensorpad.explain.synopsis.synopsis import synopsis
from tensorpad.recordings.recording import RecordingError, encode
from tensorpad.render.bitmaps import MAX_WIDTH
from tensorpad.settings import ConfigurationError

if TYPE_CHECKING:
    from tensorpad.recordings.recorder import Recorder

_FORM = 1
"""Of what is kept; another one makes everything anew."""
_MOST_WORDS = 600
"""Characters of a picture's description that are read to those who do not see it."""
_PRINT_SCALE = 2
"""Pixels of a bitmap for each unit of the picture, so that it is sharp on paper."""


class FigureError(Exception):
    """A program could not be run at all. The message says why."""


class Size(Struct, frozen=True):
    """Of a picture, in CSS pixels."""

    width: int
    height: int


class Figure(Struct, frozen=True, kw_only=True):
    """A block as data. `svg`, `png` and `size` are None if the program has no graph."""

    key: str
    recording: bytes
    svg: bytes | None
    png: bytes | None
    size: Size | None
    output: str
    title: str
    alt: str
    complaints: tuple[str, ...]


class Figures:
    """Makes the figures of a book, and keeps them in a folder.

    It belongs to the process that made it: a builder that forks readers has one in each. The service that runs programs is
    started for the first program that is not kept.
    """

    def __init__(self, folder: Path) -> None:
        self._cache = Cache(folder)
        self._recorder: Recorder | None = None
        self._process = os.getpid()

    def of(self, before: Sequence[str], cells: Sequence[str], options: Options, lang: Lang) -> Figure:
        """The figure of a block whose session has these cells before it. Raises FigureError."""
        key = key_of(_FORM, _versions(), list(before), list(cells), options, lang)
        kept = self.kept(key)
        if kept is not None:
            return kept
        figure = self._made(key, before, cells, options, lang)
        self._cache.put(key, msgspec.msgpack.encode(figure))
        return figure

    def kept(self, key: str) -> Figure | None:
        """The figure with a key; None if it is not kept, or damaged by hand or by a full disk."""
        data = self._cache.get(key)
        try:
            return None if data is None else msgspec.msgpack.decode(data, type=Figure)
        except msgspec.DecodeError:
            return None

    def close(self) -> None:
        """End the service, if this process has started one."""
        recorder, self._recorder = self._recorder, None
        if recorder is not None and self._process == os.getpid():
            recorder.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _made(self, key: str, before: Sequence[str], cells: Sequence[str], options: Options, lang: Lang) -> Figure:
        program = [*before, *cells]
        try:
            recorder = self._service()
            recording = recorder.record(
                program, seed=options.seed, device=options.device, lang=lang, timeout_s=options.timeout
            )
            answer = msgspec.json.decode(recording.answer, type=dict[str, Any])
            svg = png = size = None
            if (graph := _graph(answer, options.of)) is not None:
                draw = partial(recorder.picture, recording.program, graph, timeout_s=options.timeout)
                svg = draw("svg", theme=options.theme)
                size = _size(svg)
                # On paper colours are light, and a bitmap is sharp.
                png = draw("png", theme="light", width=min(_PRINT_SCALE * size.width, MAX_WIDTH))
        except (RecordingError, ConfigurationError) as error:
            raise FigureError(str(error)) from error
        own = answer["cells"][len(before) :]
        told = synopsis(tuple(program), lang)
        return Figure(
            key=key,
            recording=encode(recording),
            svg=svg,
            png=png,
            size=size,
            output="\n".join(filter(None, map(output_of, own))),
            title=told.title,
            alt=options.alt or (told.description if svg is None else _words(svg)),
            complaints=tuple(complaints(options, answer, own)),
        )

    def _service(self) -> "Recorder":
        """The service of this process. One that it has from the process that forked it is not its own."""
        if self._recorder is None or self._process != os.getpid():
            from tensorpad.recordings.recorder import Recorder
            from tensorpad.settings import load

            recorder = Recorder(load())
            recorder.__enter__()
            self._recorder, self._process = recorder, os.getpid()
            # A process that Sphinx forked ends without closing anything by itself.
            Finalize(self, self.close, exitpriority=10)
        return self._recorder


def _graph(answer: dict[str, Any], of: str | None) -> str | None:
    """The id of the graph that a block shows; None if the program has none. Raises FigureError if it has only others."""
    graphs: list[dict[str, Any]] = answer.get("graphs", [])
    if of is None or not graphs:
        passed: set[str] = set()
        for backward in answer.get("backwards", []):
            passed = set(backward.get("graphs", ())) or passed
        return (
            next((graph["id"] for graph in reversed(graphs) if graph["id"] in passed), graphs[-1]["id"]) if graphs else None
        )
    named = {graph["root_name"]: graph["id"] for graph in graphs}
    # A result may have other names than the one that its graph goes by.
    names = next((tensor["names"] for tensor in answer.get("tensors", []) if of in tensor.get("names", ())), [of])
    found = next((named[name] for name in names if name in named), None)
    if found is None:
        raise FigureError(f":of: is {of}; the results with graphs are {', '.join(filter(None, named))}")
    return found


def _versions() -> tuple[str, str]:
    return __version__, importlib.metadata.version("torch")


def _words(svg: bytes) -> str:
    """A picture of ours in words, as it has them itself; only its title, where they are many."""
    text = svg.decode()
    title, words = (
        html.unescape(found[1]) if (found := re.search(rf"<{name}[^>]*>([^<]*)<", text)) else ""
        for name in ("title", "desc")
    )
    return f"{title}. {words}" if words and len(words) <= _MOST_WORDS else title


def _size(svg: bytes) -> Size:
    """Of a picture of ours."""
    found = re.search(rb"viewBox='[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)'", svg)
    if found is None:
        raise FigureError("the picture of its graph has no size")
    return Size(round(float(found[1])), round(float(found[2])))
