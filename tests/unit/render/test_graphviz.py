"""Graphviz itself, in a process of its own: labels that kill it are never handed to it."""

import subprocess
import sys

import pytest
from tensorpad.render.graphviz import guarded

_DRAWN_30_TIMES = """
import sys
from tensorpad.render.graphviz import Graphviz
graphviz = Graphviz()
pictures = {graphviz.draw(sys.argv[1], "svg") for _ in range(30)}
print(len(pictures), all(b"</svg>" in picture for picture in pictures))
"""
_TORCHVIZ = """
import sys
import torch
from torchviz import make_dot
shapes = [(), (1,), (1, 1), (2, 3), (1, 2, 3), (0,)]
leaves = [torch.ones(shape, requires_grad=True) for shape in shapes]
dot = make_dot(sum(leaf.sum() for leaf in leaves)).source
assert dot.count('[label="\\n (') >= len(shapes)
print(dot)
"""
_STYLE = "node [align=left fontname=monospace fontsize=10 height=0.2 ranksep=0.1 shape=box style=filled]"
BROKEN = {
    "torchviz": f'digraph {{ {_STYLE} a [label="\n (1)"] b [label="\n (2)"] a -> b }}',
    "escapes": r'digraph { a [label="\n (1)"] b [label="\l (2)"] c [label="\r (2)"] a -> b -> c }',
    "names": 'digraph { "\n (1)" -> "\n (2)" }',
    "edges": 'digraph { a -> b [label="\nx"] b -> c [label="\ny"] }',
    "clusters": 'digraph { label="\n h" subgraph cluster_a { label="\n k" x } }',
    "nothing but lines": 'digraph { a [label="\n"] b [label="\n\n"] a -> b }',
    "entities": 'digraph { a [label="&#10; (1)"] b [label="&#x0A; (2)"] a -> b }',
    "continued": 'digraph { a [label="\\\n\\n (1)"] b [label="\\\n\\n (2)"] a -> b }',
    "records": r'digraph { node [shape=record] a [label="x|\n (1)"] b [label="{ \n1| <p> \n (2)}"] a -> b }',
    "after an escaped quote": 'digraph { a [label="\\"" tooltip="x"]\nb [label="\n (1)"] c [label="\n (2)"] b -> c }',
    "after HTML with one quote": 'digraph { h [label=<say "hi>]\nb [label="\n (1)"] c [label="\n (2)"] b -> c }',
}


def _run(program: str, *arguments: str) -> str:
    ended = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, (ended.returncode, ended.stderr)
    return ended.stdout.strip()


@pytest.mark.parametrize("dot", BROKEN.values(), ids=BROKEN.keys())
def test_labels_that_begin_with_an_empty_line_are_drawn(dot: str) -> None:
    assert _run(_DRAWN_30_TIMES, dot) == "1 True"


def test_unnamed_leaves_of_all_shapes_are_drawn_as_torchviz_labels_them() -> None:
    assert _run(_DRAWN_30_TIMES, _run(_TORCHVIZ)) == "1 True"


def test_nothing_else_of_a_source_is_changed() -> None:
    for dot in (
        'digraph {\n\tgraph [size="12,12"]\n\ta [label=AddmmBackward0]\n\tb [label="x\n (1, 2)" fillcolor=lightblue]\n}',
        r'digraph { a [label="x\n\ny"] "b|c" [label="{a|b}"] c [label=<<b>x</b><br/>y>] a -> "b|c" }',
    ):
        assert guarded(dot) == dot
    assert guarded('a [label="\n (1)"]\nb [label="x"]\n') == 'a [label=" \n (1)"]\nb [label="x"]\n'
