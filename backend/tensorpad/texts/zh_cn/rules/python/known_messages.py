"""消息已知的错误。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "loaded_model": Message(
        "`load_state_dict` 返回的不是模型",
        "{code} 用的是 `load_state_dict` 的返回值：那是没对上的名字，不是模型。它直接写入调用它的模型，"
        "所以请单独写成一行，之后继续用那个模型。",
    ),
    "class_not_made": Message(
        "这是类，不是它的对象",
        "{code} 直接调用了类的 {method}，而还没有创建对象。请先创建，例如 `model = Net()`，再调用对象的方法。",
    ),
    "schedule_of_model": Message(
        "学习率调度器要接收优化器",
        "{code} 传入的是 {kind}。学习率属于优化器，请传入优化器：`StepLR(optimizer, …)`。",
    ),
    "one_hot_dtype": Message(
        "`one_hot` 要求整数的类别编号",
        "{name} 不是 `torch.int64`。类别编号是下标，请用 `.long()` 转换。",
    ),
    "one_hot_range": Message(
        "类别编号超出范围",
        "{code} 得到的类别编号小于 0，或不小于 `num_classes`。有 n 个类别时，编号是 0 到 n - 1。",
    ),
    "einsum_dimensions": Message(
        "算式里的字母个数不对",
        "在 {code} 的算式里，第 {operand} 个张量（从 0 数起）有 {letters} 个字母，而 {name} 有 {count} 维。"
        "每一维要有一个字母，其余的可以写成 `...`。",
    ),
    "loader_indexed": Message(
        "DataLoader 不能用下标",
        "{code} 想从 `DataLoader` 里取一个元素，而它只能遍历。第一批用 `next(iter(loader))`，"
        "单个样本用 `loader.dataset[i]`。",
    ),
    "loader_next": Message(
        "DataLoader 本身不是迭代器",
        "{code} 直接向 `DataLoader` 要下一批。`iter(loader)` 开始一轮，再对它用 `next` 得到各批数据。",
    ),
    "iterator_next": Message(
        "`next` 是 Python 的函数",
        "{code} 是 Python 2 的写法，请写成 `next(iterator)`。",
    ),
    "dataset_sizes": Message(
        "数据集里的张量长度不同",
        "`TensorDataset` 沿第 0 维把各个张量配对，所以它们这一维的大小必须相同。",
    ),
    "probabilities_invalid": Message(
        "这些不是概率",
        "{code} 按权重抽样，而其中有负数、无穷大或 NaN。`softmax` 把得分变成概率；如果 NaN 是之前产生的，"
        "请找到它开始的地方。",
    ),
    "distribution_parameter": Message(
        "分布的参数超出范围",
        "{kind} 的 {name} 里有不允许的值，torch 的消息末尾列出了它。尺度必须为正，概率在 0 到 1 之间；"
        "NaN 总是不行，它来自之前的计算。",
    ),
    "singular_matrix": Message(
        "矩阵没有逆",
        "{code} 需要满秩的矩阵，而这个矩阵是奇异的：各行线性相关。"
        "可以改用 `torch.linalg.pinv` 或 `torch.linalg.lstsq`，或加上很小的单位矩阵。",
    ),
    "not_positive_definite": Message(
        "矩阵不是正定的",
        "只有特征值全为正的对称矩阵才有 Cholesky 分解。如果是协方差矩阵，可以在对角线上加一点：`A + 1e-6 * torch.eye(n)`。",
    ),
    "not_square": Message(
        "矩阵不是方阵",
        "{code} 要求行数与列数相等，而这里是 {rows} × {columns}。其他矩阵请用 `torch.linalg.pinv`。",
    ),
    "matrix_needed": Message(
        "{function} 的输入是矩阵",
        "{name} 的形状是 {shape}，而 {function} 需要行和列，至少两维。",
    ),
    "text_and_tensor": Message(
        "文字和张量不能用 `+` 连接",
        '{code} 把张量加到文字上。请用 f-string，例如 `f"loss: {{loss.item():.4f}}"`，或 `str(…)`。',
    ),
    "interpolate_dimensions": Message(
        "`interpolate` 的输入要有批次维",
        "输入是 (批次, 通道, …)，而 {name} 的形状是 {shape}，留给位置的维数就比 `size` 少一维。"
        "用 `unsqueeze(0)` 加上批次维。",
    ),
    "size_of_tensor": Message(
        "大小要用 Python 整数",
        "{code} 在应写大小的地方传入了 {name}。`tolist()` 把它变成整数。",
    ),
    "none_operand": Message(
        "有一边是 None",
        "在 {code} 里，{sign} 的一边是 `None`。没有 `return` 的函数会返回 `None`；反向传播带来梯度之前，`.grad` 也是 None。",
    ),
    "no_length": Message(
        "{kind} 没有说明自己的长度",
        "{code} 需要 {kind} 的长度，而它的类没有定义 `__len__`。`Dataset` 要有 `__len__` 和 `__getitem__`；"
        "`DataLoader` 打乱顺序、组成批次都需要长度。",
    ),
    "padding_mask": Message(
        "填充掩码的形状是 (批次, 键数)",
        "`key_padding_mask` 的第 {dim} 维大小是 {size}，应为 {wanted}。没有 `batch_first=True` 时，注意力层的输入是"
        " (时间, 批次, 特征)，批次在第 1 维。",
    ),
    "array_and_tensor": Message(
        "数组和张量在这里不能混用",
        "在 {code} 里，NumPy 要把张量变成数组，却做不到。请先把数组变成张量：`torch.from_numpy(…)`；"
        "张量是 float32 时再加 `.float()`。",
    ),
    "lengths_unsorted": Message(
        "最长的序列要排在前面",
        "{code} 要求长度从大到小排列。写上 `enforce_sorted=False`，它就会自己排序。",
    ),
    "drawn_parameters": Message(
        "`make_dot` 的 `params` 是字典",
        "{code} 传入的参数没有名字。`dict(model.named_parameters())` 带有名字。",
    ),
    "optimiser_backward": Message(
        "反向传播从损失开始，优化器负责更新",
        "{kind} 没有 `backward`。先用 `loss.backward()` 计算梯度，再用 `optimizer.step()` 更新。",
    ),
    "sparse_undefined": Message(
        "稀疏张量不支持这个操作",
        "{function} 处理的是稠密的内存，而 {name} 是稀疏的。`to_dense()` 把它变成稠密张量；做乘法可以用 `torch.sparse.mm`。",
    ),
    "index_dimensions": Message(
        "下标张量的维数要与张量相同",
        "{name} 的形状是 {name_shape}，{index} 的形状是 {index_shape}。"
        "下标为结果的每个元素指明它在某一维上的位置，所以维数要与张量相同。每行取一个数时，"
        "用 `index.unsqueeze(1)` 变成一列。",
    ),
    "scatter_dtype": Message(
        "`scatter` 不会转换类型",
        "写入的数据必须与被写的张量类型相同，而这里是 {dtypes}。请先转换数据。",
    ),
    "element_no_tensor": Message(
        "列表里有不是张量的东西",
        "{code} 连接的是张量，而列表的第 {index} 个元素（从 0 数起）是 {kind}。`torch.tensor(…)` 可以由数的列表创建张量。",
    ),
    "torch_argument_missing": Message(
        "缺少参数",
        "{code} 调用了 {function}，它还需要 {names}。",
    ),
    "argument_types": Message(
        "{function} 没有接受这些参数的形式",
        "{code} 传入的是 {got}。请与 torch 消息里列出的各种形式对照：个数、顺序和类型要与其中一种相符。",
    ),
}
