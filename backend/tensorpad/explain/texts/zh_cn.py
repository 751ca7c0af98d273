"""简体中文的解释。反引号之间是代码；`{figure}` 是单独成行的图示。"""

from typing import Final

from tensorpad.explain.texts.catalogue import Catalogue, Message

_SHAPES: Final = {
    "broadcast": Message(
        "这两个形状无法广播",
        "逐元素运算时，形状从右往左逐列对齐：每一列的大小要么相等，要么有一个是 1，要么其中一方没有这一列。"
        "从右数第 {place} 列是 {left} 和 {right}：\n{figure}\n"
        "可以用 `unsqueeze` 或 `reshape` 在这一列补一个大小为 1 的维度，或者检查哪个张量的大小不对。",
    ),
    "broadcast_in_place": Message(
        "结果放不进原来的张量",
        "原地运算要把结果写回 {name}，而它的形状 {shape} 不会改变；结果的形状却是 {result}：\n{figure}\n"
        "只有另一个张量可以被拉伸。请改为生成一个新张量。",
    ),
    "concatenate": Message(
        "除拼接的维度外，其余维度也不一致",
        "沿维度 {dim} 拼接，就是在这一维上首尾相接，其他每一维的大小都必须相同。这里一个是 {expected}，另一个是 "
        "{got}：\n{figure}\n"
        "请换一个维度拼接，或先让大小一致。",
    ),
    "concatenate_dimensions": Message(
        "张量的维数不同",
        "`cat` 沿已有的维度拼接，所以各张量的维数必须相同；这里是 {first} 维和 {second} 维：\n{figure}\n"
        "矩阵的一行形状是 `(1, n)` 而不是 `(n,)`，`unsqueeze(0)` 可以补上这一维。",
    ),
    "concatenate_scalars": Message(
        "没有维度的张量不能拼接",
        "`cat` 沿某个维度拼接，而标量张量没有维度。`stack` 会新建一个维度，把它们并排放进去。",
    ),
    "stack": Message(
        "`stack` 要求形状相同",
        "堆叠后每个张量成为新张量的一层，所以形状必须完全相同：\n{figure}\n"
        "长度不同的张量可以用 `cat` 首尾相接，或者先把短的补齐。",
    ),
    "view_of_strided": Message(
        "`view` 没法按新的次序读这些元素",
        "视图从不移动元素。{name} 的形状是 {shape}，步长是 {stride}；要能一行接一行地连续读取，步长得是 {contiguous}。"
        "它来自 `t`、`permute` 或切片这类只改步长的操作。`reshape` 会在必要时复制元素，与 "
        "`.contiguous().view(…)` 效果相同。",
    ),
    "reshape_sizes": Message(
        "新形状的元素个数对不上",
        "{name} 的形状是 {shape}，要变成 {wanted}。{reason}"
        "改变形状只是重新排列，元素一个不能多，一个不能少。可以有一个大小写成 `-1`，由 torch 推算。",
    ),
    "reshape_inferred": Message(
        "只能有一个大小留给 torch 推算",
        "`-1` 表示“由其他大小推出来”。写了两个 `-1` 答案就不唯一了，请至多保留一个。",
    ),
    "expand": Message(
        "只有大小为 1 的维度才能扩展",
        "{name} 在这一维有 {size} 个元素，却要变成 {wanted} 个。`expand` 不复制数据，只是把同一个元素显示多次，"
        "所以只能从 1 开始：\n{figure}\n要把多个元素反复复制，请用 `repeat`。",
    ),
    "expand_dimensions": Message(
        "`expand` 不能减少维度",
        "{name} 的形状是 {shape}，`expand` 至少要给 {dims} 个大小，这里只给了 {given} 个。新维度加在最前面，`-1` "
        "表示大小不变。",
    ),
    "assigned": Message(
        "右边的值放不进左边的位置",
        "{part} 只接受形状相同、或能广播成这个形状的值：\n{figure}",
    ),
    "ragged": Message(
        "各行的长度不一样",
        "张量必须是填满的格子。在第 {dim} 维上，第一个列表有 {expected} 个元素，另一个却有 {got} 个。"
        "请把短的补齐，或者用 Python 列表分别保存各行张量。",
    ),
    "linear": Message(
        "线性层的输入特征数不对",
        "{layer} 把 {features} 个特征变成 {outputs} 个。输入的形状是 {shape}，最后一维是 {got}。"
        "请把这一层的 `in_features` 改成 {got}，或把输入的最后一维改成 {features}。",
    ),
    "matrix_product": Message(
        "矩阵乘法中间的两个大小不相等",
        "{left} 的行要与 {right} 的列相乘，所以中间两个大小必须相等，这里是 {inner_left} 和 {inner_right}：\n{figure}\n"
        "多半是其中一个需要转置；如果想逐元素相乘，请用 `*`。",
    ),
    "batched_product": Message(
        "批量矩阵乘法的批次对不上",
        "最后两维是矩阵，前面的 {left} 和 {right} 是批次，必须一致（`@` 还能把 1 广播开，`bmm` 不能）：\n{figure}",
    ),
    "product_dimensions": Message(
        "维数不符合这种乘法的要求",
        "{function} 的两个参数应分别是 {first} 维和 {second} 维：\n{figure}\n`@`（即 `torch.matmul`）"
        "可以处理向量、矩阵以及成批的矩阵。",
    ),
    "einsum": Message(
        "同一个字母代表了两种大小",
        "在 `einsum` 里，同一个字母无论出现在哪里大小都相同。{letter} 在一个张量里是 {first}，在另一个里是 "
        "{second}：\n{figure}",
    ),
    "channels": Message(
        "卷积层的输入通道数不对",
        "卷积核需要 {expected} 个通道。输入的形状是 {shape}，第 {dim} 维是 {got}。图像的次序是（批次、通道、高、宽）："
        "请用 `permute` 调整次序，或把 `in_channels` 改成 {got}。",
    ),
    "layer_dimensions": Message(
        "输入的维数不对",
        "{function} 的输入应是 {unbatched} 维，前面带批次时是 {batched} 维。现在的形状是 {shape}，共 {dims} 维。"
        "可以用 `unsqueeze` 补上大小为 1 的批次维或通道维。",
    ),
}

