"""What programs of a book did, kept between builds: a folder of files that are named by what they depend on."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

import msgspec

SUFFIX = ".cached"


def key_of(*parts: object) -> str:
    """A name for what depends on these, the same on every machine: 32 hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()[:32]


class Cache:
    """Files in a folder, each written whole or not at all, so that builds and their processes can share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """What is kept under a key."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keep it. Where two processes keep the same at once, either may win: they made the same."""
        write_whole(self._path(key), data)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{SUFFIX}"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file such that nobody ever reads a part of it. Its folder is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
