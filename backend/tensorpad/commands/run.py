"""`tensorpad run`: a program once, here or on a service somewhere else, as text, as the answer, or as a picture."""

import argparse
import contextlib
import io
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from tensorpad.commands.configuration import settings
from tensorpad.commands.exits import STATUSES, CommandError, Exit
from tensorpad.commands.files import keep, opened, write
from tensorpad.commands.options import EPILOGUE, add_program

if TYPE_CHECKING:
    from tensorpad.commands.exchange import Connection
    from tensorpad.commands.terminal import Progress

_PICTURES = {"svg": "image/svg+xml", "png": "image/png", "dot": "text/vnd.graphviz"}
_STREAMS = """What the program prints and shows goes to standard output, everything that is said of it to
standard error."""

HELP = "run a program once and print what it shows"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options, and what it does."""
    parser.epilog = f"{EPILOGUE} {_STREAMS}"
    add_program(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "html", *_PICTURES),
        default="text",
        help="what to print: what the program shows (text), the answer of the API (json), a page that steps through the "
        "program by itself (html), or a graph (text)",
    )
    parser.add_argument(
        "--trace",
        type=_trace,
        metavar="HOW",
        help="what is recorded: full, off, or a number of rounds of each loop; for text and json (full)",
    )
    parser.add_argument("--of", metavar="NAME", help="the graph to draw, by its result: loss, ys[0] (the last graph)")
    parser.add_argument("--include", metavar="PARTS", help="parts of the answer for json, with commas (full)")
    parser.add_argument("--server", metavar="URL", help="the service where the page (html) lets its readers edit and run")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    parser.add_argument("--remote", metavar="URL", help="run it on the service at this address")
    parser.set_defaults(command=_run)


def _trace(text: str) -> "str | dict[str, int]":
    if text in ("full", "off"):
        return text
    try:
        return {"rounds": int(text)}
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is neither full nor off nor a number of rounds") from None


def _run(options: argparse.Namespace) -> int:
    _check(options)
    from tensorpad.commands import programs

    cells = [cell for file in options.files for cell in programs.read(file)]
    from tensorpad.commands.terminal import Progress
    from tensorpad.texts import CATALOGUES

    progress, words = Progress(), CATALOGUES[options.lang].commands
    progress.say(words["connecting"].format(url=options.remote) if options.remote else words["loading"])
    try:
        if options.format == "html":
            return _page(options, cells, progress)
        with _connection(options, cells) as connection:
            if options.format in _PICTURES:
                return _picture(connection, options, cells, progress)
            return _answer(connection, options, cells, progress)
    finally:
        progress.end()


def _check(options: argparse.Namespace) -> None:
    if options.of is not None and options.format not in _PICTURES:
        raise CommandError(f"--of chooses the graph for --format {', '.join(_PICTURES)}", Exit.USAGE)
    if options.trace is not None and options.format not in ("text", "json"):
        raise CommandError("--trace chooses what is recorded for --format text and json", Exit.USAGE)
    if options.include is not None and options.format != "json":
        raise CommandError("--include chooses parts of the answer for --format json", Exit.USAGE)
    if options.remote and options.profile:
        raise CommandError("--profile is for programs that run here, and --remote runs them somewhere else", Exit.USAGE)
    if options.server is not None and options.format != "html":
        raise CommandError("--server is for the page of --format html", Exit.USAGE)
    if options.remote and options.format == "html":
        raise CommandError("a page is made here, and --remote runs programs somewhere else; leave it out", Exit.USAGE)
    if options.format == "png" and options.output is None and sys.stdout.isatty():
        raise CommandError("a PNG is no text for a terminal; name a file with --output", Exit.USAGE)
    keep(options.output, options.files)
    if options.files.count("-") > 1:
        raise CommandError("standard input (-) can be read once", Exit.USAGE)


@contextmanager
def _connection(options: argparse.Namespace, cells: list[str]) -> "Generator[Connection]":
    if options.remote:
        from tensorpad.commands.remote import Remote

        yield Remote(options.remote)
    else:
        from tensorpad.commands import here

        with here.started(settings(profile=options.profile), cells) as connection:
            yield connection


def _body(options: argparse.Namespace, cells: list[str]) -> dict[str, Any]:
    body = {"cells": cells, "lang": options.lang, "device": options.device, "timeout_s": options.timeout}
    return {**{name: value for name, value in body.items() if value is not None}, "seed": options.seed}


def _answer(connection: "Connection", options: argparse.Namespace, cells: list[str], progress: "Progress") -> int:
    """Ask for a run as a stream, so that output comes while the program runs. The last event is the answer."""
    from tensorpad.commands.answers import PARTS, Answer
    from tensorpad.commands.exchange import Question, checked, events, read, refusal
    from tensorpad.commands.printer import Printer

    body = _body(options, cells)
    as_text = options.format == "text"
    if options.trace is not None:
        body["trace"] = options.trace
    if as_text:
        body["include"] = PARTS
    elif options.include is not None:
        body["include"] = [part.strip() for part in options.include.split(",") if part.strip()]
    data = b""
    with contextlib.ExitStack() as stack:
        reply = checked(stack.enter_context(connection.ask(Question("/api/v1/runs", "text/event-stream", body))))
        # Opened when there is an answer, so that a request that fails leaves the file as it was.
        output = stack.enter_context(_text_output(options.output)) if as_text else sys.stdout
        printer = Printer(cells, output, progress, options.lang)
        for name, data in events(reply.chunks):
            if name == "problem":
                raise refusal(data, 500)
            if name == "done":
                break
            if as_text or name == "queued":
                printer.event(name, data)
        else:
            raise CommandError("the answer broke off before the run had ended", Exit.SERVICE)
        answer = read(data, Answer)
        if as_text:
            printer.end(answer)
    progress.end()
    if not as_text:
        write(data + b"\n", options.output)
    return STATUSES.get(answer.status, Exit.PROGRAM)


def _page(options: argparse.Namespace, cells: list[str], progress: "Progress") -> int:
    from tensorpad.commands.recording import recorded, status_of
    from tensorpad.recordings.page import page
    from tensorpad.recordings.recording import RecordingError

    recording = recorded(options, cells)
    progress.end()
    try:
        html = page(recording, server=options.server)
    except RecordingError as error:
        raise CommandError(str(error), Exit.USAGE) from None
    write(html.encode(), options.output)
    return status_of(recording)


def _picture(connection: "Connection", options: argparse.Namespace, cells: list[str], progress: "Progress") -> int:
    from tensorpad.commands.exchange import Question, checked, whole
    from tensorpad.texts import CATALOGUES

    # A failure is told in words here, not as a picture.
    body = {**_body(options, cells), "errors": "problem"}
    if options.of is not None:
        body["of"] = options.of
    progress.say(CATALOGUES[options.lang].commands["running"])
    with connection.ask(Question("/api/v1/graph", _PICTURES[options.format], body)) as reply:
        data = whole(checked(reply).chunks)
    progress.end()
    write(data, options.output)
    return Exit.OK


@contextmanager
def _text_output(name: str | None) -> Generator[TextIO]:
    if name is None:
        yield sys.stdout
        return
    with opened(name) as file, io.TextIOWrapper(file, encoding="utf-8", write_through=True) as text:
        yield text
