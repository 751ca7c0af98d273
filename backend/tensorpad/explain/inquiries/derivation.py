"""A derivation written out for a person: each step, the product along each path, their sum, and what was checked."""

from dataclasses import dataclass

from tensorpad.explain.inquiries.notation import (
    negative,
    number_text,
    partial_latex,
    partial_text,
    values_latex,
    values_text,
)
from tensorpad.protocol.derivations import (
    DerivationRecord,
    DerivationStep,
    FiniteDifferences,
    LeafDerivation,
    LocalDerivative,
    PathRecord,
)
from tensorpad.protocol.notation import latex_indexed, latex_name
from tensorpad.protocol.records import FullValues
from tensorpad.texts import CATALOGUES, Lang
from tensorpad.texts.catalogue import Agreement, Inquiries

_SHOWN = 8
"""Paths up to which their sum is written out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of mathematics, twice."""

    text: str
    """The line as plain text."""
    latex: str
    """The line in LaTeX."""


@dataclass(frozen=True, slots=True)
class WrittenLeaf:
    """What is said of one leaf. `paths` run parallel to the record's."""

    chain_rule: Line
    paths: list[Line]
    closed_form: Line | None
    statement: str
    differences: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A derivation in words and formulas. `steps[n]` has a line for each local derivative of step n."""

    message: str | None
    steps: list[list[Line]]
    leaves: list[WrittenLeaf]


def written(record: DerivationRecord, lang: Lang) -> Written:
    """Write a derivation out in a language."""
    texts = CATALOGUES[lang].inquiries
    if record.reason is not None:
        return Written(texts.no_derivation[record.reason].format(name=record.root or "-", step=record.fault or "-"), [], [])
    steps = [[_local(record, step, local) for local in step.locals] for step in record.steps]
    return Written(None, steps, [_leaf(record, leaf, texts) for leaf in record.leaves])


def _local(record: DerivationRecord, step: DerivationStep, local: LocalDerivative) -> Line:
    """`∂z/∂y = 2*y = 6`."""
    by = record.steps[local.target].label
    number = _number(step, local)
    text, latex = partial_text(step.label, by, number), partial_latex(step.label, by, number)
    numbers, numbers_latex = values_text(local.values), values_latex(local.values)
    if local.formula is not None and local.formula != numbers:
        text += f" = {local.formula}"
    if local.latex is not None and local.latex != numbers_latex:
        latex += f" = {local.latex}"
    return Line(f"{text} = {numbers}", f"{latex} = {numbers_latex}")


def _number(step: DerivationStep, local: LocalDerivative) -> int | None:
    """Which of several inputs from the same step this is, from 1; None if it is the only one."""
    same = [other for other in step.locals if (other.target, other.slot) == (local.target, local.slot)]
    return None if len(same) < 2 else next(number for number, other in enumerate(same, 1) if other is local)


def _leaf(record: DerivationRecord, leaf: LeafDerivation, texts: Inquiries) -> WrittenLeaf:
    root, name = record.root, record.steps[leaf.step].label
    paths = [_path(record, path) for path in leaf.paths]
    closed = None
    if leaf.closed_form is not None:
        many = not isinstance(leaf.total, FullValues) or len(leaf.total.data) > 1
        by, by_latex = (f"{name}[i]", latex_indexed(name, "i")) if many else (name, latex_name(name))
        closed = Line(
            f"∂{root}/∂{by} = {leaf.closed_form.formula}",
            rf"\frac{{\partial {latex_name(root)}}}{{\partial {by_latex}}} = {leaf.closed_form.latex}",
        )
    statement = texts.checked[_agreement(leaf)].format(
        name=name, deviation=number_text(leaf.deviation), tolerance=number_text(leaf.tolerance), dtype=leaf.dtype
    )
    differences = leaf.finite_differences and _differences(leaf.finite_differences, name, leaf.agrees, texts)
    return WrittenLeaf(_chain_rule(root, name, leaf), paths, closed, statement, differences)


def _agreement(leaf: LeafDerivation) -> Agreement:
    if leaf.deviation == 0:
        return "same"
    if leaf.agrees:
        return "close"
    return "hooked" if leaf.hooked else "other"


def _chain_rule(root: str, name: str, leaf: LeafDerivation) -> Line:
    """`∂out/∂x = 2.25 + 2.25 = 4.5`: the sum over the paths."""
    text, latex = partial_text(root, name), partial_latex(root, name)
    total = values_text(leaf.total), values_latex(leaf.total)
    if not 1 < leaf.path_count <= min(_SHOWN, len(leaf.paths)):
        return Line(f"{text} = {total[0]}", f"{latex} = {total[1]}")
    terms = [values_text(path.product) for path in leaf.paths]
    terms_latex = [values_latex(path.product) for path in leaf.paths]
    return Line(f"{text} = {_sum(terms)} = {total[0]}", f"{latex} = {_sum(terms_latex)} = {total[1]}")


def _sum(terms: list[str]) -> str:
    return " + ".join(f"({term})" if term.startswith("-") and index else term for index, term in enumerate(terms))


def _path(record: DerivationRecord, path: PathRecord) -> Line:
    """`∂out/∂z · ∂z/∂y · ∂y/∂x = 0.25 · 6 · 1 = 1.5`."""
    start = record.steps[0].gradients[0] if record.steps[0].gradients else None
    symbols: list[str] = []
    symbols_latex: list[str] = []
    numbers: list[str] = []
    numbers_latex: list[str] = []
    if start is not None and values_text(start) != "1":
        numbers.append(values_text(start))
        numbers_latex.append(values_latex(start))
    for step_index, local_index in zip(path.steps, path.locals, strict=False):
        step = record.steps[step_index]
        local = step.locals[local_index]
        by, number = record.steps[local.target].label, _number(step, local)
        symbols.append(partial_text(step.label, by, number))
        symbols_latex.append(partial_latex(step.label, by, number))
        numbers.append(values_text(local.values))
        numbers_latex.append(values_latex(local.values))
    product = values_text(path.product), values_latex(path.product)
    times, times_latex = " · ", r" \cdot "
    text, latex = times.join(symbols), times_latex.join(symbols_latex)
    if len(numbers) > 1:
        text += f" = {_product(numbers, times)}"
        latex += f" = {_product(numbers_latex, times_latex)}"
    return Line(f"{text} = {product[0]}", f"{latex} = {product[1]}")


def _product(factors: list[str], times: str) -> str:
    return times.join(f"({factor})" if index and negative(factor) else factor for index, factor in enumerate(factors))


def _differences(record: FiniteDifferences, name: str, derived: bool, texts: Inquiries) -> str:
    """In words; `derived` tells whether autograd's gradient is the derived one, so that a kink may be what is wrong."""
    if record.reason is not None:
        return texts.no_differences[record.reason].format(name=name)
    return texts.differences["agree" if record.agrees else "disagree" if derived else "changed"].format(
        step=number_text(record.step),
        dtype=record.dtype,
        deviation=number_text(record.deviation or 0.0),
        tolerance=number_text(record.tolerance),
    )
