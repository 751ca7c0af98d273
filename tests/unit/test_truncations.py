"""Everything that an answer may have only a part of has a word in the page's other language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import tensorpad

BACKEND = Path(tensorpad.__file__).parent
CHINESE = BACKEND.parents[1] / "frontend" / "src" / "i18n" / "zh-CN" / "values.ts"
WHOLE_SENTENCES = {"trace", "recording", "rounds", "later cells"}
NAMERS = {"TruncationRecord", "_truncate", "_part"}
"""Calls whose first argument says what was cut."""


def named() -> Iterator[str]:
    for path in BACKEND.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in NAMERS:
                yield str(node.args[0].value)


def test_what_is_cut_is_named_in_chinese() -> None:
    names = set(named())
    assert {"operations", "variables", "backward passes", "result text"} <= names
    text = CHINESE.read_text(encoding="utf-8")
    assert [
        name
        for name in sorted(names)
        if f"{name}: " not in text and f'"{name}": ' not in text and name not in WHOLE_SENTENCES
    ] == []
    assert all(f'what === "{name}"' in text for name in WHOLE_SENTENCES)
