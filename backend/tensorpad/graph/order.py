"""The order of a graph's nodes, found without recursion."""

from collections import deque
from collections.abc import Mapping, Sequence


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
