"""Text from a user cannot hide, reorder or break out."""

import pytest
from tensorpad.render.text import escape, quote, shorten, visible, width, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("变量 ñ 😀", "变量 ñ 😀"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("a\0b\x1b[0m", "a\\0b\\x1b[0m"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("a\u00a0b", "a b"),
        ("a\ufeffb", "a\\ufeffb"),
        ("a\ud800b", "a\\ud800b"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_long_text_is_cut_to_one_line() -> None:
    assert shorten("a\n  b" + "c" * 1_000_000, 6) == "a bcc…"


def test_markup_is_escaped() -> None:
    assert escape('<b a="1">&') == "&lt;b\u00a0a=&quot;1&quot;&gt;&amp;"


def test_quoted_dot_has_no_escapes_of_graphviz() -> None:
    assert quote('a\\N"\n') == '"a\\\\N\\"\\n"'


def test_wide_characters_are_reckoned_wide() -> None:
    assert width("变量", 10, mono=True) > 20
    assert width("ab", 10, mono=True) >= 12


@pytest.mark.parametrize("room", range(200, 600, 13))
def test_no_line_of_chinese_begins_or_ends_with_the_wrong_punctuation(room: int) -> None:
    text = "创建 q（2 × 4 × 8）、k（2 × 4），计算 out = attn @ v 等 5 项，并显示 out.shape。"
    lines = wrapped(text, 18, False, room, 99)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in lines if line[0] in "、，。）" or line[-1] == "（"]