_INDICES: Final = {
    "index_out_of_range": Message(
        "下标超出了范围",
        "{name} 的形状是 {shape}，第 {dim} 维有 {size} 个元素，编号是 0 到 {last}（从末尾数是 {lowest} 到 -1），"
        "没有 {index} 号。",
    ),
    "index_into_empty": Message(
        "这一维是空的，没有元素可取",
        "{name} 的形状是 {shape}，第 {dim} 维一个元素也没有，自然取不到下标 {index}。请看看是哪一步让它变空的。",
    ),
    "embedding_range": Message(
        "下标指向了不存在的行",
        "表里有 {rows} 行，编号是 0 到 {last}；{indices} 里有超出这个范围的数。请把表加大（`num_embeddings`），"
        "或检查下标是怎么来的。",
    ),
    "target_range": Message(
        "标签不在类别范围内",
        "得分共有 {classes} 类，标签应是 0 到 {last}，而 {target} 里出现了 {label}。如果标签从 1 开始，请都减 1；"
        "否则模型需要更多输出。",
    ),
    "too_many_indices": Message(
        "下标比维度还多",
        "{name} 的形状是 {shape}，共 {dims} 维，每一维只用一个下标。{code} 给多了。",
    ),
    "mask_shape": Message(
        "掩码的形状与张量不一致",
        "布尔掩码对每个元素说“要”或“不要”，所以形状必须与被选的张量（或它的前几维）相同：\n{figure}",
    ),
    "index_shapes": Message(
        "几个下标张量彼此对不上",
        "并列的下标张量是成对读取的：第一个行号配第一个列号，依此类推。它们的形状必须相同或能够广播：\n{figure}\n"
        "想取每一行与每一列的组合，请分两步取，或给其中一个补一个维度。",
    ),
    "index_kind": Message(
        "下标必须是整数",
        "{name} 的类型是 {dtype}。下标表示“第几个”，只能是整数（`torch.long`）或布尔掩码。",
    ),
    "plain_index_kind": Message(
        "这个值不能当下标",
        "{kind} 说明不了是第几个元素：{code}。下标可以是整数、切片、`...`、`None`，或者整数、布尔张量。用 "
        "`int(…)` 取整，或用 `//` 整除。",
    ),
    "index_of_scalar": Message(
        "标量张量没有可以挑选的元素",
        "{name} 没有维度，它就是一个数。去掉下标即可；`.item()` 可以取出这个数。",
    ),
    "negative_step": Message(
        "torch 的切片不能倒着走",
        "NumPy 和列表允许步长为 -1，而张量的步长不能是负数。想颠倒某一维，请用 `flip`。",
    ),
    "dimension": Message(
        "没有这个维度",
        "传给 {function} 的维度是 {got}。{name} 的形状是 {shape}，这里的维度只能是 {low} 到 {high}，负数表示从末尾数。",
    ),
    "permute": Message(
        "`permute` 要把每个维度各写一次",
        "{name} 的形状是 {shape}，共 {dims} 维。新的次序里，{all} 每个都要出现，且只出现一次。",
    ),
    "transpose": Message(
        "`t()` 只用于矩阵",
        "{name} 的形状是 {shape}，共 {dims} 维。请用 `transpose(a, b)` 说明交换哪两维；`.mT` 交换最后两维。",
    ),
}

