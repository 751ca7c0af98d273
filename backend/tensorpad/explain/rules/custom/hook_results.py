"""What hooks returned, and what they wrote to."""

import re
from itertools import pairwise
from typing import Final

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.definitions import inside
from tensorpad.explain.rules.autograd.overwritten import IN_PLACE_MODULES, not_in_place
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.backwards import HookRecord
from tensorpad.protocol.records import Span

_SIZE = re.compile(r"^hook '(.+?)' has changed the size of value")
_TYPE = re.compile(r"^hook '(.+?)' has changed the type of value \(was torch\.(\w+) got torch\.(\w+)\)")
_RETURNED = re.compile(r"^expected (Variable|tuple), but hook returned '(.+?)'")
_COUNT = re.compile(r"^Backward hook returned an invalid number of grad_input, got (\d+), but expected (\d+)")
_NO_RESULT = re.compile(r"^Tensor post accumulate grad hooks should return None")
_SHARED = re.compile(r"more than one element of the written-to tensor refers to a single memory location")
_VIEW = re.compile(r"^Output \d+ of BackwardHookFunction is a view and is being modified inplace")
_MODULES: Final = {kind.lower(): kind for kind in IN_PLACE_MODULES}
"""The modules that can write in place, by their function's name without underscores."""


def size(facts: Facts) -> Finding | None:
    """A hook that returned a gradient of another shape."""
    if facts.match(_SIZE) is None:
        return None
    hook, run = _raised(facts), facts.failed_run
    if hook is None or run is None:
        return None
    before = hook.before[0] if hook.before else None
    gradients = facts.failed_pass.gradients if facts.failed_pass is not None else ()
    wanted: Value = code(shape(gradients[before].shape)) if before is not None else Phrase("somewhere", {})
    if hook.kind != "tensor":
        return Finding("hook_module_size", {"wanted": wanted}, (), (), facts.span)
    returned = _returned_shape(facts, hook.span)
    values: dict[str, Value] = {
        "name": facts.label(run.tensor, 1),
        "line": facts.line(hook.span),
        "wanted": wanted,
        "returned": Phrase("hook_of_shape", {"shape": code(shape(returned))}) if returned is not None else "",
    }
    return Finding("hook_size", values, (run.tensor,), (), hook.span)


def _returned_shape(facts: Facts, span: Span | None) -> tuple[int, ...] | None:
    """The shape of what a function returned, if that is the result of its last operation."""
    made = [
        item for item in facts.trace.operations if span is not None and item.span is not None and inside(item.span, span)
    ]
    if not made or span is None or len(made[-1].outputs) != 1:
        return None
    last = made[-1].span
    definition = facts.definitions.around(last) if last is not None else None
    ends = {(span.end_line, span.end_column)}
    if definition is not None and inside(definition.span, span) and definition.returns and definition.returns[-1]:
        end = definition.returns[-1][-1].span
        ends = {(end.end_line, end.end_column)}
    return facts.outputs(made[-1])[0].layout.shape if last is not None and (last.end_line, last.end_column) in ends else None


def kind(facts: Facts) -> Finding | None:
    """A hook that returned a gradient of another dtype, or something that is no tensor."""
    match, other = facts.match(_TYPE), facts.match(_RETURNED)
    hook, run = _raised(facts), facts.failed_run
    tensor = run.tensor if run is not None and hook is not None and hook.kind == "tensor" else None
    values: dict[str, Value] = {
        "name": facts.label(tensor, 1) if tensor is not None else Phrase("some_tensor", {}),
        "line": facts.line(hook.span if hook is not None else facts.span),
    }
    span = hook.span if hook is not None and hook.span is not None else facts.span
    if match is not None:
        values.update({"before": code(match[2]), "after": code(match[3])})
        return Finding("hook_dtype", values, (tensor,), (), span)
    if other is None:
        return None
    values["type"] = code(other[2])
    return Finding("hook_returned" if other[1] == "Variable" else "hook_returned_no_tuple", values, (tensor,), (), span)


