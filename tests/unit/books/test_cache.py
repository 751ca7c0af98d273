"""What is kept of a book between builds."""

import threading
from pathlib import Path

import pytest
from tensorpad.books.cache import Cache, key_of, write_whole


def test_what_is_put_is_there_for_others(tmp_path: Path) -> None:
    Cache(tmp_path / "new" / "folder").put("a", b"data")
    assert Cache(tmp_path / "new" / "folder").get("a") == b"data"
    assert Cache(tmp_path / "new" / "folder").get("b") is None


def test_a_key_depends_on_every_part_and_on_nothing_else() -> None:
    assert key_of("a", ["b"]) == key_of("a", ["b"])
    assert len({key_of("a", ["b"]), key_of("ab", []), key_of("a", ["b", ""]), key_of(["a"], "b")}) == 4


def test_a_reader_never_sees_a_part_of_a_file(tmp_path: Path) -> None:
    contents = [bytes([number]) * 300_000 for number in range(20)]
    path = tmp_path / "file"
    write_whole(path, contents[0])
    writer = threading.Thread(target=lambda: [write_whole(path, data) for data in contents])
    writer.start()
    while writer.is_alive():
        assert path.read_bytes() in contents
    writer.join()
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "file", b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "file", b"new")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("file", b"old")]