_DTYPES: Final = {
    "product_dtype": Message(
        "相乘的两个张量类型不同",
        "{left} 是 {left_dtype}，{right} 是 {right_dtype}。逐元素运算会自动转换类型，矩阵乘法和网络层则不会，"
        "请先转换其中一个。"
        "这种差别常常来自 NumPy 数组或 `torch.arange`。",
    ),
    "target_dtype": Message(
        "类别标签必须是 64 位整数",
        "{name} 的类型是 {dtype}。每个样本一个数的目标表示类别编号，类型要用 `torch.long`。（若目标是概率，"
        "它的形状应与得分相同。）",
    ),
    "cast_in_place": Message(
        "原来的张量装不下这个结果",
        "结果的类型是 {result}，而原地运算要把它写进 {name}，后者的类型始终是 {dtype}。torch 不会悄悄舍去小数。"
        "请生成新张量，或一开始就用浮点数。",
    ),
    "gradient_of_integers": Message(
        "整数没有梯度",
        "导数问的是“变化一点点会怎样”，而 {dtype} 没有“一点点”。只有浮点（和复数）张量可以要求梯度。把 `1` "
        "写成 `1.`，或加上 `dtype=torch.float32`。",
    ),
    "integers": Message(
        "这个函数需要浮点数",
        "{function} 不支持 {name} 的类型 {dtype}，因为结果几乎不会是整数。请先用 `.float()` 转换。",
    ),
    "booleans": Message(
        "布尔张量不能用 `-`",
        "掩码只有真和假，torch 不会去猜减号表示“取反”还是“相减”。取反用 `~mask`，找出两个掩码的不同之处用 `a "
        "^ b`，要变成数用 `.int()`。",
    ),
    "mask_dtype": Message(
        "条件必须是布尔张量",
        "{name} 的类型是 {dtype}。条件要对每个元素给出“是”或“否”：`x > 0` 这样的比较就会得到布尔张量，"
        "`.bool()` 把非 0 的数都当作“是”。",
    ),
    "loss_dtype": Message(
        "预测与目标的类型不同",
        "损失函数期望的类型是 {expected}，遇到的却是 {got}。请把目标转换成与预测相同的类型。",
    ),
    "strings": Message(
        "张量里只能放数",
        "文字（或其他对象）不能作为张量的元素。请先把它们变成数，例如给每个词一个编号。",
    ),
    "no_number": Message(
        "有一个值不是数",
        "torch 不知道 {kind} 该变成什么类型。最常见的原因是函数忘了写 `return`，于是得到了 `None`。",
    ),
}

