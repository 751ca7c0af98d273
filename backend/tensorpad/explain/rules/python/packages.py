"""Packages that courses import and that are not here: what does the same job."""

import re
from collections.abc import Iterator
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Value
from tensorpad.protocol.packages import COURSE, importable, of_course

_MODULE: Final = re.compile(r"No module named '([\w.]+)'")
_FAMILIES: Final = {
    "package_vision": "torchvision torchaudio torchtext torchdata",
    "package_board": "tensorboard tensorboardX wandb mlflow visdom",
    "package_learning": "sklearn xgboost statsmodels",
    "package_plots": "seaborn plotly bokeh altair",
    "package_images": "cv2 skimage imageio",
    "package_models": "transformers datasets timm huggingface_hub torchmetrics lightning pytorch_lightning fastai",
    "package_summary": "torchinfo torchsummary",
    "package_book": "d2l d2lzh d2lzh_pytorch mxnet",
    "package_widgets": "ipywidgets google",
}
"""The modules that a rule says what to do instead of."""
_RULES: Final = {module: rule for rule, modules in _FAMILIES.items() for module in modules.split()}


def absent_package(facts: Facts) -> Finding | None:
    """An import of a package that courses use and that is not installed here."""
    match = facts.match(_MODULE)
    if match is None:
        return None
    module = match[1].partition(".")[0]
    values: dict[str, Value] = {"name": code(module)}
    if module in of_course():
        return Finding("package_of_courses", values | {"extra": code(f"tensorpad[{COURSE}]")}, (), (), facts.span)
    rule = _RULES.get(module)
    return Finding(rule, values, (), (), facts.span) if rule else None


def importable_modules() -> tuple[Value, ...]:
    """The packages that can be imported here, as a list for a sentence."""
    return tuple(_named())


def _named() -> Iterator[Value]:
    for name in importable():
        yield code("PIL" if name == "pillow" else name)


RULES = (absent_package,)
