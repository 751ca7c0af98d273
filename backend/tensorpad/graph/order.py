"""The order of a graph's nodes, found without recursion. Graphs have no cycles: the check of a trace refuses them."""

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence


def from_root(root: str, producers: Mapping[str, Sequence[str]]) -> list[str]:
    """Ids that `root` depends on, consumers before their producers, near the root first (Kahn's algorithm).

    A node comes after all of its consumers, so every prefix of the list is closed under "is used by".
    """
    waiting: dict[str, int] = {}
    reached = [root]
    for node in reached:
        for producer in producers.get(node, ()):
            if producer not in waiting:
                reached.append(producer)
            waiting[producer] = waiting.get(producer, 0) + 1
    ready = deque([root])
    order: list[str] = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for producer in producers.get(node, ()):
            waiting[producer] -= 1
            if waiting[producer] == 0:
                ready.append(producer)
    return order


def forward(ids: Iterable[str], edges: Iterable[tuple[str, str]], times: Mapping[str, int]) -> list[str]:
    """All `ids`, producers before consumers (`edges` run from producer to consumer), as near to `times` as that allows.

    A node without a time comes as soon as its latest producer has. Equal nodes keep the order of `ids`.
    """
    indices = {node: index for index, node in enumerate(ids)}
    consumers: dict[str, list[str]] = {}
    waiting = dict.fromkeys(indices, 0)
    for source, target in edges:
        consumers.setdefault(source, []).append(target)
        waiting[target] += 1
    latest = {node: times.get(node, 0) for node in indices}
    ready = [(latest[node], index, node) for node, index in indices.items() if not waiting[node]]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        time, _, node = heapq.heappop(ready)
        order.append(node)
        for consumer in consumers.get(node, ()):
            waiting[consumer] -= 1
            if consumer not in times and latest[consumer] < time:
                latest[consumer] = time
            if not waiting[consumer]:
                heapq.heappush(ready, (latest[consumer], indices[consumer], consumer))
    return order