_AUTOGRAD: Final = {
    "backward_not_scalar": Message(
        "`backward()` 要从一个数出发",
        "{name} 的形状是 {shape}。梯度是某一个数的导数；有好几个数时，torch 不知道各占多少分量。"
        "请用 `sum()` 或 `mean()` 变成一个数，或用 `backward(gradient=…)` 给出各自的权重。",
    ),
    "no_graph": Message(
        "没有可以往回走的计算图",
        "{name} 不要求梯度。{reason}",
    ),
    "backward_twice": Message(
        "这张计算图已经用过了",
        "反向传播会释放图里保存的中间值，而{where}已经对 {name} 的图（或其中一部分）做过一次。"
        "请在第一次传入 `retain_graph=True`；如果是在循环里，多半应当每次都重新计算这个值。",
    ),
    "unused": Message(
        "输出与这个张量无关",
        "计算输出时没有用到 {name}，所以没有梯度可求。也许用到的是它的一个副本。",
    ),
    "gradient_shape": Message(
        "给出的梯度形状不对",
        "`gradient` 表示输出的每个元素各占多少分量，形状应与输出相同，是 {wanted} 而不是 {given}。",
    ),
    "requires_grad_flag": Message(
        "只有叶子张量可以改这个开关",
        "{name} 是由要求梯度的张量算出来的，所以它也要求梯度。`detach()` 可以得到脱离计算图的同样的值。",
    ),
    "inference": Message(
        "推理模式下的张量不能进入计算图",
        "在 `torch.inference_mode()` 里生成的张量没有版本号，永远不能参与自动求导。请改用 `torch.no_grad()`，"
        "或在外面 `clone()` 一份。",
    ),
    "optimised": Message(
        "优化器只能更新叶子张量",
        "{name} 是由别的张量算出来的。请把最初的那些张量交给优化器，或用 `x.detach().requires_grad_()` 另起一个叶子。"
        "（先写 `requires_grad=True` 再 `.to(…)` 或 `* 0.1`，得到的都不是叶子。）",
    ),
    "parameters": Message(
        "优化器要的是张量的列表",
        "哪怕只有一个张量，也要放进列表：`[w]`。模型的参数用 `model.parameters()` 得到。",
    ),
    "no_parameters": Message(
        "没有可以优化的参数",
        "参数列表是空的。放在普通 Python 列表里的层不会被登记（请用 `nn.ModuleList`），而 `model.parameters()` "
        "这样的迭代器只能用一遍。",
    ),
    "deep_copy": Message(
        "算出来的张量不能深拷贝",
        "{name} 连着它的计算图，图没法一起拷贝。`detach().clone()` 只复制数值。",
    ),
    "gradient_not_kept": Message(
        "非叶子张量的梯度没有保留",
        "{name} 不是叶子张量：梯度传过去之后就丢掉了，所以 `.grad` 是 `None`。在反向传播之前调用 `retain_grad()` 就会保留。",
    ),
    "gradient_not_required": Message(
        "`.grad` 是 None：没有要求过梯度",
        "{name} 不要求梯度，所以反向传播不会给它写入。请在创建它时加上 `requires_grad=True`。",
    ),
    "gradient_before_backward": Message(
        "`.grad` 是 None：还没有梯度传到这里",
        "在反向传播到达之前，{name} 的 `.grad` 是空的。请先调用 `backward()`，并确认损失确实依赖于它。",
    ),
    "leaf_in_place": Message(
        "要求梯度的叶子张量不能原地修改",
        "{name} 是梯度的终点，覆盖它就等于抹掉计算图的起点。更新参数请放在 `torch.no_grad()` 里；参与计算请生成新张量。",
    ),
    "leaf_view_in_place": Message(
        "叶子张量的一部分也不能原地修改",
        "{code} 会写进 {name} 的内存，而它是要求梯度的叶子张量。想设置数值，请放在 `torch.no_grad()` 里；"
        "想用来计算，请先 `clone()`。",
    ),
    "one_of_several_views": Message(
        "这个视图不能原地修改",
        "{name} 是 {function} 一次给出的几个视图之一，写进其中一个，自动求导就跟不上了。请改为生成新张量。",
    ),
    "stretched_in_place": Message(
        "好几个元素其实是同一个",
        "{name} 的形状是 {shape}，步长是 {stride}：步长为 0 表示同一个数被显示多次，写入会反复落在同一处内存。"
        "`clone()` 可以让每个元素有自己的内存。",
    ),
    "needed_value": Message(
        "反向传播要用的值被改掉了",
        "为了求梯度，torch 记下了 {name}（形状 {shape}）在版本 {expected} 时的值，而它现在已是版本 {version}。{history}\n"
        "请在那里生成新张量而不是原地修改，或事先 `clone()` 一份。",
    ),
}

