"""Recurrent layers and attention, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "recurrent_features": Message(
        "The recurrent layer expects another number of features",
        "{layer} was made with `input_size` {expected}. {name} is {shape}, whose last dimension has {got}. Change "
        "`input_size` to {got}, or the input's last dimension to {expected}.",
    ),
    "recurrent_state": Message(
        "The initial state does not match the input",
        "For the input {shape} the state of {layer} must be {wanted}, that is (layers and directions, batch, "
        "features); {state} is {got}. {order}",
    ),
    "cell_state": Message(
        "The state of the cell does not match the input",
        "{layer} takes a state of shape {wanted}: the batch of the input, and `hidden_size`. {state} is {got}.",
    ),
    "recurrent_state_dimensions": Message(
        "The initial state has the wrong number of dimensions",
        "The input of {layer} is {shape}, which is {dims}-D. Its state must then be {wanted}; {state} is {state_shape}.",
    ),
    "recurrent_dimensions": Message(
        "A recurrent layer takes a sequence of vectors",
        "{layer} takes {order}, or that without the batch. The input is {shape}, which is {dims}-D.",
    ),
    "lstm_state_pair": Message(
        "An LSTM has two states",
        "{layer} takes its initial state as a pair, `(h_0, c_0)`: the hidden state and the cell state. It was given "
        "one tensor, {state}.",
    ),
    "attention_heads": Message(
        "The heads must divide the features",
        "Attention splits the features (`embed_dim`, or `d_model`) into one part of equal size for each head. In "
        "{code} they cannot be divided by the number of heads.",
    ),
    "attention_features": Message(
        "The attention expects another number of features",
        "{layer} was made for {expected} features, and {name} is {shape}, whose last dimension has {got}. Change "
        "`embed_dim` (or `d_model`) to {got}, or the input.",
    ),
    "attention_mask": Message(
        "The mask needs a row for each query and a column for each key",
        "{mask} is {shape}, and must be {wanted}: (queries, keys), or with three dimensions (batch × heads, queries, keys).",
    ),
    "attention_product": Message(
        "Queries and keys need equal numbers of features",
        "Each query is multiplied with each key, so their last dimensions must agree. {query} is {query_shape}, "
        "and {key} is {key_shape}.",
    ),
    "transformer_batch": Message(
        "Source and target have different batches",
        "{source} is {source_shape}, and {target} is {target_shape}. Their batches must be equal. Without "
        "`batch_first=True` the order is (time, batch, features).",
    ),
    "transformer_features": Message(
        "Source and target must have `d_model` features",
        "The transformer was made with `d_model` {model}. {source} is {source_shape}, and {target} is "
        "{target_shape}: the last dimension of both must be {model}.",
    ),
}
