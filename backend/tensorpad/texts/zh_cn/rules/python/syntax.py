"""语法。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
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
    "colon": Message(
        "缺少冒号",
        "以 `if`、`for`、`while`、`def`、`class`、`with` 开头的行，末尾要写 `:`（半角）。",
    ),
    "equals": Message(
        "该用两个等号的地方用了一个",
        "`=` 是赋值，`==` 才是判断两个值是否相等。",
    ),
}