_CONVERSIONS: Final = {
    "item": Message(
        "`item()` 只能取一个数",
        "{name} 的形状是 {shape}，共 {count} 个元素。可以取其中一个（`x[0]`），可以归约（`x.sum()`），也可以用 "
        "`tolist()` 全部取出。",
    ),
    "python_number": Message(
        "多个元素不能变成一个 Python 数",
        "{code} 需要一个数，而 {name} 的形状是 {shape}。请先取一个或做归约。`math` 里的函数只处理单个数，"
        "整个张量请用 `torch.sqrt` 这样的 torch 函数。",
    ),
    "truth": Message(
        "真还是假？多个元素没有唯一的答案",
        "{code} 让 Python 判断形状为 {shape} 的 {name} 是真是假。请说清楚：`.any()` 表示有一个即可，`.all()` 表示全部；"
        "逐元素的“与、或”用带括号的 `&`、`|`，不用 `and`、`or`，`0 < x < 2` 也是如此。",
    ),
    "truth_of_empty": Message(
        "空张量没有真假",
        "{code} 让 Python 判断形状为 {shape} 的 {name} 是真是假。想知道里面有没有元素，请用 `x.numel() > 0`。",
    ),
    "loss_constructed": Message(
        "损失要先创建，再调用",
        "{code} 是在创建损失对象，却把张量当成了它的设置。应当先创建再调用：`nn.MSELoss()(prediction, target)`。",
    ),
    "length": Message(
        "标量张量没有长度",
        "{name} 没有维度，它就是一个数。`numel()` 是元素个数（这里是 1），`dim()` 是维数（这里是 0）。",
    ),
    "iteration": Message(
        "标量张量不能遍历",
        "{code} 要逐个取出 {name} 的元素，而它没有维度。想数到这个数用 `range(x.item())`，"
        "想当作只有一个元素的序列用 `x.reshape(1)`。",
    ),
    "numpy_of_gradient": Message(
        "NumPy 不认识梯度",
        "{name} 要求梯度，而 NumPy 对数组做的事，自动求导并不知道。`detach()` 表示你明白这一点。",
    ),
    "numpy_of_device": Message(
        "NumPy 只能读 CPU 的内存",
        "{name} 在 {device} 上，请先用 `.cpu()` 复制过来。（`meta` 上根本没有数值。）",
    ),
    "devices": Message(
        "张量不在同一个设备上",
        "{left} 在 {left_device}，{right} 在 {right_device}。一次运算只能在一处进行，请用 `.to(…)` "
        "移动其中一个。模型和数据也要在同一个设备上。",
    ),
    "no_cuda": Message(
        "这里没有 CUDA",
        "程序所在的机器没有 CUDA 设备。让程序在运行时自己选择设备，有没有都能运行。",
    ),
    "device_name": Message(
        "torch 没有这个名字的设备",
        "{name} 不是设备名。常用的是 `cpu` 和 `cuda`（多块显卡时，第一块是 `cuda:0`）。",
    ),
    "from_numpy": Message(
        "`from_numpy` 要的是 NumPy 数组",
        "它与数组共享内存，而这里给的是 {kind}。`torch.tensor` 可以从任何列表复制数值。",
    ),
    "negative_strides": Message(
        "torch 不能倒着读数组",
        "`[::-1]` 这样的切片在内存里是倒着走的，张量做不到。先用 `.copy()` 把元素按新次序放好。",
    ),
}

