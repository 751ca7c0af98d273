"""Pictures from real drawing processes: what is drawn, what is refused, and what happens to a process that misbehaves."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from xml.etree import ElementTree

import pytest
import torch
from msgspec.structs import replace
from tensorpad.graph.builder import build
from tensorpad.graph.model import Edge, Fold, Graph, Group, Node
from tensorpad.protocol.drawing import DrawRequest
from tensorpad.protocol.errors import Overloaded
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import AutogradRecord, FullValues, FunctionRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render import dot
from tensorpad.render.drawing_process import DrawingProcess
from tensorpad.render.errors import DrawError, DrawTimeout
from tensorpad.render.looks import Look
from tensorpad.render.renderer import Renderer
from tensorpad.render.themes import GraphStyle

from tests.support.autograd_records import trace_of, tutorial
from tests.support.growth import assert_linear_elsewhere
from tests.support.patience import PATIENCE_S
from tests.support.processes import processor_time
from tests.support.turns import assert_free_beside

SVG = "{http://www.w3.org/2000/svg}"
SLOW = "digraph {" + "".join(f"{a}->{b};" for a in range(90) for b in range(90)) + "}"

PATIENT = Limits(draw_s=PATIENCE_S)


@asynccontextmanager
async def renderer(limits: Limits | None = None) -> AsyncGenerator[Renderer]:
    drawing = Renderer(limits or PATIENT)
    await drawing.start()
    try:
        yield drawing
    finally:
        await drawing.close()


def run(test: Callable[[Renderer], Awaitable[None]], limits: Limits | None = None) -> None:
    async def whole() -> None:
        async with renderer(limits) as drawing:
            await test(drawing)

    asyncio.run(whole())


def children() -> set[int]:
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
        return {int(pid) for pid in file.read().split()}


def test_tutorial_graph_says_all_that_is_known() -> None:
    async def draw(drawing: Renderer) -> None:
        graph = build(*tutorial(), 400)
        picture = await drawing.draw_graph(graph)
        assert picture.svg is not None
        root = ElementTree.fromstring(picture.svg)
        nodes = {node.get("data-node"): node for node in root.iter(f"{SVG}g") if node.get("data-node")}
        assert set(nodes) == {node.id for node in graph.nodes}
        assert {edge.get("data-edge") for edge in root.iter(f"{SVG}g") if edge.get("data-edge")} == {
            edge.id for edge in graph.edges
        }
        for node in graph.nodes:
            drawn = nodes[node.id]
            assert drawn.get("id") == f"{root.get('id')}-{node.id}"
            assert (drawn.get("class") or "").split() == ["node", node.kind]
        texts = " ".join(root.itertext())
        for text in (
            "x",
            "leaf",
            "= x + 2",
            "y * y",
            "MulBackward0",
            "4.5",
            "2×2",
            "result",
            "∇ .grad",
            "∇ passed through",
            "27.",
        ):
            assert text in texts
        assert root.get("role") == "img"
        assert root.find(f"{SVG}title") is not None
        assert root.find(f"{SVG}desc") is not None

    run(draw)


def test_the_same_graph_gives_the_same_picture() -> None:
    async def draw(drawing: Renderer) -> None:
        graph = build(*tutorial(), 400)
        assert await drawing.draw_graph(graph) == await drawing.draw_graph(graph)

    run(draw)


@pytest.mark.parametrize("style", ["tensorpad", "torchviz"])
def test_hostile_names_stay_text(style: GraphStyle) -> None:
    names = ['<b>"x"</b>', "]]>&amp;</svg><script>", 'a\\N\\G"];b[label="', "\u202egnp", "变量"]

    async def draw(drawing: Renderer) -> None:
        trace, record = tutorial()
        for name in names:
            tensors = tuple(
                replace(tensor, names=(name,), layout=replace(tensor.layout, dtype=name)) for tensor in trace.tensors
            )
            operations = tuple(replace(operation, expression=name) for operation in trace.operations)
            graph = build(replace(trace, tensors=tensors, operations=operations), replace(record, root_name=name), 400)
            picture = await drawing.draw_graph(graph, Look(style=style), title=name)
            assert picture.svg is not None
            assert not [tag for tag in ElementTree.fromstring(picture.svg).iter() if tag.tag == f"{SVG}script"]
            assert "\u202e" not in picture.svg + picture.dot
            # What people take elsewhere is one graph of the same nodes.
            assert (await drawing.draw(picture.dot)).count(b'class="node') >= len(graph.nodes)

    run(draw)


def test_styles_themes_and_formats() -> None:
    async def draw(drawing: Renderer) -> None:
        graph = build(*tutorial(), 400)
        for theme in ("light", "dark", "auto"):
            svg = (await drawing.draw_graph(graph, Look(theme=theme))).svg
            assert svg is not None
            assert f"data-theme='{theme}'" in svg
            assert (await drawing.draw_bitmap(graph, Look(theme=theme))).data.startswith(b"\x89PNG")
        classic = await drawing.draw_graph(graph, Look(style="torchviz"))
        assert classic.svg is not None
        for text in ("lightblue", "AccumulateGrad", "MeanBackward0", "(2, 2)"):
            assert text in classic.svg
        assert (await drawing.draw_bitmap(graph, Look(style="torchviz"))).data.startswith(b"\x89PNG")
        chinese = (await drawing.draw_graph(graph, Look(lang="zh-CN"))).svg
        assert chinese is not None
        assert "叶子" in chinese

    run(draw)


def test_graphs_without_a_backward_pass_and_empty_ones() -> None:
    async def draw(drawing: Renderer) -> None:
        x = torch.ones((), requires_grad=True)
        assert (await drawing.draw_graph(build(*trace_of(x * 2, {"x": x}, backward=False), 400))).svg
        assert (await drawing.draw_graph(Graph("g1", "f1", "", False, (), ()))).svg

    run(draw)


async def drawing_time(work: Awaitable[object]) -> float:
    """The processor time that this process and its drawing processes take for something, in seconds."""

    def taken() -> float:
        return time.process_time() + sum(map(processor_time, processes))

    processes = children()
    before = taken()
    await work
    return taken() - before


@pytest.mark.long
def test_the_time_to_draw_a_chain_with_a_leaf_used_all_along_grows_with_the_chain() -> None:
    def chain(length: int) -> Graph:
        leaf = f"f{length + 1}"
        functions = [
            FunctionRecord(
                f"f{number}",
                "AddBackward0",
                None,
                None,
                (),
                ((f"f{number + 1}", 0), (leaf, 0)) if number % 50 == 0 else ((f"f{number + 1}", 0),),
                None,
            )
            for number in range(1, length + 1)
        ]
        functions.append(FunctionRecord(leaf, "AccumulateGrad", None, None, (), (), None))
        return build(TraceRecord(), AutogradRecord("g1", "f1", "out", False, tuple(functions)), 2_000)

    async def draw(drawing: Renderer) -> None:
        picture = await drawing.draw_graph(chain(1_000))
        assert picture.svg is not None
        assert picture.svg.count("data-node='f1001'") == 20
        await assert_linear_elsewhere(lambda length: drawing_time(drawing.draw_graph(chain(length))), 250)

    run(draw, PATIENT)


def test_groups_folded_nodes_constants_and_references_are_drawn() -> None:
    groups = (
        Group("m1", "module", "net<b>", "torch.nn.Sequential"),
        Group("m2", "module", "net<b>.0", "torch.nn.Linear", 3, "m1"),
        Group("r1", "repetition", "", round=1, rounds=1_200),
    )
    nodes = [Node("t1", "constant", "data", "t1", ("data",), (2,), "torch.float32", group="m2")]
    nodes += [Node(f"f{number}", "operation", f"op{number}", group="m2" if number < 20 else None) for number in range(1, 41)]
    nodes += [Node("k1", "folded", "a; b", count=2_400), Node("f50", "result", "out", names=("out",), group="r1")]
    names = [node.id for node in nodes]
    pairs = [*pairwise(names), ("f1", "f40")]
    edges = [Edge(f"e{number}", *pair) for number, pair in enumerate(pairs, 1)]
    edges[-1] = replace(edges[-1], gradient=FullValues((2,), (0.5, 4.25)))
    edges[-2] = replace(edges[-2], count=1_198)
    fold = Fold("k1", "repetition", "a; b", 1_198, ("f900",), ("torch.tanh(h @ W)", "h + x"))
    graph = Graph("g1", "f50", "out", True, tuple(nodes), tuple(edges), 0, groups, (fold,))

    async def draw(drawing: Renderer) -> None:
        picture = await drawing.draw_graph(graph)
        assert picture.svg is not None
        root = ElementTree.fromstring(picture.svg)
        prefix = f"{root.get('id')}-"
        elements = {(element.get("id") or "").removeprefix(prefix): element for element in root.iter(f"{SVG}g")}
        assert {element.get("data-group") for element in root.iter(f"{SVG}g")} == {None, "m1", "m2", "r1"}
        assert elements["m2"].get("class") == "cluster module"
        assert elements["r1"].get("class") == "cluster repetition"
        assert elements["f1-2"].get("class") == "node operation reference"
        assert elements["f1-2"].get("data-node") == "f1"
        assert elements["k1"].get("class") == "node folded"
        assert elements["t1"].get("class") == "node constant"
        texts = list(root.itertext())
        for text in (
            "net<b> · Sequential",
            "net<b>.0 · Linear",
            "round 1 of 1,200",
            "1,198 more rounds",
            "torch.tanh(h @ W)",
            "h + x",
            "2,400 nodes",
            "constant",
            "↑ op1",
        ):
            assert text in texts
        assert any("×1,198" in text for text in texts)
        hint = elements[edges[-1].id].find(f"{SVG}title")
        assert hint is not None
        assert "4.25" in (hint.text or "")
        # What people take elsewhere has the same groups.
        assert (await drawing.draw(picture.dot)).count(b'class="cluster') == 3
        chinese = (await drawing.draw_graph(graph, Look(lang="zh-CN"))).svg or ""
        for text in ("再重复 1,198 轮", "第 1 轮，共 1,200 轮", "常量"):
            assert text in chinese
        classic = await drawing.draw_graph(graph, Look(style="torchviz"))
        assert classic.svg is not None
        assert "data-node='k1'" in classic.svg
        assert "data-node='t1'" not in classic.svg
        assert (await drawing.draw_bitmap(graph)).data.startswith(b"\x89PNG")

    run(draw)


@pytest.mark.long
def test_the_time_to_lay_out_operations_used_far_apart_grows_with_their_number() -> None:
    def source(size: int) -> str:
        nodes = [Node("t1", "leaf", "w"), *(Node(f"f{number}", "operation", f"op{number}") for number in range(size))]
        pairs = [(f"f{number}", f"f{number + 1}") for number in range(size - 1)]
        pairs += [("t1", f"f{number}") for number in range(0, size, 50)]
        pairs += [(f"f{number // 3}", f"f{number}") for number in range(size // 10, size, 100)]
        edges = tuple(Edge(f"e{number}", *pair) for number, pair in enumerate(pairs, 1))
        graph = Graph("g1", f"f{size - 1}", "out", False, tuple(nodes), edges)
        return dot.skeleton(graph, dot.cards(graph))

    async def draw(drawing: Renderer) -> None:
        assert (await drawing.draw(source(10_000))).count(b'class="node operation reference') == 90
        await assert_linear_elsewhere(lambda size: drawing_time(drawing.draw(source(size))), 1_000)

    run(draw, PATIENT)


@pytest.mark.parametrize("dot", ["", "digraph {", "digraph { a -> -> b }", "no graph", "\0", "digraph { a [label=<<b>] }"])
def test_bad_source_is_refused_and_the_process_lives(dot: str) -> None:
    async def draw(drawing: Renderer) -> None:
        before = children()
        with pytest.raises(DrawError):
            await drawing.draw(dot)
        assert (await drawing.draw("digraph { a -> b }")).count(b"<svg") == 1
        assert before <= children()

    run(draw)


def test_files_are_out_of_reach_of_source() -> None:
    async def draw(drawing: Renderer) -> None:
        source = 'digraph { a [image="/etc/passwd"]; b [shape=none, shapefile="/etc/hostname"]; c [URL="javascript:1"] }'
        svg = await drawing.draw_display(source, "d1", "t")
        assert "passwd" not in svg
        assert "javascript" not in svg
        assert "landlock" in drawing.layers
        assert "seccomp" in drawing.layers

    run(draw)


def test_display_ids_have_the_prefix() -> None:
    async def draw(drawing: Renderer) -> None:
        svg = await drawing.draw_display('digraph { a [id="t3"]; a -> b }', "d1", "<mine>")
        assert "&lt;mine&gt;" in svg
        own = ElementTree.fromstring(svg).get("id") or ""
        assert own.startswith("d1-")
        assert f"id='{own}-t3'" in svg
        other = await drawing.draw_display('digraph { a [id="t3"]; b -> a }', "d1", "<mine>")
        assert own not in other

    run(draw)


def test_a_layout_that_takes_too_long_is_ended_and_the_next_is_drawn() -> None:
    async def draw(drawing: Renderer) -> None:
        with pytest.raises(DrawTimeout):
            await drawing.draw(SLOW)
        assert await drawing.draw("digraph { a -> b }")

    run(draw, Limits(draw_s=1.0))


def dense(size: int) -> Graph:
    """Every operation uses all before it: no fold of 60 nodes of it is quick, the first 10 are."""
    nodes = tuple(Node(f"f{number}", "operation", f"op{number}") for number in range(size))
    pairs = [(source, target) for target in range(size) for source in range(target)]
    edges = tuple(Edge(f"e{place}", f"f{a}", f"f{b}") for place, (a, b) in enumerate(pairs, 1))
    return Graph("g1", f"f{size - 1}", "out", False, nodes, edges)


def test_a_graph_that_takes_too_long_has_no_picture() -> None:
    async def draw(drawing: Renderer) -> None:
        large = await drawing.draw_graph(dense(120))
        assert large.svg is None
        assert large.dot.count("->") == 120 * 119 // 2

    run(draw, Limits(draw_s=1.0))


def test_a_graph_that_takes_too_long_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    # By its size, so that a busy machine has the time for what is left.
    within = DrawingProcess.draw

    async def overrun(process: DrawingProcess, request: DrawRequest, asked: Callable[[], object] | None = None) -> bytes:
        if request.dot.count("->") > 1_000:
            raise DrawTimeout("the layout took too long")
        return await within(process, request, asked)

    monkeypatch.setattr(DrawingProcess, "draw", overrun)
    # A long line beside a knot is cut off, and what is left can be drawn.
    knot, line = dense(90), 400
    nodes = (*knot.nodes, *(Node(f"f{number}", "operation", f"op{number}") for number in range(90, 90 + line)))
    edges = (*knot.edges, *(Edge(f"x{n}", f"f{n - 1}", f"f{n}") for n in range(90, 90 + line)))
    graph = Graph("g1", f"f{89 + line}", "out", False, nodes, edges)

    async def draw(drawing: Renderer) -> None:
        assert (await drawing.draw_graph(dense(10))).svg
        folded = await drawing.draw_graph(graph)
        assert folded.svg is not None
        assert "more, not drawn" in folded.svg
        assert folded.shown is not None
        assert len(folded.shown.nodes) == 60
        assert "Folded to 60 of 490 nodes" in folded.svg
        assert folded.svg.count("class='note'") == 1
        bitmap = await drawing.draw_bitmap(graph)
        assert bitmap.shown == folded.shown

    run(draw)


def test_a_process_that_dies_is_replaced() -> None:
    others = children()

    async def draw(drawing: Renderer) -> None:
        for pid in children() - others:
            os.kill(pid, signal.SIGKILL)
        assert await drawing.draw("digraph { a -> b }")

    run(draw)


def test_a_cancelled_drawing_leaves_no_answer_for_the_next() -> None:
    async def draw(drawing: Renderer) -> None:
        task = asyncio.create_task(drawing.draw(SLOW))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert b"only" in await drawing.draw("digraph { only }")

    run(draw)


def test_a_full_queue_is_refused_at_once() -> None:
    async def draw(drawing: Renderer) -> None:
        tasks = [asyncio.create_task(drawing.draw(SLOW)) for _ in range(5)]
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(result, Overloaded) for result in results) == 2
        assert sum(isinstance(result, DrawTimeout) for result in results) == 3

    run(draw, Limits(draw_s=1.0, queue=2))


def test_close_leaves_neither_processes_nor_descriptors() -> None:
    descriptors = set(os.listdir("/proc/self/fd"))
    processes = children()

    async def draw(drawing: Renderer) -> None:
        await drawing.draw("digraph { a }")

    run(draw)
    assert children() == processes
    assert set(os.listdir("/proc/self/fd")) == descriptors


def test_a_picture_of_megabytes_is_cleaned_beside_the_event_loop() -> None:
    table = "<TABLE>" + ("<TR>" + "<TD>x</TD>" * 100 + "</TR>") * 150 + "</TABLE>"

    async def test(drawing: Renderer) -> None:
        async def draw() -> None:
            drawn = await drawing.draw_display(f"digraph {{ a [label=<{table}>] }}", "d", "")
            assert drawn.count("<text") == 15_000

        await draw()
        await assert_free_beside(draw, 0.2)

    run(test)
