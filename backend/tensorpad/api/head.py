"""HEAD wherever GET is: the same answer without its body, from one place."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadRequests:
    """Makes a GET of each HEAD, and keeps the body back. What is made for it is kept as for a GET, so it costs one run."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)
