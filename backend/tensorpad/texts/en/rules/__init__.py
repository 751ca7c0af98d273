"""The message of each explanation rule, in English."""

from typing import Final

from tensorpad.texts.en.rules import (
    autograd,
    broadcasts,
    conversions,
    cuts,
    dimensions,
    dtypes,
    gradient_values,
    gradients,
    in_place,
    indexing,
    names,
    non_finite,
    optimisers,
    products,
    reshaping,
    resources,
    shapes,
    sharing,
    surprises,
    syntax,
)

MESSAGES: Final = {
    **autograd.MESSAGES,
    **broadcasts.MESSAGES,
    **conversions.MESSAGES,
    **cuts.MESSAGES,
    **dimensions.MESSAGES,
    **dtypes.MESSAGES,
    **gradient_values.MESSAGES,
    **gradients.MESSAGES,
    **in_place.MESSAGES,
    **indexing.MESSAGES,
    **names.MESSAGES,
    **non_finite.MESSAGES,
    **optimisers.MESSAGES,
    **products.MESSAGES,
    **reshaping.MESSAGES,
    **resources.MESSAGES,
    **shapes.MESSAGES,
    **sharing.MESSAGES,
    **surprises.MESSAGES,
    **syntax.MESSAGES,
}
