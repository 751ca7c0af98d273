"""The order of a graph's nodes, found without recursion."""

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence


def from_root(root: str, producers: Mapping[str, Sequence[str]]) -> list[str]:
    """Ids that `root` depends on, consumers before their producers, near the root first (Kahn's algorithm).

    A node is given when all of its consumers have been, so every prefix of the list is closed under "is used by". Nodes on a
    cycle, which no real graph has, follow at the end in order of discovery: each id is given once.
    """
    waiting: dict[str, int] = {root: 0}
    found = [root]
    for node in found:
        for producer in producers.get(node, ()):
            if producer in waiting:
                waiting[producer] += 1
            else:
                waiting[producer] = 1
                found.append(producer)
    ready = deque([root])
    waiting[root] = 0
    order: list[str] = []
    done: set[str] = set()
    while ready:
        node = ready.popleft()
        if node in done:
            continue
        done.add(node)
        order.append(node)
        for producer in producers.get(node, ()):
            waiting[producer] -= 1
            if waiting[producer] == 0:
                ready.append(producer)
    order.extend(node for node in found if node not in done)
    return order


def forward(ids: Iterable[str], edges: Iterable[tuple[str, str]], times: Mapping[str, int]) -> list[str]:
    """All `ids`, producers before consumers (`edges` run from producer to consumer), as near to `times` as that allows.

    What has no time of its own comes as soon as its latest producer has; what is equal keeps the order of `ids`. What lies
    on a cycle, which no real graph has, follows at the end.
    """
    places = {one: place for place, one in enumerate(ids)}
    consumers: dict[str, list[str]] = {}
    waiting = dict.fromkeys(places, 0)
    for source, target in edges:
        consumers.setdefault(source, []).append(target)
        waiting[target] += 1
    latest = {one: times.get(one, 0) for one in places}
    ready = [(latest[one], place, one) for one, place in places.items() if not waiting[one]]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        time, _, one = heapq.heappop(ready)
        order.append(one)
        for consumer in consumers.get(one, ()):
            waiting[consumer] -= 1
            if consumer not in times and latest[consumer] < time:
                latest[consumer] = time
            if not waiting[consumer]:
                heapq.heappush(ready, (latest[consumer], places[consumer], consumer))
    if len(order) < len(places):
        done = set(order)
        order.extend(one for one in places if one not in done)
    return order
