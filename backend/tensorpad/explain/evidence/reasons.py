"""Why an operation, or the backward function of one, makes a number that is not finite."""

import re

from tensorpad.explain.program.moments import Odd
from tensorpad.explain.words.findings import Phrase
from tensorpad.protocol.steps import OperationRecord

_SMALL = frozenset({"torch.float16", "torch.bfloat16"})
_FORWARD: tuple[tuple[tuple[str, ...], str], ...] = (
    (("log", "log2", "log10", "log1p", "logit"), "why_log"),
    (("sqrt", "rsqrt"), "why_sqrt"),
    (("div", "true_divide", "truediv", "rdiv", "rtruediv", "reciprocal", "remainder", "fmod"), "why_division"),
    (("exp", "exp2", "expm1", "cosh", "sinh", "square", "rpow"), "why_overflow"),
    (("pow",), "why_pow"),
    (("acos", "asin", "atanh", "acosh"), "why_domain"),
    (("mean", "var", "std", "std_mean", "var_mean"), "why_too_few"),
    (("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "nll_loss", "cross_entropy"), "why_mean_of_none"),
    (("add", "sub", "rsub", "radd", "iadd", "isub", "sum", "cumsum", "diff"), "why_difference"),
    (("mul", "rmul", "matmul", "mm", "bmm", "mv", "dot", "linear", "prod", "cumprod", "einsum"), "why_product"),
    (("half", "to", "type", "bfloat16", "float"), "why_cast"),
    (("scaled_dot_product_attention", "multi_head_attention_forward"), "why_attention"),
)
_BACKWARD: tuple[tuple[str, str], ...] = (
    ("Rsqrt", "slope_power"),
    ("Sqrt", "slope_sqrt"),
    ("Log", "slope_log"),
    ("Div", "slope_division"),
    ("Reciprocal", "slope_division"),
    ("Pow", "slope_power"),
    ("Acosh", "slope_edge"),
    ("Acos", "slope_edge"),
    ("Asin", "slope_edge"),
    ("Atanh", "slope_edge"),
    ("Std", "slope_std"),
    ("Atan2", "slope_origin"),
    ("Norm", "slope_norm"),
    ("LinalgVectorNorm", "slope_norm"),
    ("Exp", "slope_exp"),
    ("Mul", "slope_product"),
    ("Softmax", "slope_softmax"),
)


def forward_reason(operation: OperationRecord, kind: Odd, dtype: str, by_zero: bool) -> Phrase:
    """Why an operation made NaN or infinity of the numbers that it was given; `by_zero`: a zero may have been divided by."""
    function = operation.name.rpartition(".")[2].strip("_")
    key = next((key for names, key in _FORWARD if function in names), "why_other")
    if kind == "infinity" and dtype in _SMALL and key not in ("why_log", "why_division"):
        return Phrase("why_small", {"dtype": f"`{dtype}`", "most": "65504" if dtype == "torch.float16" else "3.4e38"})
    if key == "why_division" and kind == "infinity" and not by_zero:
        return Phrase("why_large", {})
    if key == "why_cast" or (key in ("why_difference", "why_product") and kind == "infinity"):
        return Phrase("why_large", {})
    if key == "why_mean_of_none" and kind == "infinity":
        return Phrase("why_other", {})
    return Phrase(key, {})


def backward_reason(function: str) -> Phrase:
    """Why a backward function sent NaN or infinity on."""
    name = re.sub(r"Backward\d*$", "", function)
    return Phrase(next((key for start, key in _BACKWARD if name.startswith(start)), "slope_other"), {})
