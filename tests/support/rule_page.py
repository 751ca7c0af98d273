"""`docs/explanations.md`, of the rules and their texts; `python -m tests.support.rule_page` (`make rules`) writes it."""

import importlib
import re
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from tensorpad.explain.rules import ERROR_RULES, SURPRISE_RULES
from tensorpad.texts import en, zh_cn

PAGE = Path(__file__).parents[2] / "docs" / "explanations.md"

_HEAD = """# What is explained

Tensorpad says why a program failed, and gives a **notice** where it did what its author may not have meant: {count}
explanations in all, in English and Chinese. Each names the tensors, lines and numbers of the program, and offers a fix
where the program then runs as it should. In an answer of the REST API they are `cells[].error.explanation` and `notices`,
and their `rule` is in the first column here. `…` stands for what the program itself has there.

<!-- Made by `make rules`. -->
"""


def page() -> str:
    """The whole page."""
    errors = _families(ERROR_RULES)
    # A family of both is listed with the errors.
    notices = tuple(family for family in _families(SURPRISE_RULES) if family not in errors)
    count = sum(len(messages(family)) for family in (*errors, *notices))
    parts = [
        _HEAD.format(count=count),
        "## Why a program failed\n",
        *map(_table, errors),
        "## Notices\n",
        *map(_table, notices),
    ]
    return "\n".join(parts)


def messages(family: str) -> tuple[str, ...]:
    """The names of the rules of a family."""
    return tuple(_texts(en, family).MESSAGES)


def family_of(rule: object) -> str:
    """The room and the file of a rule: `autograd.passes`."""
    return str(getattr(rule, "__module__", "")).partition(".rules.")[2]


def _families(rules: Iterable[object]) -> tuple[str, ...]:
    """The families of some rules, in order."""
    modules = (family_of(rule) for rule in rules)
    return tuple(dict.fromkeys(modules))


def _table(family: str) -> str:
    english, chinese = _texts(en, family), _texts(zh_cn, family)
    subject = (english.__doc__ or "").strip().partition(", in English")[0].rstrip(".")
    rows = [
        f"| `{rule}` | {_plain(message.title)} | {_plain(chinese.MESSAGES[rule].title)} |"
        for rule, message in english.MESSAGES.items()
    ]
    return "\n".join((f"### {subject}\n", "| rule | in English | 中文 |", "| --- | --- | --- |", *rows, ""))


def _texts(language: ModuleType, family: str) -> ModuleType:
    return importlib.import_module(f"{language.__name__}.rules.{family}")


def _plain(title: str) -> str:
    return re.sub(r"\{\w+\}", "…", title).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
