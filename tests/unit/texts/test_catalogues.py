"""Both languages say the same: the same keys, the same placeholders, and each text is used."""

import dataclasses
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast, get_args, get_type_hints

import pytest
import tensorpad
from tensorpad.texts import CATALOGUES
from tensorpad.texts.catalogue import Catalogue, Inquiries, Message

EN, ZH = CATALOGUES["en"], CATALOGUES["zh-CN"]
PACKAGE = Path(tensorpad.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def texts(part: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a catalogue, with the path of keys to it."""
    match part:
        case str():
            yield key, part
        case Mapping():
            for name, inner in cast("Mapping[str, Any]", part).items():
                yield from texts(inner, f"{key}.{name}")
        case _:
            for field in dataclasses.fields(part):
                yield from texts(getattr(part, field.name), f"{key}.{field.name}")


ENGLISH = {key: text for key, text in texts(EN) if key not in (".joint", ".gap")}
TRANSLATED = {key: text for key, text in texts(ZH) if key not in (".joint", ".gap")}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def sources(*packages: str) -> str:
    return "\n".join(path.read_text() for package in packages for path in (PACKAGE / package).rglob("*.py"))


def test_both_languages_have_every_text() -> None:
    assert list(ENGLISH) == list(TRANSLATED)


def test_both_languages_fill_in_the_same() -> None:
    assert [key for key in ENGLISH if placeholders(ENGLISH[key]) != placeholders(TRANSLATED[key])] == []


def test_each_language_is_itself() -> None:
    assert [key for key, text in ENGLISH.items() if CHINESE.search(text)] == []
    without = [key for key, text in TRANSLATED.items() if not CHINESE.search(text)]
    assert [key for key in without if re.sub(r"\{\w+\}|`[^`]*`|[^\w\s]", "", TRANSLATED[key]).strip()] == []


@pytest.mark.parametrize("catalogue", [EN, ZH], ids=["en", "zh-CN"])
def test_code_is_closed_and_titles_have_no_full_stop(catalogue: Catalogue) -> None:
    assert [key for key, text in texts(catalogue) if text.count("`") % 2] == []
    assert [key for key, message in catalogue.messages.items() if message.title.endswith((".", "。"))] == []


@pytest.mark.parametrize("catalogue", [EN, ZH], ids=["en", "zh-CN"])
def test_every_reason_has_its_text(catalogue: Catalogue) -> None:
    """Mappings whose keys are a closed set have all of them, in its order."""
    for part in (catalogue, catalogue.inquiries):
        for name, kind in get_type_hints(type(part)).items():
            keys = get_args(get_args(kind)[0]) if get_args(kind) else ()
            if keys:
                assert tuple(getattr(part, name)) == keys, name


def test_every_text_of_an_explanation_is_used_by_a_rule() -> None:
    rules = sources("explain")
    assert [key for key in (*EN.messages, *EN.fixes, *EN.phrases) if f'"{key}"' not in rules] == []


def test_every_other_text_is_used() -> None:
    explained, drawn, answered = sources("explain"), sources("render"), sources("api", "protocol")
    assert [field.name for field in dataclasses.fields(Inquiries) if f".{field.name}[" not in explained] == []
    assert [field.name for field in dataclasses.fields(EN.picture) if f".{field.name}" not in drawn] == []
    assert [field.name for field in dataclasses.fields(EN.synopsis) if f"words.{field.name}" not in explained] == []
    assert [key for key in (*EN.endings, *EN.crashes, *EN.displays) if f'"{key}"' not in answered] == []


RULES = PACKAGE / "explain/rules"


def test_rules_and_their_messages_are_in_files_of_one_room_and_name() -> None:
    def names(folder: str) -> set[Path]:
        return {path.relative_to(PACKAGE / folder) for path in (PACKAGE / folder).rglob("*.py")}

    assert len(names("explain/rules")) > 50
    assert names("explain/rules") == names("texts/en/rules") == names("texts/zh_cn/rules")


@pytest.mark.parametrize("path", sorted(RULES.rglob("[!_]*.py")), ids=lambda path: path.stem)
def test_a_rule_finds_its_message_in_the_file_of_its_name(path: Path) -> None:
    found = set(re.findall(r'Finding\(\s*"(\w+)"', path.read_text()))
    text = (PACKAGE / "texts/en/rules" / path.relative_to(RULES)).read_text()
    assert {key for key in found if f'    "{key}": Message(' not in text} == set()


def test_a_message_is_a_title_and_a_text() -> None:
    assert all(type(message) is Message for catalogue in (EN, ZH) for message in catalogue.messages.values())
