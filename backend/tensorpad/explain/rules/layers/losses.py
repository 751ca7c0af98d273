"""Losses that compare a prediction with a target element by element, and the settings of all losses."""

import re
from itertools import pairwise

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.words.figures import aligned, code, shape
from tensorpad.explain.words.findings import Dimension, Edit, Finding, Value
from tensorpad.protocol.failures import OperandRecord
from tensorpad.protocol.records import Span

_BINARY_SHAPE = re.compile(r"Target size \(.*\) must be the same as input size|Using a target size \(.*\) is deprecated")
_CAST = re.compile(r"result type \w+ can't be cast to the desired output type")
_FOUND = re.compile(r"Found dtype (\w+) but expected (\w+)")
_PREDICTION_RANGE = re.compile(r"all elements of input should be between 0 and 1")
_TARGET_RANGE = re.compile(r"all elements of target should be between 0 and 1")
_REDUCTION = re.compile(r"^(\w+) is not a valid value for reduction")
_DIVERGENCE = re.compile(r"kl_div: Integral inputs not supported")
_TRIPLET = re.compile(r"The anchor, positive, and negative tensors are expected to have the same number of dimensions")
_PAIRS = re.compile(
    r"0D or 1D target tensor expected|\dD target tensor expects \dD input tensors"
    r"|margin_ranking_loss : All input tensors should have same dimension"
)
_CTC = re.compile(
    r"Expected (input_lengths) to have value at most (\d+), but got value (\d+)"
    r"|Expected tensor to have size at least (\d+) at dimension 1, but got size (\d+) for argument #2 'targets'"
    r"|(input_lengths|target_lengths) must be (?:of size batch_size|integral)"
)
_DELTA = re.compile(r"(?:delta|beta) must be a float or int, got: <class 'torch\.Tensor'>")
_TRUTH = re.compile(r"Boolean value of Tensor with more than one value is ambiguous")
_CONSTRUCTED = re.compile(r"[\w.]{0,99}Loss(?=\()")
_NO_BACKWARD = re.compile(r"^'(\w+Loss)' object has no attribute '(backward|item|detach)'")
_NAMES = 20
_BINARY = ("binary_cross_entropy", "binary_cross_entropy_with_logits")
_REDUCTIONS = {"avg": "mean", "average": "mean", "add": "sum", "total": "sum", "no": "none", "None": "none"}


def binary_shape(facts: Facts) -> Finding | None:
    """A binary loss whose target has another shape than the prediction."""
    pair = _pair(facts)
    if facts.match(_BINARY_SHAPE) is None or pair is None:
        return None
    prediction, target = pair
    fix: Edit | None = None
    if (*target.shape, 1) == prediction.shape:
        fix = edits.change_operand(facts, target.tensor, ".unsqueeze(-1)", "new_dimension")
    elif target.shape == (*prediction.shape, 1):
        fix = edits.change_operand(facts, target.tensor, ".squeeze(-1)", "squeeze")
    return Finding(
        "binary_shape",
        {
            "function": code(facts.function),
            "prediction": facts.labelled(prediction),
            "target": facts.labelled(target),
            "shape": code(shape(prediction.shape)),
            "target_shape": code(shape(target.shape)),
            "figure": aligned(facts.rows(pair)),
        },
        (prediction.tensor, target.tensor),
        tuple(Dimension(one.tensor, len(one.shape) - 1) for one in pair if len(one.shape) == 2),
        facts.span,
        fix,
    )


def binary_dtype(facts: Facts) -> Finding | None:
    """A binary loss whose target is of another dtype than the prediction."""
    pair = _pair(facts)
    if not (facts.match(_CAST) or facts.match(_FOUND)) or pair is None or not facts.called(*_BINARY):
        return None
    prediction, target = pair
    if prediction.dtype == target.dtype or not is_floating(prediction.dtype):
        return None
    return Finding(
        "binary_dtype",
        {
            "function": code(facts.function),
            "prediction": facts.labelled(prediction),
            "target": facts.labelled(target),
            "dtype": code(prediction.dtype),
            "target_dtype": code(target.dtype),
        },
        (prediction.tensor, target.tensor),
        (),
        facts.span,
        edits.change_operand(facts, target.tensor, conversion(prediction.dtype), "to_dtype"),
    )


