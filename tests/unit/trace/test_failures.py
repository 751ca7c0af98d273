"""The last torch call that raised, with what it was given."""

import pytest
from tensorpad.protocol.failures import FailureRecord
from tensorpad.protocol.records import Span

from tests.support.comparison import plainly, run, traced


def failure(source: str) -> FailureRecord:
    """The failure of a program."""
    record = run(source).trace.failure
    assert record is not None
    return record


def test_operands_are_told_as_they_stood() -> None:
    record = failure("a = torch.ones(3, 2, dtype=torch.float64).t()\na.add_(1)\na.view(-1)")
    (operand,) = record.operands
    assert (record.name, record.span) == ("torch.Tensor.view", Span(0, 3, 0, 3, 10))
    assert (operand.argument, operand.shape, operand.stride) == ("0", (2, 3), (1, 2))
    assert (operand.dtype, operand.device, operand.version) == ("torch.float64", "cpu", 1)
    assert operand.base is not None


def test_members_of_a_list_and_keywords_have_their_places() -> None:
    record = failure("torch.cat([torch.ones(2), torch.ones(2, 2)], dim=0)")
    assert [operand.argument for operand in record.operands] == ["0[0]", "0[1]"]
    assert [(argument.name, argument.text) for argument in record.arguments] == [("dim", "0")]


def test_call_of_the_program_is_told_and_not_what_it_is_made_of() -> None:
    record = failure("import torch.nn.functional as F\nF.cross_entropy(torch.ones(2, 3), torch.ones(2))")
    assert record.name == "torch.nn.functional.cross_entropy"


def test_failure_in_a_hook_is_that_of_the_hook() -> None:
    record = failure(
        "x = torch.ones(3, requires_grad=True)\ny = x * 2\n"
        "y.register_hook(lambda grad: grad + torch.ones(4))\ny.sum().backward()"
    )
    assert record.span == Span(0, 3, 29, 3, 49)


def test_caught_failure_is_replaced_by_the_next() -> None:
    record = failure("try:\n    torch.ones(2) + torch.ones(3)\nexcept RuntimeError:\n    pass\ntorch.ones(2).view(5)")
    assert record.name == "torch.Tensor.view"


def test_program_without_a_failure_has_none() -> None:
    assert run("torch.ones(2)").trace.failure is None


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ntorch.ones(2) + torch.ones(3)",
        "import torch\ntry:\n    torch.ones(2) + torch.ones(3)\nexcept RuntimeError as error:\n"
        "    print(error.__context__, error.__cause__, error.args)\n    raise ValueError('mine') from error",
        "import torch, weakref\n"
        "def f():\n    t = torch.ones(2)\n    seen.append(weakref.ref(t))\n    t + torch.ones(3)\n"
        "seen = []\ntry:\n    f()\nexcept RuntimeError:\n    pass\nprint(seen[0]())",
        "import torch, sys\ntry:\n    torch.ones(2).view(5)\nexcept RuntimeError:\n    pass\nprint(sys.exc_info())",
    ],
)
def test_exception_is_what_it_is_in_plain_python(source: str) -> None:
    assert traced(source) == plainly(source)


def test_an_arguments_own_text_is_not_asked_for() -> None:
    source = (
        "import torch\nclass Own:\n    def __repr__(self):\n        print('asked')\n        return ''\n"
        "try:\n    torch.ones(2).view(Own())\nexcept TypeError:\n    pass"
    )
    assert run(source).printed == plainly(source) == ""


def test_module_that_raised_by_itself_is_told_with_its_parameters() -> None:
    record = failure("lstm = torch.nn.LSTM(5, 7, batch_first=True)\nx = torch.ones(3, 4, 6)\nlstm(x)")
    assert record.name == "torch.nn.LSTM"
    assert {operand.argument: operand.shape for operand in record.operands}["0"] == (3, 4, 6)
    assert {operand.argument: operand.shape for operand in record.operands}["weight_ih_l0"] == (28, 5)
    assert {argument.name: argument.text for argument in record.arguments}["batch_first"] == "True"


def test_function_that_raised_inside_a_module_is_told_before_the_module() -> None:
    assert failure("torch.nn.Linear(3, 2)(torch.ones(4, 5))").name == "torch.nn.functional.linear"


@pytest.mark.parametrize(
    "source",
    [
        "class Own(torch.nn.Module):\n    def forward(self, x):\n        raise ValueError(x.shape)\nOwn()(torch.ones(2))",
        "net = torch.nn.Linear(2, 2)\ndef hook(module, given):\n    raise ValueError('no')\n"
        "net.register_forward_pre_hook(hook)\nnet(torch.ones(1, 2))",
    ],
)
def test_module_is_not_blamed_for_what_code_of_the_program_raised(source: str) -> None:
    assert run(source).trace.failure is None


def test_module_fails_as_it_would_in_plain_python() -> None:
    source = "import torch\nlstm = torch.nn.LSTM(5, 7)\nx = torch.ones(3, 4, 6)\nlstm(x)"
    assert plainly(source) == traced(source)
