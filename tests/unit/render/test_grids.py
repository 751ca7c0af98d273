"""The few numbers of a tensor that are shown."""

import torch
from tensorpad.protocol.records import FullValues, OpaqueValues, SummaryValues
from tensorpad.render.grids import lines

from tests.support.autograd_records import values_of


def test_a_small_matrix_is_whole_and_aligned() -> None:
    assert lines(values_of(torch.tensor([[1.0, -10.0], [0.5, 2.0]]))) == ["1.0  -10.0", "0.5    2.0"]


def test_a_scalar_is_a_number() -> None:
    assert lines(values_of(torch.tensor(27.0))) == ["27."]


def test_a_vector_is_one_row() -> None:
    assert lines(values_of(torch.arange(4))) == ["0  1  2  3"]


def test_a_large_matrix_is_its_corners() -> None:
    assert lines(values_of(torch.arange(100).reshape(10, 10))) == [
        " 0   1  …   9",
        "10  11  …  19",
        " …   …  …   …",
        "90  91  …  99",
    ]


def test_more_dimensions_are_rows() -> None:
    assert lines(values_of(torch.arange(8).reshape(2, 2, 2))) == ["0  1", "2  3", "4  5", "6  7"]


def test_nothing_in_it() -> None:
    assert lines(values_of(torch.empty(0, 3))) == ["[ ]"]
    assert lines(values_of(torch.empty(3, 0))) == ["[ ]"]


def test_a_summary_shows_its_corners() -> None:
    summary = SummaryValues((99, 3), 297, 0, 0, 0, 0.0, 1.0, 0.5, 0.1, (), (0, 98), (0, 1, 2), (1, 2, 3, 4, 5, 6))
    assert lines(summary) == ["1  2  3", "…  …  …", "4  5  6"]


def test_complex_elements() -> None:
    assert lines(values_of(torch.tensor([1 + 2j, 3 - 1j]))) == ["1.+2.j  3.-1.j"]


def test_what_cannot_be_listed_says_so_on_one_line() -> None:
    assert lines(OpaqueValues((2,), "sparse\n\u202etext " * 9)) == ["sparse \\u202etext spars…"]


def test_nothing_in_it_however_long_the_other_sides_are() -> None:
    assert lines(FullValues((2**40, 2**40, 0), ())) == ["[ ]"]
    assert lines(FullValues((0, 2**62, 2**62), ())) == ["[ ]"]
