"""The service inside this process, for one program: the same routes, asked without a socket."""

import asyncio
import re
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tensorpad.commands.exchange import Question, Reply
from tensorpad.commands.exits import CommandError, Exit

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import Message

    from tensorpad.settings import Settings

_OF_THE_COMPILER = re.compile(
    r"optim|compile|dynamo|export|checkpoint|functorch|flex_attention|custom_op|vmap|hessian|\bfunc\b|\bjac|vjp|jvp"
)
"""Words of which a program has one that makes torch load its compiler."""


class Here:
    """A connection to a service that is started for it. The event loop goes on only while an answer is waited for."""

    def __init__(self, runner: asyncio.Runner, app: "FastAPI") -> None:
        self._runner = runner
        self._app = app

    @contextmanager
    def ask(self, question: Question) -> Generator[Reply]:
        """Send a request."""
        content = question.content()
        headers = [(name.lower().encode(), value.encode()) for name, value in question.headers.items()]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": question.path,
            "raw_path": question.path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [*headers, (b"content-length", str(len(content)).encode())],
            "client": None,
            "server": None,
        }
        sent: asyncio.Queue[Message | None] = asyncio.Queue()
        body = iter([{"type": "http.request", "body": content, "more_body": False}])

        async def receive() -> "Message":
            for message in body:
                return message
            return await asyncio.get_running_loop().create_future()

        async def answer() -> "asyncio.Task[None]":
            task = asyncio.ensure_future(self._app(scope, receive, sent.put))
            task.add_done_callback(lambda _: sent.put_nowait(None))
            return task

        def messages() -> "Iterator[Message]":
            while (message := self._runner.run(sent.get())) is not None:
                yield message

        task, came = self._runner.run(answer()), messages()
        try:
            start = next(came, None)
            if start is None:
                raise CommandError("the service gave no answer, which is a fault of its own", Exit.SERVICE)
            found = {name.decode().lower(): value.decode() for name, value in start["headers"]}
            yield Reply(start["status"], found, (message.get("body", b"") for message in came))
        finally:
            self._runner.run(_ended(task))


@contextmanager
def started(settings: "Settings", cells: Sequence[str]) -> Generator[Here]:
    """A service that is ready for one program, and ends with the context. Raises CommandError."""
    from tensorpad.protocol.errors import TensorpadError

    with asyncio.Runner() as runner:
        service = _service(settings, cells)
        try:
            app = runner.run(anext(service))
        except TensorpadError as error:
            raise CommandError(str(error), Exit.SERVICE) from None
        try:
            yield Here(runner, app)
        finally:
            runner.run(service.aclose())


async def _service(settings: "Settings", cells: Sequence[str]) -> "AsyncGenerator[FastAPI]":
    from tensorpad.pool.local_pool import LocalPool
    from tensorpad.protocol.control import Preparation

    # One program needs one worker.
    limits = replace(settings.limits, parked=1, concurrency=1)
    # A program that needs the compiler after all loads it while it runs.
    compiler = any(_OF_THE_COMPILER.search(cell) for cell in cells)
    pool = LocalPool(limits, settings.profile, Preparation(lasting=False, compiler=compiler))
    loading = asyncio.create_task(pool.start())
    # Its processes load torch, while this one loads the routes.
    await asyncio.sleep(0)
    from tensorpad import app
    from tensorpad.api.stages import started as stages
    from tensorpad.render.renderer import Renderer
    from tensorpad.snippets.store import SnippetStore

    renderer = Renderer(limits)
    async with stages(pool, renderer, loading):
        yield app.assemble(pool, renderer, limits, SnippetStore(None, limits.snippets))


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