_NAMES: Final = {
    "missing_import": Message(
        "缺少导入",
        "{name} 通常是一个模块。程序开始时什么也没有导入，写上 {code} 就能用了。",
    ),
    "name_of_torch": Message(
        "这是 torch 里的名字",
        "单独的 {name} 没有定义，它的全名是 {full}。",
    ),
    "misspelt_name": Message(
        "没有这个名字，是不是写错了？",
        "{name} 从未被赋值，不过有一个很像的 {guess}。注意大小写。",
    ),
    "unknown_name": Message(
        "没有这个名字",
        "{name} 还没有值。请检查拼写，以及给它赋值的那一行或单元格是否先运行过。",
    ),
    "unbound": Message(
        "局部变量还没有值就被使用了",
        "函数里有给 {name} 赋值的语句，所以它在整个函数里都是局部变量，而此时还没有值。请先赋值，或把它作为参数传进来。",
    ),
    "misspelt_attribute": Message(
        "没有这个属性，是不是写错了？",
        "{owner} 没有 {attribute}，不过有一个很像的 {guess}。",
    ),
    "no_attribute": Message(
        "没有这个属性",
        "{kind} 没有 {attribute}。请检查拼写，以及这个值是不是你以为的那种类型。",
    ),
    "none_value": Message(
        "这里得到的是 None",
        "{name} 是 `None`，没有 {attribute}。没有 `return` 的函数会返回 `None`，有些只修改自身的方法也是。",
    ),
    "not_of_tensors": Message(
        "张量有另一种写法",
        "{attribute} 属于 NumPy 数组或列表，张量要写成 {instead}。",
    ),
    "only_of_tensors": Message(
        "只有张量才有这个功能",
        "{attribute} 属于张量，而这是 {kind}。`torch.tensor(…)` 可以由数创建张量，`torch.from_numpy` 由数组创建。",
    ),
    "import_name": Message(
        "模块里没有这个名字",
        "{module} 里没有 {name}。请检查拼写和大小写。",
    ),
    "missing_module": Message(
        "这里没有安装这个模块",
        "无法导入 {name}。这里有 torch、torchviz、NumPy 和 Python 标准库，不能另外安装。",
    ),
    "not_callable": Message(
        "这是一个值，不是函数",
        "{code} 把 {kind} 当成函数来调用。去掉括号即可：`x.shape`、`x.dtype`、`x.grad` 都是值。",
    ),
    "not_subscriptable": Message(
        "方法后面要用圆括号",
        "{code} 在方法后面写了方括号。应写成 `x.size(0)` 或 `x.shape[0]`。",
    ),
    "character": Message(
        "Python 不认识这个字符",
        "除了文字和注释，程序里不能出现 {character}。多半是中文输入法打出的全角字符，Python 用的是 {plain}。",
    ),
    "unclosed": Message(
        "括号没有闭合",
        "这里的 {bracket} 没有配对的另一半。后面的行都会被当作它的内容，所以错误看起来可能在更下面。",
    ),
    "colon": Message("缺少冒号", "以 `if`、`for`、`while`、`def`、`class`、`with` 开头的行，末尾要写 `:`（半角）。"),
    "equals": Message("该用两个等号的地方用了一个", "`=` 是赋值，`==` 才是判断两个值是否相等。"),
}

_RESOURCES: Final = {
    "allocation": Message(
        "内存放不下这个张量",
        "{code} 一次要了 {size}。把形状的各个大小乘起来（float32 每个元素再乘 4 字节）就明白了；"
        "广播也可能让小张量生成很大的结果。",
    ),
    "overflow": Message(
        "没有内存放得下这个形状",
        "{code} 的各个大小乘起来，元素多得连个数都表示不了。其中一定有写错的。",
    ),
    "memory": Message(
        "程序用完了内存",
        "只要还有名字或计算图引用着，张量就留在内存里。常见的原因：列表里收集的损失带着计算图（应收集 "
        "`loss.item()`），或广播出了巨大的形状。",
    ),
    "time": Message("程序运行超时", "时间用完时程序还没有结束。{where}"),
    "recursion": Message(
        "函数没完没了地调用自己",
        "{code} 一层又一层地进入。递归必须有一种不再调用自己的情形，并且每次调用都离它更近一步。",
    ),
}

