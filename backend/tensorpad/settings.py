"""How the service is configured: from `TENSORPAD_*` environment variables, overridden by flags.

Reading is an act of the composition root or the command line; importing this module reads nothing.
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from tensorpad.lessons.names import slug_of, taken
from tensorpad.protocol.control import LAYERS
from tensorpad.protocol.limits import Limits

PREFIX = "TENSORPAD_"
LIMITS_PREFIX = f"{PREFIX}LIMITS_"


class ConfigurationError(Exception):
    """The configuration cannot be used; the message names each variable that is wrong, one a line."""


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _layers(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in LAYERS:
            raise ValueError(f"{name!r} is no layer of isolation; there are {', '.join(LAYERS)}")
    return names


def _networks(proxies: tuple[str, ...]) -> tuple[str, ...]:
    for proxy in proxies:
        try:
            ip_network(proxy)
        except ValueError as error:
            raise ValueError(f"{error}; name addresses (10.0.0.5) or networks (10.0.0.0/24)") from None
    return proxies


def _root_path(path: str) -> str:
    prefix = path.rstrip("/")
    if prefix and not _ROOT_PATH.fullmatch(prefix):
        raise ValueError(
            f"{path!r} is no prefix of addresses; it begins with / and has letters, digits, and ._~- between slashes (/pad)"
        )
    return prefix


def _counted(report: str, info: ValidationInfo) -> str:
    if report == "on" and info.data.get("tallies") == "off":
        raise ValueError("there are no counts to report; TENSORPAD_TALLIES names the file that they are kept in")
    return report


def _course(folder: str) -> str:
    path = Path(folder).expanduser()
    for inner in sorted(path.iterdir()) if folder and path.is_dir() else ():
        if (why := taken(slug_of(inner.name) or "")) is not None:
            raise ValueError(f"{inner}: {why}")
    return folder


_ROOT_PATH = re.compile(r"(/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
CommaList = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """Everything that an operator can set.

    `allow_missing` names isolation layers that may be missing although the service listens beyond loopback.
    `snippets` is the file that stored programs are kept in, or "off".
    `lessons` is the folder of a course that is served beside Tensorpad's own.
    `tallies` is the file that first answers to gates are counted in, or "off"; `report` ("on") shows what the counts say at
    `/learn/report`, to whoever can reach the service.
    `trusted_proxies` lists addresses or networks whose `X-Forwarded-For`, `-Proto` and `-Host` are believed; empty means
    nobody's are. `root_path` is the prefix that a proxy serves the service below.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="_", env_nested_max_split=1, frozen=True, extra="forbid"
    )

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    profile: Literal["auto", "strict", "container"] = "auto"
    allow_missing: Annotated[CommaList, AfterValidator(_layers)] = ()
    trusted_proxies: Annotated[CommaList, AfterValidator(_networks)] = ()
    root_path: Annotated[str, AfterValidator(_root_path)] = ""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    snippets: Annotated[str, Field(min_length=1)] = "~/.local/share/tensorpad/snippets.sqlite3"
    lessons: Annotated[str, AfterValidator(_course)] = ""
    tallies: Annotated[str, Field(min_length=1)] = "off"
    report: Annotated[Literal["off", "on"], AfterValidator(_counted)] = "off"
    limits: Limits = Field(default_factory=Limits)

    @property
    def snippets_path(self) -> Path | None:
        """The file of stored programs; None if none are to be stored."""
        return None if self.snippets == "off" else Path(self.snippets).expanduser()

    @property
    def tallies_path(self) -> Path | None:
        """The file of the counts; None if nothing is counted."""
        return None if self.tallies == "off" else Path(self.tallies).expanduser()

    @property
    def lessons_path(self) -> Path | None:
        """The folder of the operator's own course; None if there is none."""
        return Path(self.lessons).expanduser() if self.lessons else None

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the address that the service listens on."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def load(**overrides: Any) -> Settings:
    """Read the environment; an override that is not None wins. Raises ConfigurationError."""
    unknown = list(_unknown_limits(os.environ))
    if unknown:
        raise ConfigurationError("\n".join(unknown))
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        raise ConfigurationError("\n".join(_faults(error, overrides))) from None
    except SettingsError as error:
        # Only a variable with a whole structure is parsed as JSON, and there is one.
        raise ConfigurationError(f"{PREFIX}LIMITS: not a JSON object; set each {LIMITS_PREFIX}<NAME> instead") from error


def _unknown_limits(environ: Mapping[str, str]) -> Iterator[str]:
    known = [field.name.upper() for field in fields(Limits)]
    for name in sorted(environ):
        limit = name.upper().removeprefix(LIMITS_PREFIX)
        if limit != name.upper() and limit not in known:
            near = [LIMITS_PREFIX + other for other in difflib.get_close_matches(limit, known, n=3)]
            hint = f"; did you mean {' or '.join(near)}?" if near else "; no limit has a name like it"
            yield f"{name} is not a setting{hint}"


def _faults(error: ValidationError, overrides: Mapping[str, Any]) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_context=False):
        path = [str(part) for part in fault["loc"]]
        message = fault["msg"].removeprefix("Value error, ")
        if path == ["limits"]:
            # The limits check themselves, and their messages begin with the field.
            field, _, rest = message.partition(" ")
            yield f"{LIMITS_PREFIX}{field.upper()} {rest}"
            continue
        flag = path[0] if path else ""
        value = f", and is {fault['input']!r}" if isinstance(fault["input"], str | int | float) else ""
        name = f"--{flag.replace('_', '-')}" if overrides.get(flag) is not None else PREFIX + "_".join(path).upper()
        yield f"{name}: {message}{value}"
