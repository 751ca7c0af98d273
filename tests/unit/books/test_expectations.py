"""What a book says of its programs, compared with what they did."""

from typing import Any

import pytest
from tensorpad.books.expectations import complaints, output_of
from tensorpad.books.options import Options, parsed


def cell(stdout: str = "", text: str | None = None, error: dict[str, Any] | None = None) -> dict[str, Any]:
    result = None if text is None else {"text": text}
    return {"status": "error" if error else "ok", "stdout": stdout, "result": result, "error": error}


def answer(*cells: dict[str, Any], status: str = "ok", message: str | None = None) -> dict[str, Any]:
    return {"status": status, "message": message, "cells": list(cells)}


FAILED = cell(error={"type": "RuntimeError", "message": "grad can be created only for scalars", "line": 2})


def found(cells: list[dict[str, Any]], options: Options, **ending: Any) -> list[str]:
    return complaints(options, answer(*cells, **ending), cells)


def test_output_is_what_a_notebook_has_below_the_cell() -> None:
    assert output_of(cell("printed\n", "tensor(1.)")) == "printed\ntensor(1.)"
    assert output_of(FAILED) == "RuntimeError: grad can be created only for scalars"
    assert output_of(cell()) == ""


@pytest.mark.parametrize("expected", ["printed\ntensor(1.)", "\nprinted  \ntensor(1.)\n", "printed\ntensor(…)", "…"])
def test_nothing_is_said_of_what_is_as_expected(expected: str) -> None:
    assert found([cell("printed\n"), cell(text="tensor(1.)")], parsed({"expect": expected})) == []


@pytest.mark.parametrize("expected", ["tensor(1.)", "printed\ntensor(1.) ok", "printed tensor(1.)", "", "tensor(…"])
def test_another_output_is_shown_beside_the_expected_one(expected: str) -> None:
    (said,) = found([cell("printed\n"), cell(text="tensor(1.)")], Options(expect=expected))
    assert "  printed\n  tensor(1.)\nand :expect: says" in said
    assert said.endswith("(nothing)" if not expected else f"  {expected.splitlines()[-1]}")


def test_only_cells_of_the_block_are_compared() -> None:
    own = [cell(text="2")]
    assert complaints(Options(expect="2"), answer(cell(text="1"), *own), own) == []


def test_a_failure_is_named_with_its_line_unless_it_is_meant() -> None:
    (said,) = found([FAILED], Options(), status="error")
    assert said.startswith("line 2 of the program raises RuntimeError: grad can be created")
    assert ":raises: RuntimeError" in said
    for meant in ("", "RuntimeError", "builtins.RuntimeError"):
        assert found([FAILED], Options(raises=meant), status="error") == []


def test_another_failure_or_none_is_no_meant_one() -> None:
    assert "raises RuntimeError" in found([FAILED], Options(raises="ValueError"), status="error")[0]
    assert "without ValueError" in found([cell()], Options(raises="ValueError"))[0]


def test_a_program_that_is_stopped_is_named() -> None:
    (said,) = found([cell()], Options(), status="timeout", message="It took longer than 5 s.")
    assert "It took longer than 5 s." in said
