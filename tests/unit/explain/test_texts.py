"""Both languages say the same: the same keys, the same placeholders."""

import re
import string
from pathlib import Path

import pytest
import tensorpad.explain
from tensorpad.explain.explainer import CATALOGUES
from tensorpad.explain.texts.catalogue import Catalogue, Message

EN, ZH = CATALOGUES["en"], CATALOGUES["zh-CN"]
SOURCES = "\n".join(path.read_text() for path in (Path(tensorpad.explain.__file__).parent / "rules").glob("*.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def texts(catalogue: Catalogue) -> dict[str, str]:
    """Every template with a key."""
    found: dict[str, str] = {}
    for key, message in catalogue.messages.items():
        found[f"title of {key}"], found[f"text of {key}"] = message.title, message.text
    found.update({f"fix {key}": text for key, text in catalogue.fixes.items()})
    found.update({f"phrase {key}": text for key, text in catalogue.phrases.items()})
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_every_text() -> None:
    assert list(texts(EN)) == list(texts(ZH))


def test_both_languages_fill_in_the_same() -> None:
    english, chinese = texts(EN), texts(ZH)
    assert [key for key in english if placeholders(english[key]) != placeholders(chinese[key])] == []


def test_each_language_is_itself() -> None:
    assert [key for key, text in texts(EN).items() if CHINESE.search(text)] == []
    without = [key for key, text in texts(ZH).items() if not CHINESE.search(text)]
    assert [key for key in without if re.sub(r"\{\w+\}|`[^`]*`", "", texts(ZH)[key]).strip()] == []


@pytest.mark.parametrize("catalogue", [EN, ZH], ids=["en", "zh-CN"])
def test_code_is_closed_and_titles_have_no_full_stop(catalogue: Catalogue) -> None:
    assert [key for key, text in texts(catalogue).items() if text.count("`") % 2] == []
    assert [key for key, message in catalogue.messages.items() if message.title.endswith((".", "。"))] == []


def test_every_text_is_used_by_a_rule() -> None:
    assert [key for key in (*EN.messages, *EN.fixes, *EN.phrases) if f'"{key}"' not in SOURCES] == []


def test_a_message_is_a_title_and_a_text() -> None:
    assert all(type(message) is Message for catalogue in (EN, ZH) for message in catalogue.messages.values())
