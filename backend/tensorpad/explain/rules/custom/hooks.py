"""Hooks: where they may be registered, what they are called with, and what they may return."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.program.definitions import HOOKS, Registration, inside
from tensorpad.explain.program.sources import after
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value

_NO_GRADIENT = re.compile(
    r"^cannot register a hook on a tensor that doesn't require gradient|^can't retain_grad on Tensor that has"
)
_MISSING = re.compile(r"^'(\w+)' object has no attribute '(register_\w*hook|remove_hook)'")
_TAKES = re.compile(r"^([\w.<>]+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given")
_LACKS = re.compile(r"^([\w.<>]+)\(\) missing (\d+) required positional arguments?")
_TUPLE = re.compile(r"'tuple' object|must be Tensor, not tuple|for [^:]+: 'tuple'|and 'tuple'")
_MIXED = re.compile(r"^Cannot use both regular backward hooks and full backward hooks on a single Module")
_LEAVES_ONLY = re.compile(r"^post accumulate grad hooks cannot be registered on non-leaf tensors")
_NOT_CALLABLE = re.compile(r"^'(\w+)' object is not callable")
_SEQUENCES = frozenset({"list", "tuple", "dict", "OrderedDict", "set", "generator"})
_FACTORIES = frozenset(
    f"torch.{name}" for name in ("tensor", "ones", "zeros", "rand", "randn", "full", "linspace", "arange", "eye", "empty")
)
_TUPLES = {
    "register_forward_hook": (1,),
    "register_forward_pre_hook": (1,),
    "register_full_backward_hook": (1, 2),
    "register_full_backward_pre_hook": (1,),
}
"""Which arguments of a module's hook are tuples."""


def no_gradient(facts: Facts) -> Finding | None:
    """A hook, or `retain_grad`, for a tensor that no gradient comes to."""
    if facts.match(_NO_GRADIENT) is None or not ("hook" in facts.text or "retain_grad" in facts.text):
        return None
    tensor = facts.first_tensor
    record, made = facts.tensors.get(tensor or ""), facts.makers.get(tensor or "")
    fix: Edit | None = None
    reason = Phrase("hook_no_gradient_plain", {})
    if made is not None and made.name in ("torch.Tensor.detach", "torch.Tensor.data"):
        reason = Phrase("hook_no_gradient_cut", {"code": facts.source(made), "line": facts.line(made.span)})
    elif made is not None and made.recorded is False:
        reason = Phrase("hook_no_gradient_off", {"code": facts.source(made), "line": facts.line(made.span)})
    elif made is not None and made.name in _FACTORIES and record is not None and is_floating(record.layout.dtype):
        fix = edits.add_argument(facts, made.span, "requires_grad=True", "require", name=facts.label(tensor, 1))
    values: dict[str, Value] = {"name": facts.label(tensor, 1), "reason": reason, "code": code(facts.text)}
    return Finding("hook_without_gradient", values, (tensor,), (), facts.span, fix)


def misplaced(facts: Facts) -> Finding | None:
    """A hook of tensors for a module, a list or the other way round; `remove_hook`."""
    match = facts.match(_MISSING)
    if match is None or facts.type != "AttributeError":
        return None
    kind, method = match[1], match[2]
    values: dict[str, Value] = {"type": code(kind), "method": code(method)}
    if method == "remove_hook":
        return Finding("hook_removed", values, (), (), facts.span)
    if kind in _SEQUENCES:
        return Finding("hook_on_sequence", values, (), (), facts.span)
    if kind in ("Tensor", "Parameter"):
        return Finding("hook_of_modules", values, (), (), facts.span)
    return Finding("hook_of_tensors", values, (), (), facts.span) if method == "register_hook" else None


def arguments(facts: Facts) -> Finding | None:
    """A hook that takes other arguments than it is called with."""
    takes = facts.match(_TAKES)
    match = takes or facts.match(_LACKS)
    if match is None or facts.type != "TypeError":
        return None
    name = match[1].rpartition(".")[2]
    for hook in facts.definitions.hooks:
        definition = facts.definitions.function(name) if hook.target == name else None
        parameters = hook.parameters if hook.lambda_span is not None else tuple(definition.parameters) if definition else ()
        if hook.target != name and not (name == "<lambda>" and hook.lambda_span is not None):
            continue
        wanted = _wanted(hook)
        given = int(match[3]) if takes else len(parameters) - int(match[2])
        if given != len(wanted) or (takes and len(parameters) != int(match[2])):
            continue
        values: dict[str, Value] = {
            "hook": code(hook.function),
            "wanted": tuple(code(item) for item in wanted),
            "count": len(wanted),
            "taken": len(parameters),
            "line": facts.line(hook.lambda_span or (definition.keyword.span if definition else hook.span)),
        }
        return Finding("hook_arguments", values, (), (), hook.argument)
    return None


