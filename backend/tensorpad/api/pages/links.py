"""Addresses of ours that show a program: which one, and the addresses of its embedded page and of its picture."""

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from typing import Any, cast, get_args
from urllib.parse import parse_qsl, quote, urlsplit

from msgspec import Struct

from tensorpad.api.problems import Problem
from tensorpad.api.requests import check_cells
from tensorpad.protocol.limits import MIB, Limits
from tensorpad.render.themes import Theme
from tensorpad.snippets.snippet import ID_LENGTH, Snippet
from tensorpad.snippets.store import SnippetStore
from tensorpad.texts import Lang

_STATE = "code/"
"""What the fragment of a link that holds its program begins with; see frontend/src/share/fragment.ts."""
_STATE_BYTES = 2 * MIB
_PROGRAM = ("code", "cells", "snippet")
_EMBEDDED = (*_PROGRAM, "view", "of", "step", "mode", "theme", "lang", "controls", "autoplay", "loading")
"""Parameters of `/embed`; see frontend/src/embed/parameters.ts."""
_DRAWN = ("of", "theme", "lang")
"""Those of them that `/api/v1/preview.png` has too."""
_UNRESERVED = "-._~"

Pairs = Sequence[tuple[str, str]]


class ProgramLink(Struct, frozen=True):
    """A program that an address shows. The paths are encoded, with their queries; `own` is the address itself.

    `picture` is None where the program can be named by no address that is sent to a server. `lang` is the language that
    the address or the stored program asks for.
    """

    cells: tuple[str, ...]
    own: str
    embed: str
    picture: str | None
    lang: Lang | None


def asked_language(query: Pairs) -> Lang | None:
    """The language that an address asks for."""
    found = dict(query).get("lang")
    return cast("Lang", found) if found in get_args(Lang) else None


class Links:
    """Finds the programs of addresses. Whatever is wrong with an address, it shows no program then."""

    def __init__(self, store: SnippetStore, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    async def stored(self, snippet_id: str, query: Pairs = ()) -> ProgramLink | None:
        """What `/s/{snippet_id}` shows. Raises StoreUnavailable."""
        snippet = await self._find(snippet_id)
        if snippet is None:
            return None
        given = [(name, value) for name, value in query if name == "lang" and value in get_args(Lang)]
        pairs = [("snippet", snippet_id), *given]
        return self._link(snippet.cells, f"/s/{snippet_id}{_query(given)}", "", pairs, snippet.lang)

    async def embedded(self, query: Pairs, fragment: str = "") -> ProgramLink | None:
        """What `/embed` shows with this query and fragment. Raises StoreUnavailable."""
        pairs = [(name, value) for name, value in dict(reversed(query)).items() if name in _EMBEDDED]
        pairs.sort(key=lambda pair: _EMBEDDED.index(pair[0]))
        given = dict(pairs)
        snippet: Snippet | None = None
        if "code" in given:
            cells: tuple[str, ...] | None = (given["code"],)
        elif "cells" in given:
            cells = _listed(given["cells"])
        elif "snippet" in given:
            snippet = await self._find(given["snippet"])
            cells = snippet.cells if snippet else None
        else:
            return self._of_state(fragment, "/embed", pairs)
        if cells is None or not self._usable(cells):
            return None
        return self._link(cells, f"/embed{_query(pairs)}", "", pairs, snippet.lang if snippet else None)

    async def at(self, address: str, public: str) -> ProgramLink | None:
        """What an address shows, if it is below `public`, the playground; one from `/` on is. Raises StoreUnavailable."""
        try:
            if address.startswith("/") and not address.startswith("//"):
                address = public.rstrip("/") + address
            own, asked = urlsplit(public), urlsplit(address)
            query = parse_qsl(asked.query, keep_blank_values=True, max_num_fields=100)
        except ValueError:
            return None
        # A proxy may not have told us that it speaks HTTPS.
        if asked.scheme not in ("http", "https") or asked.netloc.lower() != own.netloc.lower():
            return None
        if not asked.path.startswith(own.path):
            return None
        path = asked.path[len(own.path) - 1 :]
        match path.split("/"):
            case ["", ""]:
                return self._of_state(asked.fragment, "/", [])
            case ["", "embed"]:
                return await self.embedded(query, asked.fragment)
            case ["", "s", snippet_id]:
                return await self.stored(snippet_id, query)
            case _:
                return None

    async def _find(self, snippet_id: str) -> Snippet | None:
        if not self._store.available or len(snippet_id) != ID_LENGTH:
            return None
        return await self._store.find(snippet_id)

    def _of_state(self, fragment: str, path: str, pairs: Pairs) -> ProgramLink | None:
        """What a fragment holds: cells, and perhaps a language."""
        state = _state(fragment) if fragment.startswith(_STATE) else None
        cells = _strings(state.get("cells")) if state is not None else None
        if state is None or cells is None or not self._usable(cells):
            return None
        lang = state.get("lang")
        return self._link(cells, f"{path}{_query(pairs)}", f"#{quote(fragment, safe='/' + _UNRESERVED)}", pairs, lang)

    def _link(self, cells: tuple[str, ...], own: str, fragment: str, pairs: Pairs, lang: Any) -> ProgramLink:
        given = dict(pairs)
        program = [("snippet", given["snippet"])] if "snippet" in given else [("cells", cell) for cell in cells]
        program = [("code", cells[0])] if len(cells) == 1 and "snippet" not in given else program
        drawn = [(name, value) for name, value in pairs if name in _DRAWN and _can_be(name, value)]
        picture = f"/api/v1/preview.png{_query([*program, *drawn])}"
        wanted = given.get("lang", lang)
        return ProgramLink(
            cells=cells,
            own=own + fragment,
            embed=f"/embed{_query(pairs)}{fragment}",
            picture=picture if len(picture) <= self._limits.address_bytes else None,
            lang=cast("Lang", wanted) if wanted in get_args(Lang) else None,
        )

    def _usable(self, cells: tuple[str, ...]) -> bool:
        try:
            check_cells(cells, self._limits)
        except (Problem, UnicodeEncodeError):
            return False
        return True


def _query(pairs: Pairs) -> str:
    written = "&".join(f"{name}={quote(value, safe=_UNRESERVED)}" for name, value in pairs)
    return f"?{written}" if written else ""


def _can_be(name: str, value: str) -> bool:
    match name:
        case "lang":
            return value in get_args(Lang)
        case "theme":
            return value in get_args(Theme)
        case _:
            return len(value) <= 1_000


def _strings(value: object) -> tuple[str, ...] | None:
    members = cast("list[object]", value) if isinstance(value, list) else []
    strings = tuple(member for member in members if isinstance(member, str))
    return strings if strings and len(strings) == len(members) else None


def _listed(text: str) -> tuple[str, ...] | None:
    try:
        return _strings(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _state(fragment: str) -> dict[str, Any] | None:
    """The state in a fragment: deflated JSON in base64url. None if it holds none, or more than a program can be."""
    text = fragment.removeprefix(_STATE).partition("#")[0]
    try:
        deflated = base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        content = inflating.decompress(deflated, _STATE_BYTES)
        state: object = json.loads(content) if inflating.eof else None
    except (ValueError, binascii.Error, zlib.error, RecursionError):
        return None
    return cast("dict[str, Any]", state) if isinstance(state, dict) else None
