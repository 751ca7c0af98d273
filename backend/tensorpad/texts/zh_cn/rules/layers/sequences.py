"""循环层与注意力。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "recurrent_features": Message(
        "循环层的输入特征数不对",
        "{layer} 的 `input_size` 是 {expected}，而 {name} 的形状是 {shape}，"
        "最后一维是 {got}。请把 `input_size` 改成 {got}，或把输入的最后一维改成 {expected}。",
    ),
    "recurrent_state": Message(
        "初始状态与输入对不上",
        "输入的形状是 {shape} 时，{layer} 的状态应为 {wanted}，即 (层数 × 方向数, 批次, 特征)，"
        "而 {state} 的形状是 {got}。{order}",
    ),
    "cell_state": Message(
        "循环单元的状态与输入对不上",
        "{layer} 的状态形状应为 {wanted}，即输入的批次大小和 `hidden_size`，而 {state} 的形状是 {got}。",
    ),
    "recurrent_state_dimensions": Message(
        "初始状态的维数不对",
        "{layer} 的输入形状是 {shape}，共 {dims} 维，所以状态应为 {wanted}，而 {state} 的形状是 {state_shape}。",
    ),
    "recurrent_dimensions": Message(
        "循环层的输入是向量的序列",
        "{layer} 的输入是 {order}，也可以没有批次维。现在的形状是 {shape}，共 {dims} 维。",
    ),
    "lstm_state_pair": Message(
        "LSTM 有两个状态",
        "{layer} 的初始状态是一对张量 `(h_0, c_0)`，即隐藏状态和细胞状态，这里只给了一个张量 {state}。",
    ),
    "attention_heads": Message(
        "特征数必须能被头数整除",
        "注意力把特征（`embed_dim` 或 `d_model`）平均分给各个头。{code} 的特征数不能被头数整除。",
    ),
    "attention_features": Message(
        "注意力层的输入特征数不对",
        "{layer} 是为 {expected} 个特征创建的，而 {name} 的形状是 {shape}，"
        "最后一维是 {got}。请把 `embed_dim`（或 `d_model`）改成 {got}，或修改输入。",
    ),
    "attention_mask": Message(
        "掩码的每一行对应一个查询，每一列对应一个键",
        "{mask} 的形状是 {shape}，应为 {wanted}，即 (查询数, 键数)；三维时是 (批次 × 头数, 查询数, 键数)。",
    ),
    "attention_product": Message(
        "查询与键的特征数必须相同",
        "每个查询要与每个键做点积，所以两者的最后一维必须相同。{query} 的形状是 {query_shape}，{key} 的形状是 {key_shape}。",
    ),
    "transformer_batch": Message(
        "源序列与目标序列的批次大小不同",
        "{source} 的形状是 {source_shape}，{target} 的形状是 {target_shape}，"
        "两者的批次大小必须相同。没有 `batch_first=True` 时，次序是 (时间, 批次, 特征)。",
    ),
    "transformer_features": Message(
        "源序列与目标序列的特征数必须等于 `d_model`",
        "这个 Transformer 的 `d_model` 是 {model}。"
        "{source} 的形状是 {source_shape}，{target} 的形状是 {target_shape}，"
        "两者的最后一维都必须是 {model}。",
    ),
}
