"""The options of the directive, in text as an author writes them. Sphinx and mystmd read the same."""

import re
from collections.abc import Callable, Mapping
from typing import Literal, get_args

import msgspec
from msgspec import Struct

View = Literal["graph", "values", "memory", "steps", "derivation"]
Mode = Literal["read", "edit"]
Theme = Literal["auto", "light", "dark"]
Lang = Literal["en", "zh-CN"]
Loading = Literal["lazy", "click", "eager"]
Device = Literal["auto", "cpu", "cuda"]


_CONTROLS = ("views", "steps")
"""Those of a view that needs no server."""


class OptionError(ValueError):
    """An option has no such value. The message names both and says what may be written."""


class Options(Struct, frozen=True, kw_only=True):
    """What an author asks for."""

    of: str | None = None
    view: View = "graph"
    step: int | None = None
    mode: Mode = "read"
    controls: tuple[str, ...] | None = None
    theme: Theme = "auto"
    lang: Lang | None = None
    loading: Loading = "lazy"
    height: int | None = None
    seed: int | None = 0
    device: Device = "auto"
    timeout: float | None = None
    session: str | None = None
    expect: str | None = None
    raises: str | None = None
    server: str | None = None
    caption: str | None = None
    alt: str | None = None
    hide_code: bool = False
    hide_output: bool = False


class Option(Struct, frozen=True):
    """One option: what makes a value of its text, and what it does, for the lists that tools show."""

    read: Callable[[str], object]
    does: str
    flag: bool = False


def _text(text: str) -> str:
    if not text.strip():
        raise OptionError("needs a text")
    return text.strip()


def _block(text: str) -> str:
    return text.strip("\n")


def _choice(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip() not in choices:
            raise OptionError(f"is {text.strip()!r}; write {', '.join(choices[:-1])} or {choices[-1]}")
        return text.strip()

    return read


def _count(text: str) -> int:
    if re.fullmatch(r"\d{1,9}", text.strip()) is None:
        raise OptionError(f"is {text.strip()!r}; write a whole number from 0")
    return int(text)


def _seed(text: str) -> int | None:
    if text.strip() == "none":
        return None
    try:
        return _count(text)
    except OptionError:
        raise OptionError(f"is {text.strip()!r}; write a whole number from 0, or none") from None


def _seconds(text: str) -> float:
    if re.fullmatch(r"\d{1,4}(\.\d+)?", text.strip()) is None or float(text) == 0:
        raise OptionError(f"is {text.strip()!r}; write a number of seconds")
    return float(text)


def _flag(text: str) -> bool:
    if text.strip().lower() not in ("", "true"):
        raise OptionError(f"takes no value; leave out {text.strip()!r}")
    return True


def _raised(text: str) -> str:
    """The name of an exception, or nothing for any."""
    if re.fullmatch(r"[\w.]*", text.strip()) is None:
        raise OptionError(f"is {text.strip()!r}; write the name of an exception, or nothing")
    return text.strip()


def _controls(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if names == ("none",):
        return ()
    for name in names:
        if name not in _CONTROLS:
            raise OptionError(f"has {name!r}; write {', '.join(_CONTROLS)} with commas, or none")
    return names


def _server(text: str) -> str:
    if re.fullmatch(r"https?://[^\s?#]+", text.strip()) is None:
        raise OptionError(f"is {text.strip()!r}; write an address such as https://pad.example.org/")
    return text.strip().rstrip("/") + "/"


OPTIONS: dict[str, Option] = {
    "of": Option(_text, "the variable whose graph is shown; the last one otherwise"),
    "view": Option(_choice(*get_args(View)), "what is shown at first; graph otherwise"),
    "step": Option(_count, "the step that is shown at first, from 0; the end otherwise"),
    "mode": Option(_choice(*get_args(Mode)), "edit: readers can change and run the program, on the book's server"),
    "controls": Option(_controls, "what readers can use: views, steps, both with a comma, or none; both otherwise"),
    "theme": Option(_choice(*get_args(Theme)), "colours; those of the reader's system otherwise"),
    "lang": Option(_choice(*get_args(Lang)), "language of the view; that of the book otherwise"),
    "loading": Option(_choice(*get_args(Loading)), "when the view takes the picture's place: lazy, click or eager"),
    "height": Option(_count, "height of the view in pixels; that of its content otherwise"),
    "seed": Option(_seed, "seed of torch, NumPy and random, or none; 0 otherwise"),
    "device": Option(_choice(*get_args(Device)), "default device of the program"),
    "timeout": Option(_seconds, "seconds that the program may take"),
    "session": Option(_text, "a name; blocks of a document that have the same one continue each other"),
    "expect": Option(_block, "what the block must print and show; the build warns where it does not"),
    "raises": Option(_raised, "the exception that must end the program; any, if empty", flag=True),
    "server": Option(_server, "address of a service on which readers can run the program; that of the book otherwise"),
    "caption": Option(_text, "text below the picture"),
    "alt": Option(_text, "the picture in words; made from the program otherwise"),
    "hide-code": Option(_flag, "leaves the program out of the page", flag=True),
    "hide-output": Option(_flag, "leaves out what the program printed", flag=True),
}


def parsed(given: Mapping[str, str | None]) -> Options:
    """The options with these texts (None: written without one). Raises OptionError for the first that is wrong."""
    values: dict[str, object] = {}
    for name, text in given.items():
        option = OPTIONS.get(name)
        if option is None:
            raise OptionError(f":{name}: is no option of this directive; it has {', '.join(OPTIONS)}")
        try:
            values[name.replace("-", "_")] = option.read(text or "")
        except OptionError as error:
            raise OptionError(f":{name}: {error}") from None
    return msgspec.convert(values, Options)
