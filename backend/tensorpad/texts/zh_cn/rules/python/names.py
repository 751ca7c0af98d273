"""名字与属性。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "missing_import": Message(
        "缺少导入",
        "{name} 要先导入：{code}。一开始就有的只有 `torch`、`np` 和 `math`。",
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
        "{name} 还没有值。请检查拼写，以及给它赋值的那一行是否先运行过。",
    ),
    "name_of_refused": Message(
        "给它赋值的单元格没有运行",
        "{name} 在第 {cell} 个单元格里赋值，而 Python 读不懂那个单元格，所以整格都没有运行。请先按那里的提示改好。",
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
        "{kind} 没有 {attribute}。请检查拼写，以及这个值是不是你以为的类型。",
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
    "numpy_alias": Message(
        "NumPy 已经没有这个名字",
        "{old} 原是 Python 自带的 {new} 的别名，NumPy 1.24 起已删去，直接写 {new} 即可。",
    ),
    "next_method": Message(
        "`next` 是函数",
        "Python 2 的迭代器有这个方法，所以旧教程里还写 {code}；现在要写 {instead}。",
    ),
    "missing_module": Message(
        "这里没有安装这个模块",
        "无法导入 {name}。这里有 {packages} 和 Python 标准库，不能另外安装。",
    ),
    "name_of_self": Message(
        "这是对象的属性",
        "{name} 是对象的属性，在方法里要写成 {whole}。",
    ),
}
