"""The glossary: its languages hold the same terms, and each program runs."""

import ast
import io
from contextlib import redirect_stdout
from typing import get_args

import pytest
from tensorpad.glossary.terms import Term, terms
from tensorpad.texts import Lang

LANGUAGES: tuple[Lang, ...] = get_args(Lang)
ENGLISH = terms("en")


def test_there_are_sixty_terms() -> None:
    assert len(ENGLISH) == 60
    assert len({term.id for term in ENGLISH}) == 60


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_terms_with_the_same_programs(lang: Lang) -> None:
    own = terms(lang)
    assert [term.id for term in own] == [term.id for term in ENGLISH]
    for term, english in zip(own, ENGLISH, strict=True):
        assert ast.dump(ast.parse(term.code)) == ast.dump(ast.parse(english.code)), term.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_terms_are_written_alike(lang: Lang) -> None:
    written = [form.lower() for term in terms(lang) for form in (term.term, *term.forms)]
    assert sorted(written) == sorted(set(written))


def test_chinese_texts_are_chinese() -> None:
    for term in terms("zh-CN"):
        assert any("\u4e00" <= character <= "\u9fff" for character in term.text), term.id


@pytest.mark.parametrize("term", ENGLISH, ids=lambda term: term.id)
def test_the_program_of_a_term_is_short_runs_and_shows_something(term: Term) -> None:
    lines = term.code.strip().splitlines()
    assert len(lines) <= 9
    *statements, last = ast.parse(term.code).body
    names: dict[str, object] = {}
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(ast.Module(statements, []), term.id, "exec"), names)
        shown = (
            eval(compile(ast.Expression(last.value), term.id, "eval"), names)
            if isinstance(last, ast.Expr)
            else exec(compile(ast.Module([last], []), term.id, "exec"), names)
        )
    assert shown is not None or printed.getvalue()
