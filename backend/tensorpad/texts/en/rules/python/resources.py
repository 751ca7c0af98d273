"""Memory, time and depth, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "allocation": Message(
        "There is not enough memory for this tensor",
        "{code} asked for {size} at once. Multiply the sizes of its shape (times 4 bytes for each float32) to see why; "
        "a broadcast can make a large result from small tensors.",
    ),
    "overflow": Message(
        "No memory could hold this shape",
        "{code} multiplies to more elements than can be counted. One of the sizes is not what was meant.",
    ),
    "memory": Message(
        "The program used up its memory",
        "All tensors that a name or a graph still holds stay in memory. "
        "Typical causes are a list that collects losses with their graphs "
        "(collect `loss.item()`), and a broadcast to a huge shape.",
    ),
    "time": Message(
        "The program reached its time limit",
        "It was still running when its time was up. {where}",
    ),
    "drawn_recursion": Message(
        "The graph is too deep for `make_dot`",
        "torchviz calls itself once for each operation on the way back. This graph has {count} functions, and Python allows "
        "about 1,000 calls inside one another, so {code} fails in any notebook. "
        "The graph view here draws the same graph, folded, without `make_dot`.",
    ),
    "recursion": Message(
        "The function never stops calling itself",
        "{code} was entered over and over. "
        "A recursion needs a case in which it does not call itself, and has to come nearer to it with each call.",
    ),
    "processes": Message(
        "Programs cannot start processes here",
        "{code} needs other processes or what they share, and the sandbox that programs run in allows none. "
        "Do the work in the program itself.",
    ),
}