def count(facts: Facts) -> Finding | None:
    """A full backward hook that returned another number of gradients than the module has inputs."""
    match = facts.match(_COUNT)
    if match is None:
        return None
    return Finding("hook_grad_input_count", {"given": int(match[1]), "wanted": int(match[2])}, (), (), facts.span)


def no_result(facts: Facts) -> Finding | None:
    """A `register_post_accumulate_grad_hook` that returned something."""
    if facts.match(_NO_RESULT) is None:
        return None
    hook = next((item for item in facts.definitions.hooks if item.function == "register_post_accumulate_grad_hook"), None)
    return Finding("hook_no_result", {}, (), (), hook.argument if hook is not None else facts.span)


def written(facts: Facts) -> Finding | None:
    """A hook that writes to the gradient that it was given, whose elements are one and the same."""
    hook, run, span = _raised(facts), facts.failed_run, facts.span
    if facts.match(_SHARED) is None or hook is None or run is None or span is None or hook.span is None:
        return None
    if not facts.operands or not inside(span, hook.span):
        return None
    gradient = facts.operands[0]
    values: dict[str, Value] = {
        "name": facts.label(gradient.tensor, 1),
        "tensor": facts.label(run.tensor, 2),
        "shape": code(shape(gradient.shape)),
        "stride": code(shape(gradient.stride)),
        "code": code(facts.text),
    }
    return Finding("hook_writes", values, (gradient.tensor, run.tensor), (), span, _out_of_place(facts, span))


def _out_of_place(facts: Facts, span: Span) -> Edit | None:
    """The same without writing, returned."""
    tokens = facts.sources.tokens(span)
    definition = facts.definitions.around(span)
    statement = facts.sources.statement(span.line, span.cell)
    calls = [item for item, behind in pairwise(tokens) if item.text.endswith("_") and behind.text == "("]
    plain = len(calls) == 1 and calls[0].text not in ("zero_", "fill_", "copy_")
    if statement is None or statement.tokens[0].span.column != span.column or definition is None:
        # a lambda, or behind `return`
        new = calls[0].text[:-1] if plain else ""
        return (
            Edit(calls[0].span, new, "out_of_place", {"code": code(facts.text.replace(f"{new}_(", f"{new}("))})
            if new
            else None
        )
    name = statement.tokens[0].text
    edit = edits.out_of_place(facts, span)
    if edit is None:
        return None
    if any([token.text for token in value] == [name] for value in definition.returns):
        return edit
    if definition.returns or definition.tokens[-1].span != statement.tokens[-1].span:
        return None
    return Edit(edit.span, f"return {edit.replacement.partition(' = ')[2]}", edit.wording, edit.values)


def written_view(facts: Facts) -> Finding | None:
    """A write to what a module with a full backward hook was given or returned."""
    if facts.match(_VIEW) is None:
        return None
    tensor = facts.first_tensor
    made = facts.makers.get(tensor or "")
    path = code(made.module.path) if made is not None and made.module is not None else code("nn.Module")
    values: dict[str, Value] = {"path": path}
    fix: Edit | None = None
    if facts.argument("inplace") == "True":
        own = "inplace" in facts.text
        function = facts.function
        name = function if own else _MODULES.get(function.replace("_", ""), function)
        values["writer"] = code(f"{name}(inplace=True)")
        values["advice"] = Phrase("advice_inplace_false", {})
        others = [] if own else [kind for kind in IN_PLACE_MODULES if kind != name and not_in_place(facts, kind, None)]
        fix = not_in_place(facts, name, facts.span if own else None) if not others else None
    else:
        values["writer"] = code(facts.text)
        values["advice"] = Phrase("advice_new_tensor", {})
        fix = edits.out_of_place(facts, facts.span)
    return Finding("hook_view_written", values, (tensor,), (), facts.span, fix)


def _raised(facts: Facts) -> HookRecord | None:
    """The hook that ended the pass."""
    run = facts.failed_run
    return next((hook for hook in reversed(run.hooks) if hook.raised), None) if run is not None else None


RULES = (size, kind, count, no_result, written, written_view)