_SURPRISES: Final = {
    "non_leaf_gradient": Message(
        "{name} 的 `.grad` 是 None",
        "{name} 是算出来的，不是叶子张量。梯度确实经过了它，但默认只为叶子张量保留。在反向传播之前调用 "
        "`retain_grad()` 就能留下。",
    ),
    "accumulated": Message(
        "梯度累加起来了",
        "共有 {count} 次反向传播，到达 {name} 的每一次都会加到 `.grad` 上。如果想分别求，请在两次之间清掉："
        "`x.grad = None` 或 `optimizer.zero_grad()`。",
    ),
    "cut_off": Message(
        "{name} 没有了梯度",
        "{source} 要求梯度，但计算 {code} 时没有记录（处在 `torch.no_grad()` 里），所以梯度不会经过 {name} 往回传。",
    ),
    "written_detached": Message(
        "自动求导没有看到这次写入",
        "{cut} 与 {name} 共享内存，却不在计算图里，所以 {code} 悄悄改了 {name}。需要旧值的梯度可能会算错，"
        "而且不报错。请用 `torch.no_grad()`，或先 `clone()`。",
    ),
    "uninitialised": Message(
        "{name} 里是残留的数值",
        "{code} 只占用内存，不写入数值：里面是内存中原有的内容，每次运行都可能不同。使用前请先填好，或改用 `zeros`。",
    ),
    "constructor": Message(
        "给 `torch.Tensor` 传大小，得到的是空壳",
        "{code} 生成的是形状为 {shape}、数值随意的张量，而不是由这几个数组成的张量。小写的 `torch.tensor` "
        "才接受数值：{instead}。",
    ),
    "changed_view": Message(
        "改了一个名字，另一个也变了",
        "{code} 通过 {name} 写入，{others} 也跟着变了：它们是同一块内存的视图。`clone()` 可以得到独立的一份。",
    ),
    "shared_array": Message(
        "张量与数组是同一块内存",
        "{name} 与 NumPy 数组 {array} 共享元素，改一个，另一个也跟着变。用 `.clone()` 或 `.copy()` 可以分开。",
    ),
    "copied": Message(
        "这一次 {function} 复制了数据",
        "{source} 的步长是 {stride}，没法按新形状读取，所以 {code} 复制了一份，{write} 只写到了其中一个。`view` "
        "从不复制，做不到时会报错。",
    ),
    "not_finite": Message(
        "首次出现{value}",
        "{code} 的输入都是有限的数，结果里却出现了{value}。{reason}此后由它算出的一切都会受到影响。",
    ),
    "mixed_precision": Message(
        "float32 与 float64 混在了一起",
        "{single} 是 float32，{double} 是 float64，所以 {code} 按 float64 计算：内存翻倍，换成矩阵乘法还会报错。"
        "NumPy 默认生成 float64。",
    ),
    "integer_division": Message(
        "整数相除得到了浮点数",
        "{code} 的除数与被除数是 {dtype}，而 `/` 总是精确相除，所以结果是 {result}。`//` 的结果仍是整数。",
    ),
    "floor_division": Message(
        "`//` 是向下取整",
        "{code} 对 {dtype} 做除法并向负无穷方向取整：`-7 // 2` 得 `-4`，余数被舍去。想保留小数请用 `/`。",
    ),
    "outer_broadcast": Message(
        "两个向量变成了矩阵",
        "在 {code} 里，长度为 {count} 的行和长度为 {count} 的列都被拉伸成了矩阵：\n{figure}\n"
        "如果本意是逐元素计算，请先让形状一致。在损失函数里，这个错误很难发现。",
    ),
    "stretched_write": Message(
        "写入的值被拉伸了",
        "在 {code} 里，{other} 比 {name} 小，被重复之后才写满：\n{figure}",
    ),
    "unseeded": Message(
        "每次运行的随机数都不同",
        "{code} 用到了随机数，而没有设置种子。写上 `torch.manual_seed(0)`，结果就能重现。",
    ),
    "tensor_of_tensor": Message(
        "用张量创建张量",
        "对张量调用 `torch.tensor` 会复制数值并脱离计算图。不如直接写明：`x.detach().clone()`；想留在图里就用 `x.clone()`。",
    ),
    "loss_broadcast": Message(
        "损失函数比较的形状不同",
        "预测的形状是 {input}，目标的形状是 {target}。其中一个被广播了，可能是每个预测都与每个目标作了比较。"
        "请让两者形状相同。",
    ),
}

