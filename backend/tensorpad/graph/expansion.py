"""What is to be open of a folded graph, by the names of what is folded: all of it, folded nodes, and modules."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tensorpad.graph.model import Choice, Graph

ALL = "all"


class NothingToExpand(ValueError):
    """A name stands for nothing in the graph; `known` has those that do."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"the graph has no folded node or module {name!r}")
        self.name = name
        self.known = known


def chosen(whole: Graph, folded: Graph, choice: Choice, names: Sequence[str]) -> Choice:
    """`choice` with more nodes open: those that `names` stand for in `folded`, which is `whole` folded by `choice`.

    A name is `all`, the id of a folded node (`k1`), or the id or path of a module (`m2`, `model.0`). Raises NothingToExpand.
    """
    if ALL in names:
        return replace(choice, open=choice.open | {node.id for node in whole.nodes})
    members = _members(whole, folded)
    missing = next((name for name in names if name not in members), None)
    if missing is not None:
        raise NothingToExpand(missing, list(members))
    return replace(choice, open=choice.open.union(*(members[name] for name in names)))


def _members(whole: Graph, folded: Graph) -> Mapping[str, set[str]]:
    """The nodes that each name stands for. Those of the calls of one module have its path together."""
    members: dict[str, set[str]] = {fold.id: set(fold.members) for fold in folded.folded}
    groups = {group.id: group for group in whole.groups}
    for node in whole.nodes:
        around = node.group
        while around is not None:
            group = groups[around]
            members.setdefault(group.id, set()).add(node.id)
            members.setdefault(group.label, set()).add(node.id)
            around = group.parent
    return members
