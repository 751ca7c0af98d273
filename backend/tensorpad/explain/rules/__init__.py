"""The rules, by family. The message of each is in `texts/*/rules`, in the file of the same name.

A rule of an error returns a finding or None, and the first finding is explained. A rule of a surprise yields all it finds.
"""

from collections.abc import Callable, Iterator

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.rules.autograd import (
    autograd,
    complex_numbers,
    cuts,
    derivatives,
    flat,
    gradient_values,
    gradients,
    in_place,
    missing_gradients,
    no_graph,
    overwritten,
    passes,
    retained,
)
from tensorpad.explain.rules.custom import (
    contexts,
    function_calls,
    functions,
    gradient_hooks,
    hook_results,
    hooks,
    transforms,
    vmap,
)
from tensorpad.explain.rules.layers import (
    class_losses,
    classes,
    convolutions,
    layers,
    losses,
    modules,
    normalisation,
    sequences,
    softmaxes,
)
from tensorpad.explain.rules.python import (
    arguments,
    calls,
    conversions,
    known_messages,
    names,
    no_tensors,
    notes,
    packages,
    python_values,
    resources,
    returns,
    syntax,
)
from tensorpad.explain.rules.tensors import (
    broadcasts,
    constructors,
    copies,
    dimensions,
    dtypes,
    indexing,
    integers,
    non_finite,
    precision,
    products,
    reshaping,
    shapes,
    sharing,
    surprises,
    unused,
)
from tensorpad.explain.rules.training import loops, optimisers, parameters, training
from tensorpad.explain.words.findings import Finding

ErrorRule = Callable[[Facts], Finding | None]
SurpriseRule = Callable[[Facts], Iterator[Finding]]

# The particular before the general: a layer before a product, a missing gradient before any None.
ERROR_RULES: tuple[ErrorRule, ...] = (
    *functions.RULES,
    *function_calls.RULES,
    *contexts.RULES,
    *hook_results.RULES,
    *hooks.RULES,
    *transforms.RULES,
    *vmap.RULES,
    *complex_numbers.RULES,
    *derivatives.RULES,
    *in_place.RULES,
    *overwritten.RULES,
    *losses.RULES,
    *class_losses.RULES,
    *layers.RULES,
    *convolutions.RULES,
    *sequences.RULES,
    *normalisation.RULES,
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
    *classes.RULES,
    *modules.RULES,
    *optimisers.RULES,
    *returns.RULES,
    *known_messages.RULES,
    *calls.RULES,
    *arguments.RULES,
    *no_tensors.RULES,
    *python_values.RULES,
    *conversions.RULES,
    *packages.RULES,
    *names.RULES,
    *syntax.RULES,
    *resources.RULES,
    *known_messages.LAST,
)
SURPRISE_RULES: tuple[SurpriseRule, ...] = (
    *gradients.RULES,
    *functions.SURPRISES,
    *training.RULES,
    *parameters.RULES,
    *cuts.RULES,
    *gradient_hooks.RULES,
    *retained.RULES,
    *loops.RULES,
    *sharing.RULES,
    *broadcasts.RULES,
    *non_finite.RULES,
    *gradient_values.RULES,
    *flat.RULES,
    *softmaxes.RULES,
    *copies.RULES,
    *unused.RULES,
    *constructors.RULES,
    *integers.RULES,
    *precision.RULES,
    *surprises.RULES,
    *notes.RULES,
)
