"""出乎意料的结果。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
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
    "stretched_write": Message(
        "写入的值被拉伸了",
        "在 {code} 里，{other} 比 {name} 小，被重复之后才写满：\n{figure}",
    ),
    "misspelt_flag": Message(
        "这个开关叫 `requires_grad`",
        "Python 给 {owner} 加了一个新属性 {name}，而 torch 不会理会它，所以什么也没有改变。",
    ),
    "unseeded": Message(
        "每次运行的随机数都不同",
        "{code} 用到了随机数，而没有设置种子。写上 `torch.manual_seed(0)`，结果就能重现。",
    ),
}
