"""The lens in words: an element, and each input element that it came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from tensorpad.explain.inquiries.notation import number_text
from tensorpad.protocol.lenses import LensInput, LensRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import CATALOGUES, Lang
from tensorpad.texts.catalogue import LensText


@dataclass(frozen=True, slots=True)
class WrittenLens:
    """`text` is the whole in a sentence or two; `inputs` has a line for each input element that is listed."""

    text: str
    inputs: list[str]


def written(lens: LensRecord, trace: TraceRecord, lang: Lang) -> WrittenLens:
    """Write the lens's answer out in a language."""
    texts = CATALOGUES[lang].inquiries
    if lens.reason is not None:
        shape = f"({', '.join(map(str, lens.shape))})"
        return WrittenLens(texts.no_lens[lens.reason].format(operation=lens.operation, shape=shape), [])
    labels = _labels(trace)
    element = _element(labels.get(lens.tensor or "", lens.expression or lens.name), lens.element)
    head = texts.lens["alone" if not lens.count else "one" if lens.count == 1 else "head"].format(
        element=element, value=lens.value, count=lens.count
    )
    sentences = [head]
    if lens.count > len(lens.inputs):
        sentences.append(texts.lens["more"].format(shown=len(lens.inputs)))
    if not lens.complete:
        sentences.append(texts.lens["incomplete"])
    lines = [_input(item, labels, texts.lens) for item in lens.inputs]
    return WrittenLens(CATALOGUES[lang].gap.join(sentences), lines)


def _input(item: LensInput, labels: dict[str, str], texts: Mapping[LensText, str]) -> str:
    element = _element(labels.get(item.tensor or "", item.argument), item.element)
    if item.relation == "index":
        return texts["index"].format(element=element, value=item.value)
    if item.derivative is None:
        return texts["value"].format(element=element, value=item.value)
    return texts["derivative"].format(element=element, value=item.value, derivative=number_text(item.derivative))


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