def dtype_in_backward(facts: Facts) -> Finding | None:
    """A loss that took integers as its target, and finds out in the backward pass."""
    if facts.match(_FOUND) is None or facts.failed_pass is None:
        return None
    suspects = [
        (operation, prediction, target)
        for operation in facts.trace.operations
        if operation.name.rpartition(".")[2] in ("huber_loss", "smooth_l1_loss") and len(operation.inputs) == 2
        for prediction, target in [facts.inputs(operation)]
        if prediction.layout.dtype != target.layout.dtype
    ]
    if len({(prediction.id, target.id) for _, prediction, target in suspects}) != 1:
        return None
    operation, prediction, target = suspects[0]
    dtype = prediction.layout.dtype
    return Finding(
        "loss_dtype_in_backward",
        {
            "code": facts.source(operation),
            "line": operation.span.line if operation.span else 0,
            "target": facts.label(target.id, 2),
            "target_dtype": code(target.layout.dtype),
            "prediction": facts.label(prediction.id, 1),
            "dtype": code(dtype),
        },
        (target.id, prediction.id),
        (),
        operation.span,
        edits.change_name(facts, target.id, conversion(dtype), "to_dtype", operation.span),
    )


def prediction_range(facts: Facts) -> Finding | None:
    """`BCELoss` of scores that are no probabilities."""
    prediction = facts.operand("0", "input")
    if facts.match(_PREDICTION_RANGE) is None or prediction is None:
        return None
    maker = facts.makers.get(prediction.tensor or "")
    squashed = maker is not None and maker.name.rpartition(".")[2] in ("sigmoid", "softmax", "clamp", "sigmoid_")
    return Finding(
        "probability_range",
        {"function": code(facts.function), "prediction": facts.labelled(prediction)},
        (prediction.tensor,),
        (),
        facts.span,
        None if squashed else _with_logits(facts),
    )


def target_range(facts: Facts) -> Finding | None:
    """`BCELoss` of targets that are no probabilities."""
    target = facts.operand("1", "target")
    if facts.match(_TARGET_RANGE) is None or target is None:
        return None
    values = {"function": code(facts.function), "target": facts.labelled(target)}
    return Finding("target_probability_range", {**values}, (target.tensor,), (), facts.span)


def reduction(facts: Facts) -> Finding | None:
    """A reduction that there is not."""
    match = facts.match(_REDUCTION)
    if match is None:
        return None
    name = _REDUCTIONS.get(match[1])
    words = [span for cell in range(len(facts.sources.cells)) for span in _strings(facts, cell, match[1])]
    fix: Edit | None = None
    if name is not None and len(words) == 1:
        fix = Edit(words[0], f'"{name}"', "rename", {"name": code(match[1]), "guess": code(name)})
    return Finding("loss_reduction", {"name": code(match[1])}, (), (), facts.span, fix)


def divergence(facts: Facts) -> Finding | None:
    """`kl_div` of integers."""
    if facts.match(_DIVERGENCE) is None:
        return None
    wrong = next((operand for operand in facts.operands if not is_floating(operand.dtype)), None)
    if wrong is None:
        return None
    values = {"name": facts.labelled(wrong), "dtype": code(wrong.dtype)}
    fix = edits.change_operand(facts, wrong.tensor, ".float()", "to_dtype")
    return Finding("divergence_of_integers", {**values}, (wrong.tensor,), (), facts.span, fix)


def several(facts: Facts) -> Finding | None:
    """A loss of three tensors whose numbers of dimensions do not go together."""
    names = ("triplet_margin_loss", "cosine_embedding_loss", "margin_ranking_loss")
    if not (facts.match(_TRIPLET) or facts.match(_PAIRS)) or not facts.called(*names) or len(facts.operands) < 3:
        return None
    triplet = facts.called("triplet_margin_loss")
    return Finding(
        "triplet_dimensions" if triplet else "pair_target",
        {"function": code(facts.function), "figure": aligned(facts.rows(facts.operands[:3]))},
        facts.operand_tensors[:3],
        (),
        facts.span,
    )


