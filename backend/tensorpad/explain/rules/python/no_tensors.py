"""Numbers, lists and arrays where a tensor is needed."""

import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import Token, after, before, spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.records import Span

_EXPECTED = re.compile(r"^(\w+)\(\): argument '(\w+)' \(position (\d+)\) must be Tensor, not ([\w.]+)")
_SEVERAL = re.compile(r"^(\w+)\(\): argument '(tensors)' \(position \d+\) must be tuple of Tensors, not (\w+)")
_ARRAY = re.compile(r"^(\w+)\(\) received an invalid combination of arguments - got \(numpy\.ndarray\b")
_ATTRIBUTE = re.compile(
    r"^'(float|int|bool|list|tuple|dict|numpy\.ndarray|numpy\.float\d+)' object has no attribute '(\w+)'"
)
_OF_GRADIENTS = frozenset({"backward", "grad", "requires_grad", "requires_grad_", "grad_fn", "retain_grad"})
_MOST = 8
_FORMAT = re.compile(r"unsupported format string passed to Tensor\.__format__")
_LOSS = re.compile(r"'(list|float|int|tuple)' object has no attribute 'size'")
_INDEXED = re.compile(r"^'(float|int|bool)' object is not subscriptable")


def number_backward(facts: Facts) -> Finding | None:
    """`backward()` of a number that `item()` made of a loss, or of a list of losses."""
    match = facts.match(_ATTRIBUTE)
    if match is not None and match[2] == "detach" and facts.text.startswith(("nn.Parameter(", "torch.nn.Parameter(")):
        values: dict[str, Value] = {"function": code("nn.Parameter"), "kind": code(match[1]), "code": code(facts.text)}
        return Finding("list_for_tensor", values, (), (), facts.span, _wrapped(facts, "torch.tensor"))
    if match is None or match[2] not in _OF_GRADIENTS:
        return None
    kind = match[1]
    name = facts.text.partition(".")[0]
    values = {"name": code(name), "kind": code(kind), "attribute": code(match[2])}
    if kind in ("list", "tuple"):
        return Finding("list_backward", values, (), (), facts.span, None)
    cut = _item_of(facts, name)
    if cut is None:
        return Finding("number_backward", values, (), (), facts.span)
    values |= {"line": cut.line}
    graph = [one for one in facts.own_operations if one.span and one.span.line == cut.line and one.recorded]
    fix = Edit(cut, "", "without_item", {}) if graph else None
    return Finding("item_before_backward", values, graph[-1].outputs[:1] if graph else (), (), cut, fix)


def expected(facts: Facts) -> Finding | None:
    """A function of tensors that is given a number, a list or an array."""
    match = facts.match(_EXPECTED)
    array = facts.match(_ARRAY)
    if array is not None:
        values: dict[str, Value] = {"function": code(array[1]), "kind": code("ndarray"), "code": code(facts.text)}
        return Finding("array_for_tensor", values, (), (), facts.span, _from_array(facts))
    if match is None or facts.type != "TypeError":
        return None
    kind = match[4].rpartition(".")[2]
    values = {"function": code(match[1]), "kind": code(kind), "code": code(facts.text)}
    if kind in ("dict", "str"):
        return Finding("other_for_tensor", values, (), (), facts.span)
    if kind in ("float", "int", "bool"):
        return Finding("number_for_tensor", values, (), (), facts.span, _wrapped(facts, "torch.tensor"))
    if kind == "ndarray":
        return Finding("array_for_tensor", values, (), (), facts.span, _from_array(facts))
    if kind not in ("list", "tuple"):
        return None
    name = _argument(facts) if match[3] == "1" else None
    variable = next((one for one in facts.trace.variables if name and one.name == name.text), None)
    of_tensors = variable is not None and "tensor(" in variable.text
    rule = "tensors_in_list" if of_tensors else "list_for_tensor"
    fix: Edit | None = None
    if match[3] == "1" and (variable or "[" in facts.text):
        fix = _wrapped(facts, "torch.stack" if of_tensors else "torch.tensor")
    return Finding(rule, values | {"name": code(name.text if name else facts.text)}, (), (), facts.span, fix)


def several(facts: Facts) -> Finding | None:
    """`torch.cat(a, b)` without a list around the tensors."""
    match = facts.match(_SEVERAL)
    if match is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    names = [token for token in tokens[:-1] if token.is_name and facts.variable(token.text) is not None]
    fix: Edit | None = None
    texts = [token.text for token in tokens]
    if names and "(" in texts and tokens[-1].text == ")":
        inner = tokens[texts.index("(") + 1 : -1]
        if all(token.is_name or token.text == "," for token in inner):
            text = facts.sources.text(spanning(inner[0].span, inner[-1].span))
            fix = Edit(spanning(inner[0].span, inner[-1].span), f"[{text}]", "in_list", {"code": code(f"[{text}]")})
    values: dict[str, Value] = {"function": code(match[1]), "code": code(facts.text)}
    return Finding("tensors_not_in_list", values, tuple(_ids(facts, names)), (), facts.span, fix)


