"""The lens in words: an element, and each input element that it came from."""

from dataclasses import dataclass

from tensorpad.explain.notation import number_text
from tensorpad.explain.wording import LENS, NO_LENS, Language
from tensorpad.protocol.inquiries import LensInput, LensRecord
from tensorpad.protocol.traces import TraceRecord


@dataclass(frozen=True, slots=True)
class WrittenLens:
    """`text` is the whole in a sentence or two; `inputs` has a line for each input element that is listed."""

    text: str
    inputs: list[str]


def written(lens: LensRecord, trace: TraceRecord, lang: Language) -> WrittenLens:
    """Write the lens's answer out in a language."""
    if lens.reason is not None:
        shape = f"({', '.join(map(str, lens.shape))})"
        return WrittenLens(NO_LENS[lang][lens.reason].format(operation=lens.operation, shape=shape), [])
    labels = _labels(trace)
    words = LENS[lang]
    element = _element(labels.get(lens.tensor or "", lens.expression or lens.name), lens.element)
    head = words["alone" if not lens.count else "one" if lens.count == 1 else "head"].format(
        element=element, value=lens.value, count=lens.count
    )
    sentences = [head]
    if lens.count > len(lens.inputs):
        sentences.append(words["more"].format(shown=len(lens.inputs)))
    if not lens.complete:
        sentences.append(words["incomplete"])
    lines = [_input(one, labels, lang) for one in lens.inputs]
    return WrittenLens(("" if lang == "zh-CN" else " ").join(sentences), lines)


def _input(one: LensInput, labels: dict[str, str], lang: Language) -> str:
    element = _element(labels.get(one.tensor or "", one.argument), one.element)
    if one.relation == "index":
        return LENS[lang]["index"].format(element=element, value=one.value)
    if one.derivative is None:
        return LENS[lang]["value"].format(element=element, value=one.value)
    return LENS[lang]["derivative"].format(element=element, value=one.value, derivative=number_text(one.derivative))


def _labels(trace: TraceRecord) -> dict[str, str]:
    """What to call each tensor: its name, else the source that made it, else its id."""
    labels = {tensor.id: tensor.id for tensor in trace.tensors}
    for operation in trace.operations:
        if operation.expression is not None and len(operation.outputs) == 1 and "\n" not in operation.expression:
            labels[operation.outputs[0]] = f"({operation.expression})"
    labels.update({tensor.id: tensor.names[0] for tensor in trace.tensors if tensor.names})
    return labels


def _element(label: str, index: tuple[int, ...]) -> str:
    return f"{label}[{', '.join(map(str, index))}]" if index else label