CATALOGUE: Final = Catalogue(
    messages={
        **_SHAPES,
        **_INDICES,
        **_DTYPES,
        **_AUTOGRAD,
        **_CONVERSIONS,
        **_NAMES,
        **_RESOURCES,
        **_SURPRISES,
    },
    fixes={
        "out_of_place": "改为生成新张量：{code}",
        "no_grad": "放到 {code} 里面",
        "join_along": "沿大小不同的那一维拼接：{argument}",
        "new_dimension": "补一个大小为 1 的维度：{code}",
        "stack": "改用 `stack`",
        "reshape": "改用 `reshape`",
        "infer": "让 torch 推算最后一个大小（{size}）",
        "transpose": "把 {name} 转置：{code}",
        "matmul": "改用 `matmul`",
        "to_dtype": "转换 {name}：{code}",
        "to_long": "把 {name} 转换成整数：{code}",
        "to_bool": "把 {name} 转换成布尔：{code}",
        "to_float": "先转换成浮点数",
        "to_float32": "把 {name} 转换成 float32：{code}",
        "as_floats": "生成浮点数：{argument}",
        "invert": "改用 `~`",
        "item": "改用 `.item()`",
        "flip": "改用 `.flip(0)`",
        "matrix_transpose": "改用 `.mT`",
        "sum": "先求和",
        "require": "让 {name} 要求梯度：{argument}",
        "retain_graph": "第一次反向传播时保留计算图：{argument}",
        "allow_unused": "允许这种情况，得到 `None`：{argument}",
        "detach_instead": "脱离计算图：{code}",
        "no_grad_mode": "改用 `no_grad`",
        "in_list": "放进列表：{code}",
        "clone_instead": "只复制数值：{code}",
        "retain_grad": "保留 {name} 的梯度：{code}",
        "clone": "用 `.clone()` 复制一份",
        "tolist": "改用 `.tolist()`",
        "detach": "先脱离计算图：`.detach()`",
        "cpu": "先复制到 CPU：`.cpu()`",
        "to_device": "移动 {name}：{code}",
        "choose_device": "有 CUDA 时才用 CUDA",
        "from_list": "改用 `torch.tensor`",
        "copy_array": "复制数组：`.copy()`",
        "construct_first": "先创建损失，再调用",
        "import": "插入 {code}",
        "qualify": "写成 {code}",
        "rename": "把 {name} 改为 {guess}",
        "no_call": "去掉括号",
        "use_shape": "改用 `shape`",
        "plain_character": "换成半角字符",
        "colon": "插入 `:`",
        "compare": "写成 `==`",
        "zeros": "从全 0 开始",
        "lower_tensor": "写成 {code}",
        "squeeze": "去掉列向量中大小为 1 的维度：{code}",
        "seed": "设置随机种子：{code}",
        "clear_gradient": "第二次反向传播之前清掉梯度：{code}",
    },
    phrases={
        "operand": "第 {position} 个张量",
        "line": "第 {line} 行",
        "cell_line": "第 {cell} 个单元格的第 {line} 行",
        "somewhere": "前面某一行",
        "not_divisible": "{count} 个元素不能被 {product} = {known} 整除。",
        "other_count": "{count} 个元素填不满或放不进 {product} = {known} 个位置。",
        "cut_by": "它经过了 {code}（{line}），那里只传数值，不带计算图。",
        "unrecorded": "它由要求梯度的 {name} 算出，但 {code}（{line}）没有被记录：当时关闭了记录（`torch.no_grad()`），"
        "或者这个函数不可导。",
        "nothing_requires": "参与计算的张量都不要求梯度。想对谁求导，就给谁设置 `requires_grad=True`。",
        "some_tensor": "一个张量",
        "writers": "此后它在这里被写过：\n{figure}",
        "unknown_writer": "其间它被原地修改过。",
        "busiest": "记录显示第 {line} 行调用了 torch {count} 次：{code}。请检查是否有不会结束的循环。",
        "no_busiest": "请检查是否有不会结束的循环，或减小计算规模。",
        "nan": "NaN（不是数）",
        "infinity": "无穷大",
        "why_log": "0 的对数是负无穷，负数的对数是 NaN。",
        "why_sqrt": "负数的平方根是 NaN。",
        "why_division": "除以 0 得无穷大，0 除以 0 得 NaN。",
        "why_overflow": "结果超出了类型的范围（float32 最大约 3.4e38，`exp` 到 89 就超过了）。",
        "why_domain": "函数在这里没有定义。",
        "why_too_few": "元素太少：没有元素的平均值、单个元素的标准差都是 NaN。",
        "why_other": "无穷减无穷、0 乘无穷都得 NaN，太大的结果变成无穷大。",
    },
    joint="、",
)
