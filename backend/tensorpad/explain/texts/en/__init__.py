"""Explanations in English. Inline code stands between backticks; `{figure}` is a figure on lines of its own."""

from typing import Final

from tensorpad.explain.texts.catalogue import Catalogue
from tensorpad.explain.texts.en import (
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
    joint=", ",
)
