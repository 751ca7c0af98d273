"""每条规则的解释。"""

from typing import Final

from tensorpad.texts.zh_cn.rules import (
    autograd,
    broadcasts,
    conversions,
    cuts,
    dimensions,
    dtypes,
    gradients,
    in_place,
    indexing,
    names,
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
    **gradients.MESSAGES,
    **in_place.MESSAGES,
    **indexing.MESSAGES,
    **names.MESSAGES,
    **optimisers.MESSAGES,
    **products.MESSAGES,
    **reshaping.MESSAGES,
    **resources.MESSAGES,
    **shapes.MESSAGES,
    **sharing.MESSAGES,
    **surprises.MESSAGES,
    **syntax.MESSAGES,
}
