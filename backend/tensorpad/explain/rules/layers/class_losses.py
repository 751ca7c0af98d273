"""Losses of class labels: `cross_entropy` and `nll_loss`."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.program.sources import spanning
from tensorpad.explain.rules.layers.losses import conversion
from tensorpad.explain.words.figures import aligned, code, shape
from tensorpad.explain.words.findings import Dimension, Edit, Finding, Phrase, Value
from tensorpad.protocol.failures import OperandRecord

_COLUMN = re.compile(r"0D or 1D target tensor expected, multi-target not supported")
_PROBABILITIES = re.compile(r"Expected floating point type for target with class probabilities, got \w+")
_VECTOR = re.compile(r"For 1D input, 1D target must have size 1, but got target size: \d+")
_BATCH = re.compile(r"Expected input batch_size \((\d+)\) to match target batch_size \((\d+)\)")
_POSITIONS = re.compile(r"Expected target size \[[\d, ]+\], got \[[\d, ]+\]|^size mismatch \(got input: \[")
_SPATIAL = re.compile(r"only batches of spatial targets supported \(3D tensors\) but got targets of dimension: (\d+)")
_WEIGHT_SIZE = re.compile(r"weight tensor should be defined either for all (\d+) classes or no classes")
_SCALAR = re.compile(r"expected scalar type (\w+) but found (\w+)")
_SCORES = re.compile(r"not implemented for '(?:Long|Int|Short|Char|Byte|Bool)'")
_TARGET = re.compile(r"expected target dtype to be Long or Byte, but got (\w+)")


def weight_dtype(facts: Facts) -> Finding | None:
    """Weights of classes that have another dtype than the scores."""
    weight, scores = facts.operand("weight", "2"), _scores(facts)
    if facts.match(_SCALAR) is None or weight is None or scores is None or weight.dtype == scores.dtype:
        return None
    return Finding(
        "class_weight_dtype",
        {
            "weight": facts.labelled(weight),
            "weight_dtype": code(weight.dtype),
            "scores": facts.labelled(scores),
            "dtype": code(scores.dtype),
        },
        (weight.tensor, scores.tensor),
        (),
        facts.span,
        _changed_weight(facts, weight, conversion(scores.dtype)),
    )


def weight_size(facts: Facts) -> Finding | None:
    """Another number of weights than of classes."""
    match, weight = facts.match(_WEIGHT_SIZE), facts.operand("weight", "2")
    if match is None or weight is None:
        return None
    values: dict[str, Value] = {"weight": facts.labelled(weight), "shape": code(shape(weight.shape)), "classes": match[1]}
    return Finding("class_weight_size", values, (weight.tensor,), (Dimension(weight.tensor, 0),), facts.span)


def swapped(facts: Facts) -> Finding | None:
    """Labels where the scores belong, and the reverse."""
    scores, labels = _scores(facts), facts.operand("1", "target")
    if scores is None or labels is None or is_floating(scores.dtype) or not is_floating(labels.dtype):
        return None
    if len(labels.shape) != len(scores.shape) + 1 or not (facts.match(_SCORES) or facts.match(_COLUMN)):
        return None
    return Finding(
        "loss_arguments_swapped",
        {
            "function": code(facts.function),
            "first": facts.labelled(scores),
            "first_dtype": code(scores.dtype),
            "second": facts.labelled(labels),
            "second_dtype": code(labels.dtype),
        },
        (scores.tensor, labels.tensor),
        (),
        facts.span,
        _exchanged(facts, scores, labels),
    )


def column(facts: Facts) -> Finding | None:
    """Labels in a column, (N, 1)."""
    labels, scores = facts.operand("1", "target"), _scores(facts)
    if facts.match(_COLUMN) is None or labels is None or scores is None:
        return None
    suffix = ".squeeze(1)" if labels.dtype == "torch.int64" else ".squeeze(1).long()"
    is_column = len(labels.shape) == 2 and labels.shape == (scores.shape[0], 1)
    return Finding(
        "class_target_column" if is_column else "class_target_shape",
        {
            "labels": facts.labelled(labels),
            "label_shape": code(shape(labels.shape)),
            "scores": facts.labelled(scores),
            "shape": code(shape(scores.shape)),
            "wanted": code(shape(scores.shape[:1])),
        },
        (labels.tensor, scores.tensor),
        (Dimension(labels.tensor, 1),) if is_column else (),
        facts.span,
        edits.change_operand(facts, labels.tensor, suffix, "squeeze") if is_column else None,
    )


def vector(facts: Facts) -> Finding | None:
    """Scores without a batch dimension, and labels for several samples."""
    labels, scores = facts.operand("1", "target"), _scores(facts)
    if labels is None or scores is None or len(scores.shape) != 1 or len(labels.shape) != 1:
        return None
    if not (facts.match(_PROBABILITIES) or facts.match(_VECTOR)):
        return None
    fix = edits.change_operand(facts, scores.tensor, ".unsqueeze(0)", "batch_dimension") if labels.shape == (1,) else None
    return Finding(
        "class_scores_vector",
        {
            "scores": facts.labelled(scores),
            "shape": code(shape(scores.shape)),
            "classes": scores.shape[0],
            "labels": facts.labelled(labels),
            "label_shape": code(shape(labels.shape)),
            "count": labels.shape[0],
        },
        (scores.tensor, labels.tensor),
        (Dimension(scores.tensor, 0),),
        facts.span,
        fix,
    )


def one_hot(facts: Facts) -> Finding | None:
    """Probabilities of classes, or labels in one-hot form, that are integers."""
    labels, scores = facts.operand("1", "target"), _scores(facts)
    if facts.match(_PROBABILITIES) is None or labels is None or scores is None or len(scores.shape) < 2:
        return None
    return Finding(
        "one_hot_integers",
        {"labels": facts.labelled(labels), "dtype": code(labels.dtype), "shape": code(shape(labels.shape))},
        (labels.tensor,),
        (),
        facts.span,
        edits.change_operand(facts, labels.tensor, conversion(scores.dtype), "to_dtype"),
    )


def batch(facts: Facts) -> Finding | None:
    """Another number of labels than of samples."""
    labels, scores = facts.operand("1", "target"), _scores(facts)
    match = facts.match(_BATCH)
    if match is None or labels is None or scores is None:
        return None
    return Finding(
        "class_batch",
        {
            "scores": facts.labelled(scores),
            "samples": match[1],
            "labels": facts.labelled(labels),
            "count": match[2],
            "figure": aligned(facts.rows((scores, labels))),
            "reason": _regrouped(scores, labels),
        },
        (scores.tensor, labels.tensor),
        (Dimension(scores.tensor, 0), Dimension(labels.tensor, 0)),
        facts.span,
    )


def positions(facts: Facts) -> Finding | None:
    """Scores with more dimensions, whose classes are not in dimension 1 or whose places differ from those of the labels."""
    labels, scores = facts.operand("1", "target"), _scores(facts)
    if labels is None or scores is None or len(scores.shape) < 3:
        return None
    if facts.match(_SPATIAL) is not None:
        extra = labels.shape == (scores.shape[0], 1, *scores.shape[2:])
        fix = edits.change_operand(facts, labels.tensor, ".squeeze(1)", "take_away") if extra else None
    elif facts.match(_POSITIONS) is not None:
        last = labels.shape == scores.shape[:-1]
        order = ".transpose(1, 2)" if len(scores.shape) == 3 else ".movedim(-1, 1)"
        fix = edits.change_operand(facts, scores.tensor, order, "classes_second") if last else None
    else:
        return None
    return Finding(
        "class_dimension",
        {
            "scores": facts.labelled(scores),
            "shape": code(shape(scores.shape)),
            "classes": scores.shape[1],
            "wanted": code(shape((scores.shape[0], *scores.shape[2:]))),
            "labels": facts.labelled(labels),
            "label_shape": code(shape(labels.shape)),
        },
        (scores.tensor, labels.tensor),
        (Dimension(scores.tensor, 1),),
        facts.span,
        fix,
    )


def label_dtype(facts: Facts) -> Finding | None:
    """Class labels that are no integers of 64 bits."""
    labels = facts.operand("1", "target")
    if not (facts.match(_TARGET) or facts.match(_SCALAR)) or labels is None or _scores(facts) is None:
        return None
    if labels.dtype in ("torch.int64", "torch.uint8"):
        return None
    return Finding(
        "target_dtype",
        {"name": facts.labelled(labels), "dtype": code(labels.dtype)},
        (labels.tensor,),
        (),
        facts.span,
        edits.change_operand(facts, labels.tensor, ".long()", "to_long"),
    )


def _scores(facts: Facts) -> OperandRecord | None:
    """The scores that a loss of class labels was given."""
    names = ("cross_entropy", "nll_loss", "nll_loss_nd", "multi_margin_loss", "multilabel_margin_loss")
    return facts.operand("0", "input") if facts.called(*names) else None


def _regrouped(scores: OperandRecord, labels: OperandRecord) -> Value:
    """What may have led to two counts: a reshape that took a part of the features for samples."""
    if len(scores.shape) == 2 and len(labels.shape) == 1 and scores.shape[1] == labels.shape[0]:
        return Phrase("classes_first", {})
    return Phrase("check_batch", {})


def _changed_weight(facts: Facts, weight: OperandRecord, suffix: str) -> Edit | None:
    """The conversion of the weights, where the failing source names them or where a loss was made of them."""
    edit = edits.change_operand(facts, weight.tensor, suffix, "to_dtype")
    name = facts.name(weight.tensor)
    if edit is not None or name is None:
        return edit
    uses = [
        tokens[index].span
        for cell in range(len(facts.sources.cells))
        for tokens in [facts.sources.tokens(facts.sources.whole(cell))]
        for index in range(2, len(tokens))
        if tokens[index].text == name and [token.text for token in tokens[index - 2 : index]] == ["weight", "="]
    ]
    return edits.change_name(facts, weight.tensor, suffix, "to_dtype", uses[0]) if len(uses) == 1 else None


def _exchanged(facts: Facts, first: OperandRecord, second: OperandRecord) -> Edit | None:
    """The names of two arguments that follow each other, the other way round."""
    names = facts.name(first.tensor), facts.name(second.tensor)
    tokens = facts.sources.tokens(facts.span)
    for index in range(len(tokens) - 2):
        if (tokens[index].text, tokens[index + 2].text) == names and tokens[index + 1].text == ",":
            span = spanning(tokens[index].span, tokens[index + 2].span)
            return Edit(span, f"{names[1]}, {names[0]}", "exchange", {"code": code(f"{names[1]}, {names[0]}")})
    return None


RULES = (weight_dtype, weight_size, swapped, column, vector, one_hot, batch, positions, label_dtype)
