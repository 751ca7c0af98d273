"""简体中文的解释。反引号之间是代码；`{figure}` 是单独成行的图示。"""

from typing import Final

from tensorpad.explain.texts.catalogue import Catalogue
from tensorpad.explain.texts.zh_cn import (
    autograd,
    conversions,
    dtypes,
    fixes,
    indices,
    names,
    phrases,
    resources,
    shapes,
    surprises,
)

CATALOGUE: Final = Catalogue(
    messages={
        **shapes.MESSAGES,
        **indices.MESSAGES,
        **dtypes.MESSAGES,
        **autograd.MESSAGES,
        **conversions.MESSAGES,
        **names.MESSAGES,
        **resources.MESSAGES,
        **surprises.MESSAGES,
    },
    fixes=fixes.FIXES,
    phrases=phrases.PHRASES,
    joint="、",
)
