"""What names a stored program."""

import pytest
from tensorpad.snippets.snippet import ID_LENGTH, Snippet, from_content


def test_same_content_has_one_id_and_every_part_counts() -> None:
    snippets = [
        Snippet(("a", "b")),
        Snippet(("ab",)),
        Snippet(("b", "a")),
        Snippet(("a", "b"), lang="en"),
        Snippet(("a", "b"), view="memory"),
        Snippet(("a", "b"), step=0),
        Snippet(("a", "b"), graph="g1"),
    ]
    assert len({snippet.id for snippet in snippets}) == len(snippets)
    assert Snippet(("a", "b")).id == snippets[0].id
    assert {len(snippet.id) for snippet in snippets} == {ID_LENGTH}


def test_id_stays_what_it_is() -> None:
    """Links that were given out must lead to their program after every upgrade."""
    assert Snippet(("x = 1", "名 = 'é'")).content == '{"cells":["x = 1","名 = \'é\'"]}'.encode()
    assert Snippet(("x = 1", "名 = 'é'")).id == "OjydGpildyNqiV5_--ZV"


def test_content_is_read_back() -> None:
    snippet = Snippet(("x = 1\n", "\0"), "zh-CN", "graph", 7, "g2")
    assert from_content(snippet.content) == snippet


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cells": 1}', b'{"cells": [], "other": 1}', b"\xff"])
def test_other_content_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no snippet"):
        from_content(content)
