"""Groups from the modules that operations name."""

from tensorpad.graph.model import Edge, Node
from tensorpad.graph.modules import groups
from tensorpad.protocol.steps import ModuleRecord, OperationRecord


def operation(name: str, path: str, call: int, kind: str = "Linear", parent: str | None = None) -> OperationRecord:
    return OperationRecord(name, "op", None, None, (), (), parent=parent, module=ModuleRecord(path, kind, call))


def grouped(*operations: OperationRecord, inputs: dict[str, list[str]] | None = None) -> tuple[list[str], dict[str, str]]:
    """Labels of the groups with those around them, and of the group of each node. Operation `op3` is node `f3`."""
    nodes = [Node(one.id.replace("op", "f"), "operation", one.id, operation=one.id) for one in operations]
    leaves = [Node(name, "parameter", name) for name in inputs or {}]
    edges = [Edge("", name, target) for name, targets in (inputs or {}).items() for target in targets]
    known = {one.id: one for one in operations}
    made_in = {node.id: known[node.operation] for node in nodes if node.operation}
    found, membership = groups([*leaves, *nodes], edges, made_in, known)
    labels = {group.id: f"{group.label}#{group.call}" for group in found}
    around = [f"{labels[group.parent]}/{labels[group.id]}" if group.parent else labels[group.id] for group in found]
    return around, {name: labels[group] for name, group in membership.items()}


def test_a_path_makes_groups_within_groups() -> None:
    own = operation("op1", "net", 1, "Net")
    around, inside = grouped(own, operation("op2", "net.a", 2), operation("op3", "net.a", 2), operation("op4", "net", 1))
    assert around == ["net#1", "net#1/net.a#2"]
    assert inside == {"f1": "net#1", "f2": "net.a#2", "f3": "net.a#2", "f4": "net#1"}


def test_two_calls_of_one_module_are_two_groups() -> None:
    around, _ = grouped(*(operation(f"op{place}", "net", 1 + place // 3) for place in range(6)))
    assert around == ["net#1", "net#2"]


def test_a_call_goes_on_after_an_inner_one() -> None:
    calls = [("net", 1), ("net.a", 2), ("net.a", 2), ("net", 1), ("net.a", 3), ("net.a", 3)]
    around, _ = grouped(*(operation(f"op{place}", *call) for place, call in enumerate(calls)))
    assert around == ["net#1", "net#1/net.a#2", "net#1/net.a#3"]


def test_operations_around_tell_the_calls_of_prefixes() -> None:
    outer = [operation("op90", "net", 7, "Sequential"), operation("op91", "net", 8, "Sequential")]
    inner = [operation(f"op{place}", "net.0", 10 + place // 2, parent=f"op9{place // 2}") for place in range(4)]
    around, inside = grouped(*outer, *inner)
    assert around == ["net#7", "net#8", "net#7/net.0#10", "net#8/net.0#11"]
    assert inside["f3"] == "net.0#11"


def test_a_group_of_one_node_is_left_out_and_its_node_belongs_to_the_next() -> None:
    around, inside = grouped(operation("op1", "net.act", 2), operation("op2", "net.fc", 3), operation("op3", "net.fc", 3))
    assert around == ["net#None", "net#None/net.fc#3"]
    assert inside["f1"] == "net#None"


def test_parameters_belong_where_all_their_uses_are() -> None:
    operations = [operation("op1", "net.a", 1), operation("op2", "net.a", 1), operation("op3", "net.b", 2)]
    inputs = {"t1": ["f1", "f2"], "t2": ["f2", "f3"], "t3": ["f3"]}
    _, inside = grouped(*operations, inputs=inputs)
    assert (inside["t1"], inside["t2"], inside["t3"]) == ("net.a#1", "net#None", "net.b#2")


def test_without_modules_there_are_no_groups() -> None:
    assert grouped(OperationRecord("op1", "op", None, None, (), ())) == ([], {})
