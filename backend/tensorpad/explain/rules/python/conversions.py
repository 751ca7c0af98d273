"""Tensors on their way to NumPy or to another device."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding
from tensorpad.protocol.failures import OperandRecord

_NUMPY = re.compile(r"[Cc]an't call numpy\(\) on Tensor that requires grad")
_NUMPY_DEVICE = re.compile(r"can't convert (\S+) device type tensor to numpy")
_DEVICES = re.compile(
    r"Expected all tensors to be on the same device|Tensor on device (\S+) is not on the expected device (\S+)!"
)
_NO_CUDA = re.compile(r"Torch not compiled with CUDA enabled|Found no NVIDIA driver|No CUDA GPUs are available")
_DEVICE_NAME = re.compile(r"device type at start of device string: (\S+)|Invalid device string: '?([^']+)")
_FROM_NUMPY = re.compile(r"expected np\.ndarray \(got (\w+)\)")
_NEGATIVE = re.compile(r"At least one stride in the given numpy array is negative")


def numpy_of_gradient(facts: Facts) -> Finding | None:
    """`.numpy()` of a tensor that requires a gradient."""
    if facts.match(_NUMPY) is None:
        return None
    tensor = facts.first_tensor
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
    match = facts.match(_NUMPY_DEVICE)
    if match is None:
        return None
    tensor = facts.first_tensor
    fix = edits.before_method(facts, facts.span, "numpy", ".cpu()", "cpu") if match[1].startswith("cuda") else None
    return Finding(
        "numpy_of_device", {"name": facts.label(tensor, 1), "device": code(match[1])}, (tensor,), (), facts.span, fix
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
    """CUDA on a machine without it."""
    if facts.match(_NO_CUDA) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    choice = '"cuda" if torch.cuda.is_available() else "cpu"'
    fix: Edit | None = None
    quoted = [token for token in tokens if token.text.strip("\"'") == "cuda" and not token.is_name]
    if len(quoted) == 1:
        fix = Edit(quoted[0].span, choice, "choose_device", {})
    elif [token.text for token in tokens[-4:]] == [".", "cuda", "(", ")"]:
        fix = Edit(spanning(tokens[-3].span, tokens[-1].span), f"to({choice})", "choose_device", {})
    return Finding("no_cuda", {}, facts.operand_tensors[:1], (), facts.span, fix)


def device_name(facts: Facts) -> Finding | None:
    """A device that torch does not know."""
    match = facts.match(_DEVICE_NAME)
    if match is None:
        return None
    name = (match[1] or match[2]).strip("'\"")
    tokens = [token for token in facts.sources.tokens(facts.span) if token.text.strip("\"'") == name and not token.is_name]
    fix: Edit | None = None
    if len(tokens) == 1 and name.lower() in ("gpu", "nvidia"):
        fix = Edit(tokens[0].span, '"cuda" if torch.cuda.is_available() else "cpu"', "choose_device", {})
    return Finding("device_name", {"name": code(name)}, (), (), facts.span, fix)


def from_numpy(facts: Facts) -> Finding | None:
    """`from_numpy` of something that is no array."""
    match = facts.match(_FROM_NUMPY)
    if match is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    fix = next((Edit(token.span, "tensor", "from_list", {}) for token in tokens if token.text == "from_numpy"), None)
    return Finding("from_numpy", {"kind": code(match[1])}, (), (), facts.span, fix)


def negative_strides(facts: Facts) -> Finding | None:
    """A NumPy array that is read backwards."""
    if facts.match(_NEGATIVE) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    closing = facts.sources.closing(facts.span)
    if closing is not None and not any(token.text == "," for token in tokens[-2:]):
        fix = Edit(closing[0], ".copy()", "copy_array", {})
    return Finding("negative_strides", {}, (), (), facts.span, fix)


def _on_two_devices(operands: tuple[OperandRecord, ...]) -> tuple[OperandRecord, OperandRecord] | None:
    for right in operands[1:]:
        if right.device != operands[0].device:
            return operands[0], right
    return None


RULES = (
    numpy_of_gradient,
    numpy_of_device,
    devices,
    no_cuda,
    device_name,
    from_numpy,
    negative_strides,
)
