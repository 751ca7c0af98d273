"""Several questions about one run: each is answered as if it were asked alone."""

from collections.abc import Sequence

import pytest
from msgspec import ValidationError, msgpack
from tensorpad.protocol.derivations import DerivationInquiry
from tensorpad.protocol.inquiries import MOST_INQUIRIES, Inquiry
from tensorpad.protocol.lenses import LensInquiry, LensRecord
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.openings import OpeningInquiry
from tensorpad.trace.inquiries import inquiry_watch, repeatable

from tests.support.comparison import run

PROGRAM = """import torch
from torch.nn import functional
torch.manual_seed(0)
v, w = torch.randn(3, 2, requires_grad=True), torch.randn(2, 3, requires_grad=True)
x = torch.randn(2, 2)
h = functional.linear(functional.normalize(functional.linear(x, v).relu()), w)
loss = functional.cross_entropy(h, torch.tensor([0, 1]))
loss.backward()
x += 1
s = x.sort().values
noise = torch.randn(2) * torch.rand(2)
x.add_(s[:, :1])
"""


def every_question(*cells: str) -> Sequence[Inquiry]:
    found: list[Inquiry] = []
    for operation in run(*cells).trace.operations:
        found.append(OpeningInquiry(operation.id))
        for output, shape in enumerate(operation.output_shapes):
            found += [
                LensInquiry(operation.id, output, (0,) * len(shape)),
                LensInquiry(operation.id, output, (-1,) * len(shape)),
            ]
    return found


def test_questions_that_are_asked_together_have_the_answers_that_each_has_alone() -> None:
    asked = [*every_question(PROGRAM), LensInquiry("op999"), OpeningInquiry("op999"), LensInquiry("op3", 7)]
    assert len(asked) > MOST_INQUIRIES
    for start in range(0, len(asked), MOST_INQUIRIES):
        together = asked[start : start + MOST_INQUIRIES]
        found = run(PROGRAM, inquiries=tuple(reversed(together))).trace.answers
        assert found[::-1] == tuple(run(PROGRAM, inquiry=inquiry).answer for inquiry in together)


def test_a_run_that_is_asked_much_ends_as_it_does_unasked() -> None:
    plain, asked = run(PROGRAM), run(PROGRAM, inquiries=tuple(every_question(PROGRAM)[:MOST_INQUIRIES]))
    assert asked.printed == plain.printed
    assert asked.trace.variables == plain.trace.variables
    assert [tensor.values for tensor in asked.trace.tensors] == [tensor.values for tensor in plain.trace.tensors]


def test_what_there_is_no_room_for_beside_others_is_left_to_be_asked_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import torch\nx = torch.ones(60)\na = x + 1\nb = x + 2\nc = x + 3\n"
    asked = [LensInquiry(f"op{number}", 0, (0,)) for number in (2, 3, 4)]
    alone = [run(program, inquiry=inquiry).answer for inquiry in asked]
    # Room for one call with its input and output, and no other.
    monkeypatch.setattr(repeatable, "ELEMENTS", 130)
    assert [run(program, inquiry=inquiry).answer for inquiry in asked] == alone
    assert run(program, inquiries=tuple(asked)).trace.answers == (alone[0], None, None)
    monkeypatch.setattr(repeatable, "ELEMENTS", 50)
    for found in run(program, inquiries=tuple(asked)).trace.answers:
        assert isinstance(found, LensRecord)
        assert found.reason == "too_large"


def test_long_answers_leave_no_room_for_further_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tuple(LensInquiry("op2", 0, (number,)) for number in range(3))
    program = "import torch\nx = torch.ones(60)\na = x * 2\n"
    monkeypatch.setattr(inquiry_watch, "_FURTHER_BYTES", 1)
    assert [answer is None for answer in run(program, inquiries=asked).trace.answers] == [False, True, True]


@pytest.mark.parametrize("other", [DerivationInquiry(), LensInquiry("op1")])
def test_a_derivation_is_asked_for_alone(other: Inquiry) -> None:
    with pytest.raises(ValueError, match="only lenses and openings"):
        RunRequest(cells=("1",), inquiries=(DerivationInquiry(), other))
    several = {"type": "run", "cells": ["1"], "inquiries": [{"type": "derivation"}, {"type": "derivation"}]}
    with pytest.raises(ValidationError, match="only lenses and openings"):
        msgpack.decode(msgpack.encode(several), type=RunRequest)
