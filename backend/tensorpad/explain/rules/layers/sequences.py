"""Recurrent layers, attention and embeddings."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.layer_names import layer
from tensorpad.explain.words.figures import code, shape, sizes_in
from tensorpad.explain.words.findings import Dimension, Edit, Finding, Phrase, Value

_FEATURES = re.compile(
    r"input\.size\(-1\) must be equal to input_size\. Expected (\d+), got (\d+)"
    r"|input has inconsistent input_size: got (\d+),? expected (\d+)"
)
_STATE = re.compile(r"Expected hidden(\[[01]\])? size \(([\d, ]+)\), got \[([\d, ]+)\]")
_CELL_STATE = re.compile(
    r"Input batch size (\d+) doesn't match hidden\d? batch size (\d+)"
    r"|hidden\d? has inconsistent hidden_size: got (\d+),? expected (\d+)"
)
_STATE_DIMENSIONS = re.compile(
    r"For (un)?batched (\d)-D input, hx (?:and cx )?should also be (\d)-D but got \(?(\d)-D(?:, (\d)-D\))? tensors?"
)
_INPUT_DIMENSIONS = re.compile(r"(LSTM|GRU|RNN): Expected input to be 2D or 3D, got (\d)D instead")
_HEADS = re.compile(r"embed_dim must be divisible by num_heads|embed_dim (\d+) not divisible by num_heads (\d+)")
_EMBEDDING = re.compile(r"was expecting embedding dimension of (\d+), but got (\d+)")
_MASK = re.compile(r"The shape of the (\d)D attn_mask is torch\.Size\(\[([\d, ]+)\]\), but should be \(([\d, ]+)\)")
_BATCH = re.compile(r"the (batch number|feature number) of src and tgt must be equal")
_PRODUCT = re.compile(
    r"Expected size for first two dimensions of batch2 tensor to be|The size of tensor a \(\d+\) must match"
)
_PAIR = re.compile(r"is out of bounds for dimension 0 with size|too many values to unpack|not enough values to unpack")


def features(facts: Facts) -> Finding | None:
    """A recurrent layer whose input has another number of features."""
    match, operand = facts.match(_FEATURES), facts.operand("0", "input")
    if match is None or operand is None or not operand.shape:
        return None
    expected, got = (match[1], match[2]) if match[1] else (match[4], match[3])
    return Finding(
        "recurrent_features",
        {
            "layer": layer(facts),
            "expected": expected,
            "got": got,
            "name": facts.labelled(operand),
            "shape": code(shape(operand.shape)),
        },
        (operand.tensor,),
        (Dimension(operand.tensor, len(operand.shape) - 1),),
        facts.span,
    )


def state(facts: Facts) -> Finding | None:
    """A first state whose layers, batch or features are not those of the layer and its input."""
    match, operand = facts.match(_STATE), facts.operand("0", "input")
    if match is None or operand is None:
        return None
    wanted, got = sizes_in(match[2]), sizes_in(match[3])
    hidden = facts.operand(*(("1[1]", "hx[1]") if match[1] == "[1]" else ("1", "hx", "1[0]", "hx[0]")))
    first = facts.argument("batch_first") == "True"
    return Finding(
        "recurrent_state",
        {
            "layer": layer(facts),
            "state": facts.labelled(hidden) if hidden else Phrase("first_state", {}),
            "wanted": code(shape(wanted)),
            "got": code(shape(got)),
            "shape": code(shape(operand.shape)),
            "batch": wanted[1] if len(wanted) == 3 else wanted[0],
            "order": Phrase("batch_first" if first else "batch_second", {}),
        },
        (hidden.tensor if hidden else None, operand.tensor),
        tuple(
            Dimension(hidden.tensor, dim)
            for dim in range(len(got))
            if hidden is not None and len(got) == len(wanted) and got[dim] != wanted[dim]
        ),
        facts.span,
    )


def cell_state(facts: Facts) -> Finding | None:
    """The state of a cell that has another batch or number of features."""
    match = facts.match(_CELL_STATE)
    operand, hidden = facts.operand("0", "input"), facts.operand("1", "hx", "1[0]")
    weight = facts.operand("3") or facts.operand("weight_hh")
    if match is None or operand is None or hidden is None or weight is None or not operand.shape or len(weight.shape) < 2:
        return None
    wanted = (operand.shape[0], weight.shape[1])
    values: dict[str, Value] = {
        "layer": layer(facts),
        "state": facts.labelled(hidden),
        "got": code(shape(hidden.shape)),
        "wanted": code(shape(wanted)),
    }
    return Finding("cell_state", values, (hidden.tensor, operand.tensor), (), facts.span)


def state_dimensions(facts: Facts) -> Finding | None:
    """A first state that has a batch dimension where the input has none, or the reverse."""
    match, operand = facts.match(_STATE_DIMENSIONS), facts.operand("0", "input")
    if match is None or operand is None:
        return None
    hidden = [one for one in facts.operands if one.argument in ("1", "hx", "1[0]", "hx[0]", "1[1]", "hx[1]")]
    wanted, got = int(match[3]), int(match[4])
    fix: Edit | None = None
    if wanted == 3 and got == 2 and len(hidden) == 1 and facts.argument("num_layers") == "1":
        fix = edits.change_operand(facts, hidden[0].tensor, ".unsqueeze(0)", "new_dimension")
    return Finding(
        "recurrent_state_dimensions",
        {
            "layer": layer(facts),
            "shape": code(shape(operand.shape)),
            "dims": len(operand.shape),
            "state": facts.labelled(hidden[0]) if hidden else Phrase("first_state", {}),
            "state_shape": code(shape(hidden[0].shape)) if hidden else code("?"),
            "wanted": code("(num_layers, batch, hidden_size)" if wanted == 3 else "(num_layers, hidden_size)"),
        },
        (hidden[0].tensor if hidden else None, operand.tensor),
        (),
        facts.span,
        fix,
    )


def input_dimensions(facts: Facts) -> Finding | None:
    """A recurrent layer that is given too few or too many dimensions."""
    match, operand = facts.match(_INPUT_DIMENSIONS), facts.operand("0", "input")
    if match is None or operand is None:
        return None
    first = facts.argument("batch_first") == "True"
    return Finding(
        "recurrent_dimensions",
        {
            "layer": layer(facts),
            "shape": code(shape(operand.shape)),
            "dims": match[2],
            "order": code("(batch, time, features)" if first else "(time, batch, features)"),
        },
        (operand.tensor,),
        (),
        facts.span,
    )


def state_pair(facts: Facts) -> Finding | None:
    """One tensor where an LSTM takes a pair of states."""
    callee, bracket, _ = facts.text.partition("(")
    if not bracket or "[" in facts.text or not facts.kinds.get(callee, "").endswith(".LSTM"):
        return None
    single = facts.first_operand if facts.called("__getitem__") else facts.operand("1", "hx")
    if facts.match(_PAIR) is None or single is None:
        return None
    values: dict[str, Value] = {"layer": code(callee), "state": facts.labelled(single)}
    return Finding("lstm_state_pair", values, (single.tensor,), (), facts.span)


def attention(facts: Facts) -> Finding | None:
    """Attention whose heads do not divide its features, or whose input has another number of them."""
    if facts.match(_HEADS) is not None:
        return Finding("attention_heads", {"code": code(facts.text)}, (), (), facts.span)
    match, query = facts.match(_EMBEDDING), facts.operand("0", "query", "src")
    if match is None or query is None or not query.shape:
        return None
    return Finding(
        "attention_features",
        {
            "layer": layer(facts),
            "expected": match[1],
            "got": match[2],
            "name": facts.labelled(query),
            "shape": code(shape(query.shape)),
        },
        (query.tensor,),
        (Dimension(query.tensor, len(query.shape) - 1),),
        facts.span,
    )


def attention_mask(facts: Facts) -> Finding | None:
    """A mask that does not have a row for each query and a column for each key."""
    match, mask = facts.match(_MASK), facts.operand("attn_mask")
    if match is None or mask is None:
        return None
    # A layer may have made it anew of the mask that it was given.
    made = facts.makers.get(mask.tensor or "")
    values: dict[str, Value] = {
        "mask": facts.labelled(mask) if made is None or made.parent is None else Phrase("the_mask", {}),
        "shape": code(shape(mask.shape)),
        "wanted": code(shape(sizes_in(match[3]))),
    }
    return Finding("attention_mask", values, (mask.tensor,), (), facts.span)


def attention_product(facts: Facts) -> Finding | None:
    """`scaled_dot_product_attention` of queries and keys with different features."""
    query, key = facts.operand("0", "query"), facts.operand("1", "key")
    if not facts.called("scaled_dot_product_attention") or facts.match(_PRODUCT) is None or query is None or key is None:
        return None
    if not query.shape or not key.shape or query.shape[-1] == key.shape[-1]:
        return None
    return Finding(
        "attention_product",
        {
            "query": facts.labelled(query),
            "query_shape": code(shape(query.shape)),
            "key": facts.labelled(key),
            "key_shape": code(shape(key.shape)),
        },
        (query.tensor, key.tensor),
        (Dimension(query.tensor, len(query.shape) - 1), Dimension(key.tensor, len(key.shape) - 1)),
        facts.span,
    )


def transformer(facts: Facts) -> Finding | None:
    """A transformer whose source and target differ in their batch or features."""
    match = facts.match(_BATCH)
    source, target = facts.operand("0", "src"), facts.operand("1", "tgt")
    if match is None or source is None or target is None:
        return None
    values: dict[str, Value] = {
        "source": facts.labelled(source),
        "source_shape": code(shape(source.shape)),
        "target": facts.labelled(target),
        "target_shape": code(shape(target.shape)),
        "model": facts.argument("d_model") or "",
    }
    rule = "transformer_batch" if match[1].startswith("batch") else "transformer_features"
    return Finding(rule, values, (source.tensor, target.tensor), (), facts.span)


RULES = (
    features,
    state,
    cell_state,
    state_dimensions,
    input_dimensions,
    state_pair,
    attention,
    attention_mask,
    attention_product,
    transformer,
)
