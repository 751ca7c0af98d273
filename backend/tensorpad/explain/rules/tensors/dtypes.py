"""Types of elements that do not go together, or cannot do what is asked of them."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.program.sources import after
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding
from tensorpad.protocol.failures import OperandRecord

_PRODUCT = re.compile(
    r"expected m1 and m2 to have the same dtype|mat1 and mat2 must have the same dtype"
    r"|expected both vectors to have same dtype"
    r"|expected scalar type \w+ but found \w+|Input type \(.*\) and (?:weight|bias) type \(.*\) should be the same"
)
_CAST = re.compile(r"result type (\w+) can't be cast to the desired output type (\w+)")
_GRADIENT = re.compile(r"[Oo]nly Tensors of floating point (?:and complex )?dtype can require gradients")
_INTEGERS = re.compile(
    r"could not infer output dtype|only support floating point and complex dtypes"
    r"|Expected a floating point or complex tensor"
    r"|not implemented for '(?:Long|Int|Short|Char|Byte|Bool)'"
)
_BOOL = re.compile(r"(Subtraction|Negation), the `-` operator,")
_MASK = re.compile(
    r"expected condition to be a boolean tensor|only supports boolean masks|expects condition to be a boolean"
)
_STRINGS = re.compile(r"too many dimensions 'str'|can't convert np\.ndarray of type numpy\.(?:str_|object_)")
_NONE = re.compile(r"Could not infer dtype of (\w+)")


def product(facts: Facts) -> Finding | None:
    """A product of tensors of two dtypes."""
    if facts.match(_PRODUCT) is None:
        return None
    pair = _differing(_factors(facts))
    if pair is None:
        return None
    left, right = pair
    # A layer's parameters stay, and so does what requires a gradient; integers become what the other is.
    first = _is_layer(facts) or not is_floating(left.dtype) or (right.requires_grad and not left.requires_grad)
    changed, kept = (left, right) if first else (right, left)
    return Finding(
        "product_dtype",
        {
            "left": facts.label(left.tensor, 1 + facts.operands.index(left)),
            "right": facts.label(right.tensor, 1 + facts.operands.index(right)),
            "left_dtype": code(left.dtype),
            "right_dtype": code(right.dtype),
        },
        (left.tensor, right.tensor),
        (),
        facts.span,
        # A complex number made real loses its imaginary part.
        None
        if changed.dtype.startswith("torch.complex")
        else edits.change_operand(facts, changed.tensor, f".to({kept.dtype})", "to_dtype"),
    )


def cast_in_place(facts: Facts) -> Finding | None:
    """A result whose dtype the written tensor cannot store."""
    match = facts.match(_CAST)
    if match is None or not facts.operands:
        return None
    written = facts.operands[0]
    return Finding(
        "cast_in_place",
        {"name": facts.label(written.tensor, 1), "dtype": code(written.dtype), "result": code(match[1].lower())},
        (written.tensor,),
        (),
        facts.span,
        edits.out_of_place(facts, facts.span),
    )


def gradient_of_integers(facts: Facts) -> Finding | None:
    """Integers that are to require a gradient."""
    if facts.match(_GRADIENT) is None:
        return None
    dtype = facts.operands[0].dtype if facts.operands else "torch.int64"
    tensor = facts.first_tensor
    fix: Edit | None = edits.before_method(facts, facts.span, "requires_grad_", ".float()", "to_float")
    if facts.text.startswith(("nn.Parameter(", "torch.nn.Parameter(")):
        sole = edits.sole_argument(facts)
        fix = Edit(after(sole), ".float()", "to_float", {}) if sole and facts.sources.text(sole).endswith(")") else None
    elif fix is None and facts.text.endswith(")"):
        fix = edits.add_argument(facts, facts.span, "dtype=torch.float32", "as_floats")
    return Finding("gradient_of_integers", {"dtype": code(dtype)}, (tensor,), (), facts.span, fix)


def integers(facts: Facts) -> Finding | None:
    """A function of real numbers that is asked of integers."""
    if facts.match(_INTEGERS) is None or facts.failure is None or not facts.operands:
        return None
    operand = facts.operands[0]
    if is_floating(operand.dtype):
        return None
    function = facts.function
    fix = edits.before_method(facts, facts.span, function, ".float()", "to_float")
    return Finding(
        "integers",
        {"function": code(function), "name": facts.label(operand.tensor, 1), "dtype": code(operand.dtype)},
        (operand.tensor,),
        (),
        facts.span,
        fix
        if not facts.text.startswith(("torch.", "F."))
        else edits.change_name(facts, operand.tensor, ".float()", "to_float"),
    )


def booleans(facts: Facts) -> Finding | None:
    """`-` with a mask."""
    match = facts.match(_BOOL)
    if match is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    if match[1] == "Negation" and tokens and tokens[0].text == "-":
        fix = Edit(tokens[0].span, "~", "invert", {})
    masks = [operand for operand in facts.operands if operand.dtype == "torch.bool"]
    return Finding("booleans", {}, tuple(tensor.tensor for tensor in masks), (), facts.span, fix)


def mask(facts: Facts) -> Finding | None:
    """A condition or mask that is not boolean."""
    if facts.match(_MASK) is None:
        return None
    wrong = (
        facts.operands[1]
        if facts.called("masked_fill", "masked_fill_", "masked_select") and len(facts.operands) > 1
        else None
    )
    wrong = wrong or (facts.first_operand)
    if wrong is None:
        return None
    return Finding(
        "mask_dtype",
        {"name": facts.label(wrong.tensor, 1 + facts.operands.index(wrong)), "dtype": code(wrong.dtype)},
        (wrong.tensor,),
        (),
        facts.span,
        edits.change_name(facts, wrong.tensor, ".bool()", "to_bool"),
    )


def strings(facts: Facts) -> Finding | None:
    """Text that is to become a tensor."""
    if facts.match(_STRINGS) is None:
        return None
    return Finding("strings", {}, (), (), facts.span)


def no_number(facts: Facts) -> Finding | None:
    """None, or another object that is no number, in the data of a tensor."""
    match = facts.match(_NONE)
    if match is None:
        return None
    return Finding("no_number", {"kind": code(match[1])}, (), (), facts.span)


def _differing(operands: tuple[OperandRecord, ...]) -> tuple[OperandRecord, OperandRecord] | None:
    for right in operands[1:]:
        if right.dtype != operands[0].dtype:
            return operands[0], right
    return None


def _factors(facts: Facts) -> tuple[OperandRecord, ...]:
    """The tensors that a product multiplies: they must have one dtype. Of any other function nothing is known here."""
    if facts.called("addmm", "addmv", "baddbmm", "addbmm", "addr"):
        return facts.operands[:3]
    names = (
        "matmul",
        "mm",
        "bmm",
        "mv",
        "dot",
        "vdot",
        "inner",
        "rmatmul",
        "__rmatmul__",
        "__matmul__",
        "einsum",
        "tensordot",
    )
    others = ("linear", "bilinear", "conv1d", "conv2d", "conv3d", "baddbmm", "cdist", "scaled_dot_product_attention")
    return facts.operands if facts.called(*names, *others) else ()


def _is_layer(facts: Facts) -> bool:
    return facts.called("linear", "conv1d", "conv2d", "conv3d", "bilinear")


RULES = (product, cast_in_place, gradient_of_integers, integers, booleans, mask, strings, no_number)
