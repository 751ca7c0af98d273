"""Names of modules and classes, against the torch and NumPy that are installed."""

import msgspec
import numpy as np
import pytest
import torch
from tensorpad.protocol.vocabulary import TEXT_CHARS, NameRecord, Vocabulary
from tensorpad.sandbox import vocabulary


def found(path: str) -> dict[str, NameRecord]:
    return {record.name: record for record in vocabulary.names(path)}


@pytest.mark.parametrize("path", ["torch", "torch.Tensor", "torch.nn", "torch.nn.functional", "torch.optim", "numpy"])
def test_names_are_those_of_the_module_and_each_once(path: str) -> None:
    owner = eval(path, {"torch": torch, "numpy": np})
    names = [record.name for record in vocabulary.names(path)]
    assert len(names) == len(set(names)) > 10
    assert set(names) <= {name for name in dir(owner) if not name.startswith("_")}


def test_every_public_method_of_a_tensor_is_there() -> None:
    assert set(found("torch.Tensor")) == {name for name in dir(torch.Tensor) if not name.startswith("_")}


def test_every_kind_of_name_is_told_apart() -> None:
    kinds = {
        "torch.add": "function",
        "torch.relu": "function",
        "torch.Tensor": "class",
        "torch.nn": "module",
        "torch.float32": "constant",
        "torch.Tensor.add_": "method",
        "torch.Tensor.grad": "property",
        "torch.nn.Linear": "class",
        "torch.nn.functional.relu": "function",
        "numpy.linspace": "function",
    }
    for path, kind in kinds.items():
        owner, _, name = path.rpartition(".")
        assert found(owner)[name].kind == kind, path


def test_signature_and_summary_come_from_the_documentation() -> None:
    add = found("torch")["add"]
    documentation = (torch.add.__doc__ or "").strip()
    assert documentation.startswith(f"add{add.signature}")
    assert add.summary
    linear = found("torch.nn")["Linear"]
    assert linear.signature.startswith("(in_features, out_features, bias=True")
    assert "`" not in linear.summary


def test_what_is_said_elsewhere_is_told_and_formulas_are_plain() -> None:
    functions, methods = found("torch"), found("torch.Tensor")
    assert methods["mean"].summary == functions["mean"].summary != ""
    told = {
        f"{path}.{record.name}": record.summary for path in ("torch", "torch.Tensor") for record in vocabulary.names(path)
    }
    assert [name for name, summary in told.items() if "\\" in summary] == []
    assert [name for name, summary in told.items() if summary.startswith("See ") and name.startswith("torch.Tensor.")] == []
    assert functions["ge"].summary == "Computes input ≥ other element-wise."
    assert functions["arange"].summary.startswith("Returns a 1-D tensor of size ⌈(end - start)/(step) ⌉ with")


def test_imports_of_a_module_for_its_own_use_are_not_offered() -> None:
    assert not {"TYPE_CHECKING", "builtins", "ctypes", "importlib", "torch"} & set(found("torch"))
    assert not {"Callable", "Optional", "Tensor"} & set(found("torch.nn.functional"))


def test_what_is_told_fits_its_type_and_its_lengths(capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("torch", "torch.Tensor", "numpy"):
        vocabulary.print_names(path)
        for record in msgspec.json.decode(capsys.readouterr().out, type=Vocabulary):
            assert max(len(record.signature), len(record.summary)) <= TEXT_CHARS


@pytest.mark.parametrize("path", ["torch.nothing", "torch.nn.Linear.nothing"])
def test_path_to_nothing_raises(path: str) -> None:
    with pytest.raises(AttributeError):
        vocabulary.print_names(path)