def ctc(facts: Facts) -> Finding | None:
    """Lengths that a CTC loss cannot have."""
    match = facts.match(_CTC)
    scores, targets = facts.operand("0", "log_probs"), facts.operand("1", "targets")
    if match is None or not facts.called("ctc_loss") or scores is None or targets is None or len(scores.shape) < 2:
        return None
    return Finding(
        "ctc_lengths",
        {
            "scores": facts.labelled(scores),
            "shape": code(shape(scores.shape)),
            "steps": scores.shape[0],
            "batch": scores.shape[1] if len(scores.shape) == 3 else 1,
            "targets": facts.labelled(targets),
            "target_shape": code(shape(targets.shape)),
        },
        (scores.tensor, targets.tensor),
        (),
        facts.span,
    )


def constructed(facts: Facts) -> Finding | None:
    """A loss that was made of the tensors that it should have been called with."""
    unbuilt = facts.match(_NO_BACKWARD)
    if unbuilt is not None and facts.type == "AttributeError":
        values = {"kind": code(f"nn.{unbuilt[1]}"), "kind_plain": f"nn.{unbuilt[1]}", "attribute": code(unbuilt[2])}
        return Finding("loss_not_called", {**values}, (), (), facts.span)
    loss = _CONSTRUCTED.search(facts.text)
    if loss is None or not (facts.match(_DELTA) or facts.match(_TRUTH)):
        return None
    tensors = facts.operand_tensors[:1]
    values: dict[str, Value] = {"code": code(facts.text), "call": code(f"{loss[0]}()(prediction, target)")}
    return Finding("loss_constructed", values, tensors, (), facts.span, _called_twice(facts))


def _called_twice(facts: Facts) -> Edit | None:
    """`nn.MSELoss(a, b)` as `nn.MSELoss()(a, b)`, unless the backward pass of the loss would then fail."""
    names = [token.text for token in facts.sources.tokens(facts.span) if token.is_name][:_NAMES]
    given = [record for record in map(facts.variable, names) if record is not None]
    backward = any(".backward(" in line for cell in facts.sources.cells for line in cell)
    if backward and given and not any(record.requires_grad for record in given):
        return None
    for name, bracket in pairwise(facts.sources.tokens(facts.span)):
        if name.text.endswith("Loss") and bracket.text == "(":
            return Edit(bracket.span, "()(", "construct_first", {})
    return None


def conversion(dtype: str) -> str:
    """The shortest call that converts a tensor to a dtype."""
    return {"torch.float32": ".float()", "torch.float64": ".double()", "torch.int64": ".long()"}.get(dtype, f".to({dtype})")


def _pair(facts: Facts) -> tuple[OperandRecord, OperandRecord] | None:
    prediction, target = facts.operand("0", "input"), facts.operand("1", "target")
    return None if prediction is None or target is None else (prediction, target)


def _with_logits(facts: Facts) -> Edit | None:
    """The loss that takes scores, where the source names the other exactly once."""
    uses = [
        token
        for cell in range(len(facts.sources.cells))
        for token in facts.sources.tokens(facts.sources.whole(cell))
        if token.text in ("BCELoss", "binary_cross_entropy")
    ]
    if len(uses) != 1:
        return None
    new = "BCEWithLogitsLoss" if uses[0].text == "BCELoss" else "binary_cross_entropy_with_logits"
    return Edit(uses[0].span, new, "rename", {"name": code(uses[0].text), "guess": code(new)})


def _strings(facts: Facts, cell: int, text: str) -> list[Span]:
    tokens = facts.sources.tokens(facts.sources.whole(cell))
    return [token.span for token in tokens if not token.is_name and token.text.strip("\"'") == text]


RULES = (
    binary_shape,
    binary_dtype,
    dtype_in_backward,
    prediction_range,
    target_range,
    reduction,
    divergence,
    several,
    ctc,
    constructed,
)
