"""Rounds in sequences."""

import random
from collections.abc import Hashable

import pytest
from tensorpad.graph.repetition import ROUNDS, Rounds, find


class Counted:
    """A key that counts how often it is compared."""

    compared = 0

    def __init__(self, key: Hashable) -> None:
        self.key = key

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return isinstance(other, Counted) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def test_a_loop_between_other_things_is_found() -> None:
    assert find("pq" + "abc" * 5 + "xy", 100) == [Rounds(2, 3, 5)]


def test_a_round_that_breaks_off_is_told() -> None:
    assert find("abc" * 5 + "ab", 100) == [Rounds(0, 3, 5, 2)]
    assert Rounds(0, 3, 5, 2).turned(2) == Rounds(2, 3, 5, 0)


def test_few_rounds_are_left_alone() -> None:
    assert find("ab" * (ROUNDS - 1), 100) == []
    assert find("abcdefgh", 100) == []
    assert find("", 100) == []


def test_rounds_within_rounds_are_found_one_after_another() -> None:
    found = find("aaaab" * 6, 100)
    assert found == [Rounds(start, 1, 4) for start in range(0, 30, 5)]
    folded = "".join("Ab" for _ in found)
    assert find(folded, 100) == [Rounds(0, 2, 6)]


def test_a_key_that_comes_twice_a_round_does_not_hide_it() -> None:
    assert find("abac" * 7, 100) == [Rounds(0, 4, 7)]


def test_rounds_are_no_longer_than_asked_for() -> None:
    assert find("abcdef" * 9, 5) == []


def test_what_is_found_repeats_and_does_not_overlap() -> None:
    source = random.Random(3)
    for _ in range(300):
        keys = [source.choice("ab") for _ in range(source.randrange(60))]
        keys += source.choices("abc", k=source.randrange(1, 6)) * source.randrange(1, 9)
        end = 0
        for run in find(keys, 50):
            assert run.count >= ROUNDS
            assert run.start >= end
            end = run.end + run.more
            assert end <= len(keys)
            assert all(keys[place] == keys[place - run.period] for place in range(run.start + run.period, end))


@pytest.mark.long
def test_comparisons_grow_with_length_even_where_little_repeats() -> None:
    source = random.Random(4)
    for length in (1_000, 10_000, 100_000):
        for alphabet in (2, 30, length // 4):
            keys = [Counted(source.randrange(alphabet)) for _ in range(length)]
            Counted.compared = 0
            find(keys, 1_000)
            # Looking a key up compares it too.
            assert Counted.compared <= 40 * length
