"""训练循环。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "step_without_backward": Message(
        "{step} 没有梯度可用",
        "程序没有做过反向传播，参数没有梯度，{step} 不会改变它们。请先对损失调用 `backward()`。",
    ),
    "step_before_backward": Message(
        "{step} 在 {backward} 之前执行",
        "{step}（{line}）执行时没有梯度可用：{backward} 之后才计算梯度，所以什么也没有训练。正确的顺序是 `zero_grad()`、"
        "前向计算、`backward()`、`step()`。",
    ),
    "cleared_before_step": Message(
        "{clear} 在 {step} 之前清空了梯度",
        "{backward} 算出梯度，{clear} 把它们清空，接着 {step}（{line}）就没有梯度可用，什么也没有训练。请在 `backward()`"
        " 之前或 `step()` 之后清空。",
    ),
    "never_stepped": Message(
        "优化器从未执行 `step()`",
        "{backward} 算了 {count} 次梯度，却一次也没有用上：{names} 还是最初的值。每次反向传播之后要调用 {step} 才会更新。",
    ),
    "late_clip": Message(
        "梯度裁剪得太晚",
        "{clip} 在 {step} 之后，而 {step} 已经用掉了未裁剪的梯度，之后也不再用到它们。请在 `backward()` 与 `step()` 之间"
        "裁剪。",
    ),
    "early_schedule": Message(
        "学习率调度器先于优化器执行了 `step()`",
        "{schedule} 在优化器第一次 `step()` 之前执行，学习率计划的第一个值就被跳过了。请先调用优化器的 `step()`，再调用"
        "调度器的。",
    ),
}