def _wanted(hook: Registration) -> tuple[str, ...]:
    if hook.function == "register_hook" and hook.receiver.endswith("grad_fn"):
        return ("grad_inputs", "grad_outputs")
    return HOOKS[hook.function]


def tuple_argument(facts: Facts) -> Finding | None:
    """A tuple that a module's hook is given, used as a tensor."""
    if facts.match(_TUPLE) is None:
        return None
    found = _argument(facts)
    if found is None:
        return None
    hook, place, name = found
    use = facts.sources.name(facts.span, name)
    sure = "backward" not in hook.function or place == 2
    fix = Edit(after(use), "[0]", "first_of_tuple", {"code": code(f"{name}[0]")}) if use is not None and sure else None
    values: dict[str, Value] = {"name": code(name), "hook": code(hook.function), "code": code(f"{name}[0]")}
    return Finding("hook_tuple", values, (), (), facts.span, fix)


def no_input_gradient(facts: Facts) -> Finding | None:
    """`grad_input[0]` of a full backward hook, which is None because the module's input needs no gradient."""
    if "NoneType" not in facts.message or facts.failed_pass is None:
        return None
    found = _argument(facts)
    if found is None or found[0].function != "register_full_backward_hook" or found[1] != 1:
        return None
    return Finding("hook_no_input_gradient", {"name": code(f"{found[2]}[0]")}, (), (), facts.span)


def _argument(facts: Facts) -> tuple[Registration, int, str] | None:
    """The hook in which the error arose, and the argument of it that is a tuple and stands in the failing source."""
    span = facts.span
    if span is None:
        return None
    around = facts.definitions.around(span)
    used = {token.text for token in facts.sources.tokens(span) if token.is_name}
    for hook in facts.definitions.hooks:
        if hook.lambda_span is not None and inside(span, hook.lambda_span):
            parameters = list(hook.parameters)
        elif around is not None and around.name == hook.target:
            parameters = around.parameters
        else:
            continue
        for place in _TUPLES.get(hook.function, ()):
            if place < len(parameters) and parameters[place] in used:
                return hook, place, parameters[place]
    return None


def mixed(facts: Facts) -> Finding | None:
    """Both kinds of backward hooks on one module."""
    if facts.match(_MIXED) is None:
        return None
    tokens = [
        token
        for cell in range(len(facts.sources.cells))
        for token in facts.sources.tokens(facts.sources.whole(cell))
        if token.text == "register_backward_hook"
    ]
    name = code("register_full_backward_hook")
    fix = Edit(tokens[0].span, "register_full_backward_hook", "qualify", {"code": name}) if len(tokens) == 1 else None
    return Finding("hook_mixed", {}, (), (), facts.span, fix)


def leaves_only(facts: Facts) -> Finding | None:
    """`register_post_accumulate_grad_hook` of a computed tensor."""
    if facts.match(_LEAVES_ONLY) is None:
        return None
    tensor = facts.first_tensor
    fix = edits.change_method(
        facts, facts.span, "register_post_accumulate_grad_hook", "register_hook", "qualify", code=code("register_hook")
    )
    return Finding("hook_leaves_only", {"name": facts.label(tensor, 1)}, (tensor,), (), facts.span, fix)


def not_callable(facts: Facts) -> Finding | None:
    """A value that was registered as a hook: its function was called instead of handed over."""
    match = facts.match(_NOT_CALLABLE)
    given = [hook for hook in facts.definitions.hooks if hook.lambda_span is None and not hook.target]
    if match is None or not given or (facts.failed_pass is None and "backward" not in facts.text and facts.failure is None):
        return None
    hook = given[0]
    text = facts.sources.text(hook.argument)
    if not text.endswith(")"):
        return None
    values: dict[str, Value] = {"code": code(text), "type": code(match[1]), "hook": code(hook.function)}
    return Finding("hook_not_callable", values, (), (), hook.argument)


RULES = (
    no_gradient,
    misplaced,
    arguments,
    tuple_argument,
    no_input_gradient,
    mixed,
    leaves_only,
    not_callable,
)
