"""Tensors on their way to Python numbers, to NumPy, or to another device."""

import re

from tensorpad.explain import edits
from tensorpad.explain.facts import Facts
from tensorpad.explain.figures import code, shape
from tensorpad.explain.findings import Edit, Finding
from tensorpad.explain.sources import spanning
from tensorpad.protocol.failures import OperandRecord

_ITEM = re.compile(r"a Tensor with (\d+) elements cannot be converted to Scalar")
_PYTHON = re.compile(r"only (?:one element tensors can be converted to Python scalars|integer tensors of a single element)")
_TRUTH = re.compile(r"Boolean value of Tensor with (more than one value|no values) is ambiguous")
_LENGTH = re.compile(r"len\(\) of a 0-d tensor")
_ITERATION = re.compile(r"iteration over a 0-d tensor")
_NUMPY = re.compile(r"[Cc]an't call numpy\(\) on Tensor that requires grad")
_NUMPY_DEVICE = re.compile(r"can't convert (\S+) device type tensor to numpy")
_DEVICES = re.compile(
    r"Expected all tensors to be on the same device|Tensor on device (\S+) is not on the expected device (\S+)!"
)
_NO_CUDA = re.compile(r"Torch not compiled with CUDA enabled|Found no NVIDIA driver|No CUDA GPUs are available")
_DEVICE_NAME = re.compile(r"device type at start of device string: (\S+)|Invalid device string: '?([^']+)")
_FROM_NUMPY = re.compile(r"expected np\.ndarray \(got (\w+)\)")
_NEGATIVE = re.compile(r"At least one stride in the given numpy array is negative")


def item(facts: Facts) -> Finding | None:
    """`item()` of several elements."""
    found = facts.match(_ITEM)
    if found is None:
        return None
    operand = facts.operands[0] if facts.operands else None
    tensor = operand.tensor if operand else None
    values = {"name": facts.label(tensor, 1), "count": found[1], "shape": code(shape(operand.shape) if operand else "?")}
    return Finding(
        "item", {**values}, (tensor,), (), facts.span, edits.change_method(facts, facts.span, "item", "tolist", "tolist")
    )


def python_number(facts: Facts) -> Finding | None:
    """`float()`, `int()`, `range()` or an index from several elements."""
    if facts.match(_PYTHON) is None:
        return None
    operand = facts.operands[0] if facts.operands else None
    tensor = operand.tensor if operand else None
    return Finding(
        "python_number",
        {"name": facts.label(tensor, 1), "shape": code(shape(operand.shape) if operand else "?"), "code": code(facts.text)},
        (tensor,),
        (),
        facts.span,
    )


def truth(facts: Facts) -> Finding | None:
    """A tensor of several elements where Python wants yes or no."""
    found = facts.match(_TRUTH)
    if found is None:
        return None
    operand = facts.operands[0] if facts.operands else None
    tensor = operand.tensor if operand else None
    if "Loss(" in facts.text:
        return Finding("loss_constructed", {"code": code(facts.text)}, (tensor,), (), facts.span, _called_twice(facts))
    rule = "truth" if found[1].startswith("more") else "truth_of_empty"
    return Finding(
        rule,
        {"name": facts.label(tensor, 1), "shape": code(shape(operand.shape) if operand else "?"), "code": code(facts.text)},
        (tensor,),
        (),
        facts.span,
    )


def length(facts: Facts) -> Finding | None:
    """`len()` of a tensor without dimensions."""
    if facts.match(_LENGTH) is None:
        return None
    tensor = _only_scalar(facts)
    return Finding("length", {"name": facts.label(tensor, 1)}, (tensor,), (), facts.span)


def iteration(facts: Facts) -> Finding | None:
    """A loop over a tensor without dimensions."""
    if facts.match(_ITERATION) is None:
        return None
    tensor = _only_scalar(facts)
    return Finding("iteration", {"name": facts.label(tensor, 1), "code": code(facts.text)}, (tensor,), (), facts.span)


def numpy_of_gradient(facts: Facts) -> Finding | None:
    """`.numpy()` of a tensor that requires a gradient."""
    if facts.match(_NUMPY) is None:
        return None
    tensor = facts.operands[0].tensor if facts.operands else None
    fix = edits.before_method(facts, facts.span, "numpy", ".detach()", "detach")
    return Finding(
        "numpy_of_gradient",
        {"name": facts.label(tensor, 1)},
        (tensor,),
        (),
        facts.span,
        fix or edits.change_name(facts, tensor, ".detach()", "detach"),
    )


