"""哪些提问容易答错。"""

from typing import Final

from tensorpad.texts.catalogue import TallyWords

TALLIES: Final = TallyWords(
    title="哪些题容易答错",
    intro="这里统计课程中每道题的首次作答，错得最多的排在最前。",
    few="作答还不到 {count} 次",
    answer="回答",
    count="次数",
    share="占比",
    missed="答错 {share}（{answers} 次中有 {missed} 次）",
    place="{title}，程序 {cell}，第 {line} 行",
    asks={
        "shape": "`{0}` 的形状是什么？",
        "dtype": "`{0}` 的 dtype 是什么？",
        "value": "`{0}` 的值是多少？",
        "grad": "`{0}.grad` 是什么？",
        "shares": "`{0}` 和 `{1}` 共享内存吗？",
        "raises": "下一条语句能正常运行，还是会报错？",
    },
    right="正确答案",
    other="其他错误答案",
    total="共 {answers} 次作答；有人作答的题 {gates} 道，没人作答的 {unanswered} 道。",
    outdated="另有 {count} 次作答，题目后来改过。",
    nothing="还没有人答过题。",
    kept="只保存这些次数，不保存姓名、地址、时间和输入的文字。",
)
