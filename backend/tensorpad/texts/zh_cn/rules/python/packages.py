"""课程常用、但这里没有的包。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "package_vision": Message(
        "这里没有安装这个包",
        "这里没有 {name}，它的数据集也需要联网下载。网络层请用 `torch.nn` 来写，"
        "图片可以用 `PIL.Image` 和 `torch.from_numpy` 变成张量，数据请在程序里生成一小份。",
    ),
    "package_board": Message(
        "在这里无法把结果发送给 {name}",
        "这里没有 {name}：程序不能联网，也没有另一个程序来显示它写的文件。"
        "请把数值存进列表，再用 `plt.plot(losses)` 画出来，图会显示在单元格下面。",
    ),
    "package_learning": Message(
        "这里没有安装这个包",
        "这里没有 {name}。数据可以在程序里生成（`torch.randn`、`torch.linspace`），用 `torch.randperm` 划分，"
        "用 `(pred == y).float().mean()` 计算准确率。`scipy` 和 `pandas` 可以导入。",
    ),
    "package_plots": Message(
        "这里没有安装这个包",
        "这里没有 {name}，但有 `matplotlib`：用 `plt.plot`、`plt.scatter`、`plt.hist` 和 `plt.imshow` 大多能画出同样的图。",
    ),
    "package_images": Message(
        "这里没有安装这个包",
        "这里没有 {name}。`PIL.Image` 可以读取、缩放和显示图片，`scipy.ndimage` 可以对数组做滤波。",
    ),
    "package_models": Message(
        "这里没有安装这个包",
        "这里没有 {name}，它的模型和数据也无法下载。请用 `torch.nn` 的层搭一个小模型，并用程序生成的数据来训练。",
    ),
    "package_summary": Message(
        "这里没有安装这个包",
        "这里没有 {name}。`print(model)` 会列出各层，`sum(p.numel() for p in model.parameters())` 可以数出参数的个数。",
    ),
    "package_book": Message(
        "这里没有安装这个包",
        "{name} 是某本书附带的工具包，这里没有。请把这个单元格用到的函数从书里复制到前面的单元格中。",
    ),
    "package_widgets": Message(
        "这里没有安装这个包",
        "{name} 依赖笔记本自己的网页，这里没有。请把要调的值写成单元格开头的变量，改动后重新运行。",
    ),
    "package_of_courses": Message(
        "这个服务没有安装这个包",
        "{name} 属于 Tensorpad 的课程扩展包，这个服务安装时没有包含它。服务的管理者可以用 `pip install` 安装 {extra}。",
    ),
}
