"""模型与 state_dict。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "state_dict_sizes": Message(
        "保存的参数与模型的大小不同",
        "{model} 有 {count} 个参数的形状与保存的不同（保存的 → 模型的）：\n{figure}\n请用保存时的大小来构建模型。",
    ),
    "state_dict_keys": Message(
        "保存的参数与模型的名字不同",
        "字典与 {model} 不符。{missing}{unexpected}{reason}",
    ),
    "state_dict_kind": Message(
        "`load_state_dict` 的参数是一个字典",
        "这里给的是 {kind}。模型的参数字典是 `model.state_dict()`。",
    ),
    "layers_in_list": Message(
        "`nn.Sequential` 的参数是一个个网络层，不是列表",
        "{code} 只传了一个列表。请逐个传入，或在列表前加 `*`。",
    ),
    "layer_not_made": Message(
        "这是网络层的类，不是网络层",
        "{code} 里的 {kind} 没有括号。`nn.{kind_plain}()` 才会创建这一层。",
    ),
    "no_module": Message(
        "容器里只能放网络层",
        "{code} 里的 {kind} 不是 `nn.Module`。"
        "`torch.relu` 这样的函数有对应的网络层 `nn.ReLU()`，也可以在 `forward` 里直接调用。",
    ),
    "module_list_called": Message(
        "网络层的列表不能调用",
        "{kind} 只是存放网络层，而 {code} 调用了它。"
        "请用循环（`for layer in layers: x = layer(x)`），"
        "或改用会依次调用各层的 `nn.Sequential`。",
    ),
    "drawn_model": Message(
        "`make_dot` 画的是张量，不是模型",
        "{name} 是 {kind}。用输入调用模型之后才有计算图：{call}。",
    ),
    "drawn_number": Message(
        "`make_dot` 的参数必须是张量",
        "这里给的是 {kind}，它没有计算图。请传入由要求梯度的张量算出的张量。",
    ),
    "layer_no_list": Message(
        "一个网络层不是列表",
        "{name} 是一个 {kind}，而 {code} 把它当作列表。"
        "`nn.Sequential` 和 `nn.ModuleList` 里才有一个个网络层；网络层的参数要用 `parameters()` 取得。",
    ),
}
