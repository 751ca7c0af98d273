"""Arguments that a function, a layer or a model does not take, and those that it lacks."""

import difflib
import re
from itertools import pairwise
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.class_sources import class_of, functions
from tensorpad.explain.program.sources import before
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value

_KEYWORD = re.compile(r"got an unexpected keyword argument '(\w+)'|got \([^)]*?\b(\w+)=\w+[^)]*\), but expected")
_EXPECTED = re.compile(r"[\w.\]]+ (\w+)(?: = [^,)]+)?[,)]")
_ARGUMENTS = re.compile(
    r"^(\w+)\.(forward|__init__)\(\) (?:missing \d+ required positional arguments?: (.+)"
    r"|takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given)"
)
_LAYER = re.compile(
    r"unsupported operand type\(s\) for \S+: (?:'(\w+)' and '\w+'|'\w+' and '(\w+)')|must be Tensor, not (\w+)$"
    r"|^'(\w+)' object has no attribute '(?:sum|mean|max|min|backward|item|shape|size|view|reshape|detach|numpy|unsqueeze"
    r"|squeeze|exp|log|abs|dim|permute|transpose|flatten|requires_grad|grad|cpu|argmax|softmax|tolist|clone)'"
)
_TRUTH = re.compile(r"Boolean value of Tensor with more than one value is ambiguous")
_WITHOUT_ARGUMENTS: Final = frozenset(
    {"ReLU", "Sigmoid", "Tanh", "GELU", "SiLU", "Flatten", "Dropout", "LeakyReLU", "ELU", "Softplus", "LogSigmoid", "ReLU6"}
)
_KEYWORDS: Final = {
    "learning_rate": "lr",
    "learn_rate": "lr",
    "require_grad": "requires_grad",
    "require_grads": "requires_grad",
    "requires_grads": "requires_grad",
    "type": "dtype",
    "dims": "dim",
    "keepdims": "keepdim",
}
_KNOWN: Final = (
    "dtype",
    "requires_grad",
    "device",
    "generator",
    "lr",
    "momentum",
    "weight_decay",
    "bias",
    "padding",
    "stride",
    "kernel_size",
    "batch_first",
    "num_layers",
    "bidirectional",
    "dropout",
    "reduction",
    "retain_graph",
    "create_graph",
    "in_features",
    "out_features",
    "in_channels",
    "out_channels",
)


def keyword(facts: Facts) -> Finding | None:
    """An argument that a function does not have, such as `dytpe`."""
    match = facts.match(_KEYWORD)
    given = (match[1] or match[2]) if match else ""
    tokens = facts.sources.tokens(facts.span)
    uses = [one for one, then in pairwise(tokens) if one.text == given and then.text == "="]
    if match is None or len(uses) != 1 or facts.type != "TypeError":
        return None
    known = _EXPECTED.findall(facts.message.partition("but expected")[2][:4_000])
    own = re.match(r"^(\w+)\(\) got", facts.message)
    if own is not None and facts.kinds.get(own[1]) == "function":
        defined = [one for cell in range(len(facts.sources.cells)) for one in functions(facts.sources, cell)]
        known = [name for one in defined if one.name == own[1] for name in re.findall(r"(\w+)\s*(?:[:=,]|$)", one.given)]
    if given in known:
        return None
    near = difflib.get_close_matches(given[:60], known or _KNOWN, 1, 0.75)
    guess = _KEYWORDS.get(given) if not known or _KEYWORDS.get(given) in known else None
    guess = guess or (near[0] if near else None)
    values: dict[str, Value] = {"name": code(given), "guess": code(guess or "")}
    if guess is None:
        return Finding("unknown_argument", values, (), (), facts.span)
    fix = Edit(uses[0].span, guess, "rename", {"name": code(given), "guess": code(guess)})
    return Finding("misspelt_argument", values, (), (), facts.span, fix)


def layer_as_function(facts: Facts) -> Finding | None:
    """`nn.Sigmoid(x)`: a layer that is made of the tensor that it should be called with."""
    match, construction = facts.match(_ARGUMENTS), facts.match(_TRUTH)
    called = re.match(r"^(?:nn\.|torch\.nn\.)?(\w+)\((\w+)", facts.text)
    if called is not None and facts.variable(called[2]) is None and called[2] != "torch":
        called = None
    if match is not None and match[2] == "__init__" and called is not None and called[1] == match[1]:
        kind = match[1]
        made = facts.text.startswith(("nn.", "torch.nn.")) and kind in _WITHOUT_ARGUMENTS
        ready = match[4] == "1" and (made or not facts.text.startswith(("nn.", "torch.nn.")))
        return Finding("layer_as_function", _layer(facts, kind), (), (), facts.span, _made_first(facts) if ready else None)
    if construction is not None and called is not None and called[1] in _WITHOUT_ARGUMENTS:
        return Finding("layer_as_function", _layer(facts, called[1]), (), (), facts.span, _made_first(facts))
    misused = facts.match(_LAYER)
    for kind in misused.groups() if misused else ():
        if kind is None or f"{kind}(" not in "".join(line for cell in facts.sources.cells for line in cell[:2_000]):
            continue
        names = [one.text for one in facts.sources.tokens(facts.span) if one.is_name]
        held = next((one for one in names if facts.kinds.get(one, "").startswith("torch.nn.modules")), None)
        if f"nn.{kind}(" in facts.text or (held and facts.kinds[held].endswith(f".{kind}")):
            return Finding(
                "layer_as_tensor", _layer(facts, kind) | {"name": code(held or f"nn.{kind}(…)")}, (), (), facts.span
            )
    return None


def arguments(facts: Facts) -> Finding | None:
    """A model, or the constructor of a class, that is given too few or too many arguments."""
    match = facts.match(_ARGUMENTS)
    if match is None or facts.type != "TypeError":
        return None
    names = re.findall(r"'(\w+)'", match[3]) if match[3] else []
    values: dict[str, Value] = {
        "function": code(f"{match[1]}.{match[2]}"),
        "code": code(facts.text),
        "names": tuple(code(name) for name in names),
        "takes": int(match[4]) - 1 if match[4] else 0,
        "given": int(match[5]) - 1 if match[5] else 0,
    }
    called = facts.text.partition("(")[0]
    if match[2] == "__init__" and called.isidentifier() and called != match[1] and facts.kinds.get(called) == "type":
        named: dict[str, Value] = {"name": code(called), "kind": code(match[1]), "code": code(facts.text)}
        return Finding("class_called", named, (), (), facts.span)
    return Finding("arguments_missing" if names else "too_many_arguments", values, (), (), facts.span)


def _layer(facts: Facts, kind: str) -> dict[str, Value]:
    arguments = "" if kind in _WITHOUT_ARGUMENTS else "…"
    module = "nn." if re.search(rf"\bnn\.{re.escape(kind)}\b", facts.text) or not class_of(facts.sources, kind) else ""
    return {"kind": code(kind), "code": code(facts.text), "call": code(f"{module}{kind}({arguments})(x)")}


def _made_first(facts: Facts) -> Edit | None:
    tokens = facts.sources.tokens(facts.span)
    bracket = next((token for token in tokens if token.text == "("), None)
    return Edit(before(bracket.span), "()", "layer_first", {}) if bracket else None


RULES = (layer_as_function, keyword, arguments)
