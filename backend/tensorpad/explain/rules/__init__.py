"""The rules, by family. The message of each is in `texts/*/rules`, in the file of the same name.

A rule of an error returns a finding or None, and the first finding is explained. A rule of a surprise yields all it finds.
"""

from collections.abc import Callable, Iterator

from tensorpad.explain.facts import Facts
from tensorpad.explain.findings import Finding
from tensorpad.explain.rules import (
    autograd,
    broadcasts,
    constructors,
    contexts,
    conversions,
    copies,
    cuts,
    dimensions,
    dtypes,
    function_calls,
    functions,
    gradient_values,
    gradients,
    in_place,
    indexing,
    integers,
    missing_gradients,
    names,
    no_graph,
    non_finite,
    optimisers,
    overwritten,
    passes,
    precision,
    products,
    reshaping,
    resources,
    shapes,
    sharing,
    softmaxes,
    surprises,
    syntax,
    unused,
)

ErrorRule = Callable[[Facts], Finding | None]
SurpriseRule = Callable[[Facts], Iterator[Finding]]

# The particular before the general: a layer before a product, a missing gradient before any None.
ERROR_RULES: tuple[ErrorRule, ...] = (
    *functions.RULES,
    *function_calls.RULES,
    *contexts.RULES,
    *in_place.RULES,
    *overwritten.RULES,
    *products.RULES,
    *shapes.RULES,
    *reshaping.RULES,
    *indexing.RULES,
    *dimensions.RULES,
    *dtypes.RULES,
    *passes.RULES,
    *no_graph.RULES,
    *missing_gradients.RULES,
    *autograd.RULES,
    *optimisers.RULES,
    *conversions.RULES,
    *names.RULES,
    *syntax.RULES,
    *resources.RULES,
)
SURPRISE_RULES: tuple[SurpriseRule, ...] = (
    *gradients.RULES,
    *functions.SURPRISES,
    *cuts.RULES,
    *sharing.RULES,
    *broadcasts.RULES,
    *non_finite.RULES,
    *gradient_values.RULES,
    *softmaxes.RULES,
    *copies.RULES,
    *unused.RULES,
    *constructors.RULES,
    *integers.RULES,
    *precision.RULES,
    *surprises.RULES,
)
