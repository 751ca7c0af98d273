"""What modules, optimisers and lists hold at the end is told, and no code of the program's is run for it."""

from tensorpad.protocol.holders import HeldRecord, HolderRecord

from tests.support.comparison import run

IMPORTS = "import torch\nfrom torch import nn\n"


def holders(program: str) -> dict[str, HolderRecord]:
    return {holder.name: holder for holder in run(IMPORTS + program).trace.holders}


def paths(held: tuple[HeldRecord, ...]) -> list[str]:
    return [one.path for one in held]


NET = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]
        self.heads = {"a": nn.Linear(2, 2, bias=False)}
        self.scale = torch.ones(2, requires_grad=True)
        self.mean = torch.zeros(2)
        self.fc = nn.Sequential(nn.Linear(2, 1))
net = Net()
"""


def test_parameters_of_a_module_have_paths() -> None:
    assert paths(holders(NET)["net"].held) == ["net.fc.0.weight", "net.fc.0.bias"]


def test_layers_in_a_plain_list_or_dictionary_are_told_apart() -> None:
    hidden = holders(NET)["net"].hidden
    assert [(one.path, one.type, one.count) for one in hidden] == [("net.layers", "list", 2), ("net.heads", "dict", 1)]
    assert paths(hidden[0].held)[::2] == ["net.layers[0].weight", "net.layers[1].weight"]
    assert paths(hidden[1].held) == ["net.heads['a'].weight"]


def test_a_leaf_that_is_a_mere_attribute_is_told_apart() -> None:
    assert paths(holders(NET)["net"].plain) == ["net.scale"]


def test_what_parameters_passes_over_has_a_name() -> None:
    names = {name for tensor in run(IMPORTS + NET).trace.tensors for name in tensor.names}
    assert {"net.scale", "net.layers[0].weight", "net.heads['a'].weight"} <= names


def test_an_optimiser_names_what_it_steps_even_if_nothing_else_does() -> None:
    course = run(IMPORTS + "opt = torch.optim.SGD(nn.Linear(2, 1).parameters(), lr=0.1)\n")
    (holder,) = course.trace.holders
    assert (holder.kind, holder.name, holder.type) == ("optimizer", "opt", "torch.optim.sgd.SGD")
    assert {held.tensor for held in holder.held} <= {tensor.id for tensor in course.trace.tensors}
    assert len(holder.held) == 2


def test_a_list_of_tensors_is_told() -> None:
    assert paths(holders("xs = [torch.ones(2), 1, torch.zeros(2)]\n")["xs"].held) == ["xs[0]", "xs[2]"]


def test_a_part_is_told_with_the_whole_only() -> None:
    assert set(holders("net = nn.Sequential(nn.Linear(2, 2))\nlayer = net[0]\nalias = net\n")) == {"net"}


def test_modules_that_contain_one_another_are_told_once() -> None:
    program = "net = nn.Sequential(nn.Linear(2, 2, bias=False))\nnet._modules['again'] = net\n"
    assert paths(holders(program)["net"].held) == ["net.0.weight"]


def test_no_code_of_the_program_is_run() -> None:
    program = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 1)
    parts = property(lambda self: print("ran"))
    def children(self): print("ran"); return iter(())
class Rows(list):
    def __iter__(self): print("ran"); return super().__iter__()
class Descent(torch.optim.SGD):
    def __getattribute__(self, name): print("ran"); return super().__getattribute__(name)
net = Net()
rows = Rows([torch.ones(2)])
opt = Descent([torch.ones(2, requires_grad=True)], lr=0.1)
print("end")
"""
    course = run(IMPORTS + program)
    assert course.printed.endswith("end\n")
    assert paths({holder.name: holder for holder in course.trace.holders}["net"].held) == ["net.fc.weight", "net.fc.bias"]