def formatted(facts: Facts) -> Finding | None:
    """A format such as `.4f` for a tensor of a dimension."""
    operand = facts.first_operand
    if facts.match(_FORMAT) is None or operand is None:
        return None
    values: dict[str, Value] = {
        "name": facts.labelled(operand),
        "shape": code(shape(operand.shape)),
        "format": code(facts.argument("1") or "?"),
    }
    return Finding("tensor_format", values, (operand.tensor,), (), facts.span)


def loss_of_list(facts: Facts) -> Finding | None:
    """A loss whose target is a list or a number."""
    match = facts.match(_LOSS)
    if match is None or not facts.function.endswith(("_loss", "cross_entropy", "kl_div")):
        return None
    values: dict[str, Value] = {"function": code(facts.function), "kind": code(match[1]), "code": code(facts.text)}
    return Finding("list_for_tensor", values | {"name": code(facts.text)}, (), (), facts.span)


def number_indexed(facts: Facts) -> Finding | None:
    """An index into a Python number."""
    match = facts.match(_INDEXED)
    if match is None or facts.type != "TypeError":
        return None
    name = facts.text.partition("[")[0]
    values: dict[str, Value] = {"name": code(name), "kind": code(match[1]), "code": code(facts.text)}
    return Finding("number_indexed", values, (), (), facts.span)


def _item_of(facts: Facts, name: str) -> Span | None:
    """The only `.item()` in the statements that gave a name its value, or else the only one of the program."""
    steps = [step.span for step in facts.trace.steps if step.span and any(item.name == name for item in step.bound)]
    here = _items(facts, list(dict.fromkeys(steps))[-_MOST:])
    found = here or _items(facts, [facts.sources.whole(cell) for cell in range(len(facts.sources.cells))])
    return found[0] if len(found) == 1 else None


def _items(facts: Facts, spans: list[Span]) -> list[Span]:
    """Where `.item()` stands."""
    found: dict[Span, None] = {}
    for span in spans:
        tokens = facts.sources.tokens(span)
        texts = [token.text for token in tokens]
        for index in range(len(tokens) - 3):
            if texts[index : index + 4] == [".", "item", "(", ")"]:
                found[spanning(tokens[index].span, tokens[index + 3].span)] = None
    return list(found)


def _argument(facts: Facts) -> Token | None:
    """The first argument of a call, if it is a name."""
    tokens = facts.sources.tokens(facts.span)
    for index in range(len(tokens) - 2):
        if tokens[index].text == "(":
            return tokens[index + 1] if tokens[index + 1].is_name and tokens[index + 2].text in (",", ")") else None
    return None


def _wrapped(facts: Facts, function: str) -> Edit | None:
    """The only argument of a call to a function of torch, turned into a tensor."""
    tokens = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    if len(tokens) < 6 or texts[0] not in ("torch", "F", "nn") or texts[3] != "(" or texts[-1] != ")":
        return None
    inner = tokens[4:-1]
    literal = texts[4] == "[" and texts[-2] == "]" and texts.count("[") == 1
    if len(inner) != 1 and not literal:
        return None
    text = facts.sources.text(spanning(inner[0].span, inner[-1].span))
    if function == "torch.tensor" and (literal or texts[4].isdigit()) and "." not in text:
        text = f"{text}, dtype=torch.float32"
    whole = f"{function}({text})"
    return Edit(spanning(inner[0].span, inner[-1].span), whole, "to_tensor", {"code": code(whole)})


def _from_array(facts: Facts) -> Edit | None:
    """The only argument of a call, an array by its name, as a tensor; as float32 for a layer."""
    name = _argument(facts)
    if name is None or facts.kinds.get(name.text) != "numpy.ndarray":
        return None
    suffix = "" if facts.text.startswith(("torch.", "F.")) else ".float()"
    whole = f"torch.from_numpy({name.text}){suffix}"
    return Edit(spanning(before(name.span), after(name.span)), whole, "to_tensor", {"code": code(whole)})


def _ids(facts: Facts, names: list[Token]) -> list[str]:
    records = [facts.variable(token.text) for token in names[:8]]
    return [record.id for record in records if record is not None]


RULES = (number_backward, expected, several, formatted, loss_of_list, number_indexed)