def numpy_of_device(facts: Facts) -> Finding | None:
    """`.numpy()` of a tensor that is not in the memory of the CPU."""
    found = facts.match(_NUMPY_DEVICE)
    if found is None:
        return None
    tensor = facts.operands[0].tensor if facts.operands else None
    fix = edits.before_method(facts, facts.span, "numpy", ".cpu()", "cpu") if found[1].startswith("cuda") else None
    return Finding(
        "numpy_of_device", {"name": facts.label(tensor, 1), "device": code(found[1])}, (tensor,), (), facts.span, fix
    )


def devices(facts: Facts) -> Finding | None:
    """Tensors of one operation that are on different devices."""
    if facts.match(_DEVICES) is None:
        return None
    pair = _on_two_devices(facts.operands)
    if pair is None:
        return None
    left, right = pair
    moved, stays = (right, left) if right.device == "cpu" or left.device != "cpu" else (left, right)
    fix: Edit | None = None
    if stays.device != "meta":
        fix = edits.change_name(facts, moved.tensor, f'.to("{stays.device}")', "to_device")
    return Finding(
        "devices",
        {
            "left": facts.label(left.tensor, 1 + facts.operands.index(left)),
            "right": facts.label(right.tensor, 1 + facts.operands.index(right)),
            "left_device": code(left.device),
            "right_device": code(right.device),
        },
        (left.tensor, right.tensor),
        (),
        facts.span,
        fix,
    )


def no_cuda(facts: Facts) -> Finding | None:
    """CUDA where there is none."""
    if facts.match(_NO_CUDA) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    choice = '"cuda" if torch.cuda.is_available() else "cpu"'
    fix: Edit | None = None
    quoted = [one for one in tokens if one.text.strip("\"'") == "cuda" and not one.is_name]
    if len(quoted) == 1:
        fix = Edit(quoted[0].span, choice, "choose_device", {})
    elif [one.text for one in tokens[-4:]] == [".", "cuda", "(", ")"]:
        fix = Edit(spanning(tokens[-3].span, tokens[-1].span), f"to({choice})", "choose_device", {})
    return Finding("no_cuda", {}, tuple(one.tensor for one in facts.operands[:1]), (), facts.span, fix)


def device_name(facts: Facts) -> Finding | None:
    """A device that torch does not know."""
    found = facts.match(_DEVICE_NAME)
    if found is None:
        return None
    name = (found[1] or found[2]).strip("'\"")
    tokens = [one for one in facts.sources.tokens(facts.span) if one.text.strip("\"'") == name and not one.is_name]
    fix: Edit | None = None
    if len(tokens) == 1 and name.lower() in ("gpu", "nvidia"):
        fix = Edit(tokens[0].span, '"cuda" if torch.cuda.is_available() else "cpu"', "choose_device", {})
    return Finding("device_name", {"name": code(name)}, (), (), facts.span, fix)


def from_numpy(facts: Facts) -> Finding | None:
    """`from_numpy` of something that is no array."""
    found = facts.match(_FROM_NUMPY)
    if found is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    fix = next((Edit(one.span, "tensor", "from_list", {}) for one in tokens if one.text == "from_numpy"), None)
    return Finding("from_numpy", {"kind": code(found[1])}, (), (), facts.span, fix)


def negative_strides(facts: Facts) -> Finding | None:
    """A NumPy array that is read backwards."""
    if facts.match(_NEGATIVE) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    if facts.sources.closing(facts.span) is not None and not any(one.text == "," for one in tokens[-2:]):
        place = facts.sources.closing(facts.span)
        fix = place and Edit(place[0], ".copy()", "copy_array", {})
    return Finding("negative_strides", {}, (), (), facts.span, fix)


def _only_scalar(facts: Facts) -> str | None:
    if facts.operands:
        return facts.operands[0].tensor
    used = {one.text for one in facts.sources.tokens(facts.span) if one.is_name}
    found = [one.id for one in facts.trace.tensors if not one.shape and used.intersection(one.names)]
    return found[0] if len(found) == 1 else None


def _on_two_devices(operands: tuple[OperandRecord, ...]) -> tuple[OperandRecord, OperandRecord] | None:
    for right in operands[1:]:
        if right.device != operands[0].device:
            return operands[0], right
    return None


def _called_twice(facts: Facts) -> Edit | None:
    """`nn.MSELoss(a, b)` as `nn.MSELoss()(a, b)`."""
    tokens = facts.sources.tokens(facts.span)
    for index, one in enumerate(tokens[:-1]):
        if one.text.endswith("Loss") and tokens[index + 1].text == "(":
            return Edit(spanning(tokens[index + 1].span, tokens[index + 1].span), "()(", "construct_first", {})
    return None


RULES = (
    item,
    python_number,
    truth,
    length,
    iteration,
    numpy_of_gradient,
    numpy_of_device,
    devices,
    no_cuda,
    device_name,
    from_numpy,
    negative_strides,
)
