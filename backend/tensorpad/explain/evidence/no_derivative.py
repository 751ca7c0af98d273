"""Operations whose results have no derivative, told apart by what they do."""

import re
from typing import Final

from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.program.sources import spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Phrase, Value
from tensorpad.protocol.records import TensorRecord
from tensorpad.protocol.steps import OperationRecord

_COPIES: Final = frozenset({"tensor", "as_tensor", "new_tensor", "Tensor", "FloatTensor", "asarray"})
_SHAPES = re.compile(r"((zeros|ones|empty|full|rand|randn|randint)_like|new_(zeros|ones|empty|full))$")
_CASTS: Final = frozenset({"long", "int", "short", "char", "byte", "bool", "to", "type", "type_as"})
_PLACES: Final = frozenset(
    {"argmax", "argmin", "argsort", "max", "min", "sort", "topk", "kthvalue", "mode", "median", "argwhere"}
)


def no_derivative(facts: Facts, operation: OperationRecord, needing: TensorRecord) -> tuple[Phrase, Edit | None]:
    """What to say of an operation that took a tensor with a gradient and gave one without."""
    name = operation.name.rpartition(".")[2]
    own = facts.outermost(operation)
    values: dict[str, Value] = {
        "code": facts.source(own),
        "line": facts.line(own.span),
        "name": facts.label(needing.id, 1),
    }
    given = [output for output in facts.outputs(operation) if not output.requires_grad]
    dtypes = {output.layout.dtype for output in given}
    if name in _COPIES:
        return Phrase("copied_values", values), _stacked(facts, operation)
    if _SHAPES.match(name) is not None:
        return Phrase("only_shape", values), None
    if given and not any(is_floating(dtype) for dtype in dtypes):
        values["dtype"] = code(sorted(dtypes)[0])
        if name in _PLACES:
            return Phrase("gives_places", values), None
        return Phrase("gives_truths" if dtypes == {"torch.bool"} and name not in _CASTS else "gives_integers", values), None
    return Phrase("no_derivative", values), None


def _stacked(facts: Facts, operation: OperationRecord) -> Edit | None:
    """`torch.tensor([a, b])` of tensors as `torch.stack([a, b])`, and `torch.tensor(x)` as `x.clone()`."""
    tokens = facts.sources.tokens(operation.span)
    texts = [token.text for token in tokens]
    if len(texts) < 6 or texts[:4] != ["torch", ".", "tensor", "("] or texts[-1] != ")":
        return None
    inner = tokens[4:-1]
    if len(inner) == 1 and inner[0].is_name:
        whole = spanning(tokens[0].span, tokens[-1].span)
        if facts.kinds.get(inner[0].text) in ("list", "tuple"):
            instead = f"torch.stack({inner[0].text})"
            return Edit(whole, instead, "stack_instead", {"code": code(instead)})
        return Edit(whole, f"{inner[0].text}.clone()", "clone_with_graph", {"code": code(f"{inner[0].text}.clone()")})
    if texts[4] != "[" or texts[-2] != "]":
        return None
    depth, members = 0, 1
    for index, token in enumerate(inner[1:-1]):
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        members += depth == 0 and token.text == "," and index < len(inner) - 3
        if depth < 0:
            return None
    if members != len(operation.inputs) or any(tensor.layout.shape for tensor in facts.inputs(operation)):
        return None
    return Edit(tokens[2].span, "stack", "stack", {})
