"""Orders of nodes, with and without times."""

import random

from tensorpad.graph import order


def test_producers_come_first_and_times_decide_between_the_rest() -> None:
    edges = [("a", "c"), ("b", "c"), ("c", "d")]
    assert order.forward("abcd", edges, {"a": 2, "b": 1, "c": 3}) == ["b", "a", "c", "d"]


def test_what_has_no_time_comes_as_soon_as_its_producers_have() -> None:
    # `b` follows `a` and comes before `c`, which was later.
    assert order.forward("cab", [("a", "b")], {"a": 1, "c": 2}) == ["a", "b", "c"]


def test_random_graphs_are_put_in_order() -> None:
    source = random.Random(2)
    for _ in range(200):
        ids = [str(number) for number in range(source.randrange(1, 30))]
        pairs = [(source.choice(ids), source.choice(ids)) for _ in range(source.randrange(40))]
        edges = [(one, other) for one, other in pairs if int(one) < int(other)]
        times = {one: source.randrange(20) for one in ids if source.random() < 0.5}
        shuffled = source.sample(ids, len(ids))
        found = order.forward(shuffled, edges, times)
        assert sorted(found) == sorted(ids)
        assert all(found.index(one) < found.index(other) for one, other in edges)
