"""The `tensorpad` command: `serve`, `run`, `doctor` and `openapi`. They share the API's code, mostly without HTTP."""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tensorpad import __version__
from tensorpad.api import encoding
from tensorpad.api.requests import default_device
from tensorpad.api.runs.answer import RunResponse
from tensorpad.api.runs.registry import new_id
from tensorpad.app import IsolationMissing, create_app, create_service
from tensorpad.pool.isolation import IsolationStatus
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.messages import RunRequest
from tensorpad.server import serve
from tensorpad.settings import ConfigurationError, Settings, load
from tensorpad.texts import Lang

OK, PROGRAM_ERROR, USAGE, SERVICE_FAILURE, TIMEOUT = 0, 1, 2, 3, 124
"""Exit statuses; 124 is that of the `timeout` command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except ConfigurationError as error:
        return _complain(str(error), USAGE)
    except (TensorpadError, IsolationMissing) as error:
        return _complain(str(error), SERVICE_FAILURE)
    except KeyboardInterrupt:
        return 130


def _complain(message: str, status: int) -> int:
    print(f"tensorpad: {message}", file=sys.stderr)
    return status


def _serve(options: argparse.Namespace) -> int:
    settings = load(
        host=options.host,
        port=options.port,
        profile=options.profile,
        allow_missing=tuple(options.allow_missing) if options.allow_missing else None,
        log_level=options.log_level,
    )
    return serve(settings)


def _run(options: argparse.Namespace) -> int:
    settings = load(profile=options.profile)
    try:
        source = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        code = source.decode()
    except (OSError, UnicodeDecodeError) as error:
        return _complain(f"cannot read the program: {error}", USAGE)
    response = asyncio.run(_answer(settings, code, options.lang))
    if options.json:
        print(encoding.json(response).decode())
    else:
        _print_cells(response)
    if options.svg:
        picture = response.graphs[-1].svg if response.graphs else None
        if picture is None:
            return _complain("the program made no graph that could be drawn", PROGRAM_ERROR)
        Path(options.svg).write_text(picture, encoding="utf-8")
    match response.status:
        case "ok":
            return OK
        case "timeout":
            return TIMEOUT
        case "error" | "out_of_memory" | "output_limit" | "crashed":
            return PROGRAM_ERROR


async def _answer(settings: Settings, code: str, lang: Lang) -> RunResponse:
    async with create_service(settings) as service:
        request = RunRequest(cells=(code,), device=default_device(service.pool), timeout_s=settings.limits.timeout_s)
        return (await service.run(new_id(), request, lang)).response


def _print_cells(response: RunResponse) -> None:
    """What a terminal shows of a program: its output, its last value, and its error."""
    for cell in response.cells:
        sys.stdout.write(cell.stdout)
        sys.stderr.write(cell.stderr)
        if cell.result is not None:
            print(cell.result.text)
        if cell.error is not None:
            print(cell.error.traceback.rstrip() or f"{cell.error.type}: {cell.error.message}", file=sys.stderr)


def _doctor(options: argparse.Namespace) -> int:
    isolation = asyncio.run(_isolation(load(profile=options.profile)))
    print(f"Isolation profile: {isolation.profile}")
    width = max(len(layer.name) for layer in isolation.layers)
    for layer in isolation.layers:
        print(f"{layer.name:<{width}}  {'holds' if layer.held else 'MISSING'}  {layer.detail}")
        # Each act is tried twice, against the layer alone and against all of them together.
        for act in dict.fromkeys(result.act for result in layer.acts):
            tries = [result for result in layer.acts if result.act == act]
            word = "refused" if all(result.held for result in tries) else "NOT REFUSED"
            print(f"{'':<{width}}    {act}: {word} ({' / '.join(dict.fromkeys(result.detail for result in tries))})")
    return OK if not isolation.missing else PROGRAM_ERROR


async def _isolation(settings: Settings) -> IsolationStatus:
    async with create_service(settings) as service:
        return service.pool.status().isolation


def _openapi(_options: argparse.Namespace) -> int:
    print(json.dumps(create_app(load()).openapi(), indent=2, ensure_ascii=False))
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tensorpad", description="See what a PyTorch program does to its tensors.")
    parser.add_argument("--version", action="version", version=f"tensorpad {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    profile = argparse.ArgumentParser(add_help=False)
    profile.add_argument(
        "--profile", choices=("auto", "strict", "container"), help="isolation to ask for (TENSORPAD_PROFILE; auto)"
    )

    command = commands.add_parser("serve", parents=[profile], help="serve the page and the API")
    command.add_argument("--host", help="address to listen on (TENSORPAD_HOST; 127.0.0.1)")
    command.add_argument("--port", type=int, help="port to listen on, 0 for any (TENSORPAD_PORT; 8000)")
    command.add_argument(
        "--allow-missing",
        action="append",
        metavar="LAYER",
        help="listen beyond this machine although this layer of isolation is missing; may be repeated",
    )
    command.add_argument("--log-level", choices=("debug", "info", "warning", "error"), help="(TENSORPAD_LOG_LEVEL; info)")
    command.set_defaults(command=_serve)

    command = commands.add_parser("run", parents=[profile], help="run a program once and print what it shows")
    command.add_argument("file", metavar="FILE", help="the program; - for standard input")
    command.add_argument("--json", action="store_true", help="print the whole answer of the API instead")
    command.add_argument("--svg", metavar="OUT", help="write the last graph to this file")
    command.add_argument("--lang", choices=("en", "zh-CN"), default="en", help="language of messages (en)")
    command.set_defaults(command=_run)

    command = commands.add_parser("doctor", parents=[profile], help="try every layer of isolation and say which hold")
    command.set_defaults(command=_doctor)

    command = commands.add_parser("openapi", help="print the API's description")
    command.set_defaults(command=_openapi)
    return parser
