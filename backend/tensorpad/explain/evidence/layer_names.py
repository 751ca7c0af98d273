"""What a layer is called that failed: by its path in the program (`net.3`), or else by its class."""

from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Value

_CLASSES: Final = {
    "linear": "Linear",
    "bilinear": "Bilinear",
    "conv1d": "Conv1d",
    "conv2d": "Conv2d",
    "conv3d": "Conv3d",
    "conv_transpose1d": "ConvTranspose1d",
    "conv_transpose2d": "ConvTranspose2d",
    "conv_transpose3d": "ConvTranspose3d",
    "batch_norm": "BatchNorm",
    "layer_norm": "LayerNorm",
    "group_norm": "GroupNorm",
    "instance_norm": "InstanceNorm",
    "multi_head_attention_forward": "MultiheadAttention",
    "embedding": "Embedding",
    "gru_cell": "GRUCell",
    "lstm_cell": "LSTMCell",
    "rnn_tanh_cell": "RNNCell",
    "rnn_relu_cell": "RNNCell",
}


def layer(facts: Facts) -> Value:
    """The failed layer inside a sentence."""
    called = facts.function if f"{facts.function}(" in facts.text else layer_class(facts)
    return code(layer_path(facts) or called)


def layer_path(facts: Facts) -> str | None:
    """The path of the layer whose parameter the failed call was given; None if no variable leads there."""
    for operand in facts.operands:
        name = facts.name(operand.tensor)
        owner, dot, parameter = (name or "").rpartition(".")
        if (
            dot
            and operand.argument not in ("0", "input")
            and parameter.startswith(("weight", "bias", "in_proj", "out_proj"))
        ):
            return owner.removesuffix(".out_proj") if parameter.startswith("out_proj") else owner
    return None


def layer_class(facts: Facts) -> str:
    """The class of the failed layer, or the name of the failed function."""
    return _CLASSES.get(facts.function, facts.function)
