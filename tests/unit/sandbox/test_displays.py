"""Graphs become displays: pinned to what graphviz 0.21 does with a program it starts."""

from pathlib import Path

import graphviz
import graphviz.backend.execute
import pytest
from tensorpad.protocol.limits import Limits

from tests.support.comparison import run


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


GRAPH = "import graphviz\ndot = graphviz.Digraph('net')\ndot.edge('a', 'b')\n"


def test_render_and_view_return_the_paths_and_save_the_source(scratch: Path) -> None:
    course = run(GRAPH + "print(dot.render('./img/1_Digraph', format='png'))\ndot.view()")
    assert course.printed == "img/1_Digraph.png\n"
    assert course.cell.result is not None
    assert course.cell.result.text == "'img/1_Digraph.pdf'"
    assert [(display.title, display.file) for display in course.displays[0]] == [
        ("1_Digraph", "img/1_Digraph.png"),
        ("1_Digraph", "img/1_Digraph.pdf"),
    ]
    assert course.displays[0][0].dot == (scratch / "img" / "1_Digraph").read_text()
    assert "a -> b" in course.displays[0][0].dot


@pytest.mark.parametrize(
    ("call", "path"),
    [
        ("dot.render()", "net.gv.pdf"),
        ("dot.render(outfile='sub/x.svg')", "sub/x.svg"),
        ("dot.render('y', format='png', renderer='cairo')", "y.cairo.png"),
        ("dot.render('y', cleanup=True, view=True)", "y.pdf"),
        ("dot.render('y', directory='d')", "d/y.pdf"),
        ("dot.save('k.gv'); graphviz.render('dot', 'png', 'k.gv')", "k.gv.png"),
        ("graphviz.Source(dot.source).render('s')", "s.pdf"),
    ],
)
def test_every_way_to_render_names_its_file(call: str, path: str) -> None:
    course = run(GRAPH + call)
    assert course.cell.result is not None, course.cell.error
    assert course.cell.result.text == repr(path)
    assert [display.file for display in course.displays[0]] == [path]


@pytest.mark.parametrize(
    "ending",
    ["dot", "display(dot)", "from IPython.display import display as show\nshow(dot)", "graphviz.Source(dot.source)"],
)
def test_a_shown_graph_is_a_display_and_no_text(ending: str) -> None:
    course = run(GRAPH + ending)
    (display,) = course.displays[0]
    assert "a -> b" in display.dot
    assert course.cell.result is None
    assert course.printed == ""


def test_display_prints_other_values_in_their_place() -> None:
    assert run("print(1)\ndisplay('two', 3)\nprint(4)").printed == "1\n'two'\n3\n4\n"


@pytest.mark.parametrize(
    "call", ["dot.pipe(format='svg')", "dot._repr_mimebundle_()", "dot.unflatten()", "graphviz.version()"]
)
def test_an_image_inside_the_run_is_refused_with_a_way_out(call: str) -> None:
    error = run(GRAPH + call).cell.error
    assert error is not None
    assert error.type == "RuntimeError"
    assert "drawn with the results" in error.message


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_torchviz_draws_the_tutorial_graph() -> None:
    course = run(
        "from torchviz import make_dot\nx = torch.ones(2, 2, requires_grad=True)\nout = (x + 2).mean()\n"
        "make_dot(out, params=dict(x=x))"
    )
    (display,) = course.displays[0]
    assert "AccumulateGrad" in display.dot
    assert "(2, 2)" in display.dot


def test_too_many_displays_and_too_large_ones_are_left_out_and_it_is_said() -> None:
    course = run(GRAPH + "for _ in range(5): display(dot)", limits=Limits(displays=3))
    assert len(course.displays[0]) == 3
    assert [part.what for part in course.trace.truncated] == ["displays"]
    course = run("import graphviz\ngraphviz.Source('x' * 2_000_001)")
    assert course.displays[0] == []
    assert [part.what for part in course.trace.truncated] == ["displays"]


def test_displays_belong_to_their_cell_also_when_it_fails() -> None:
    course = run(GRAPH + "display(dot)", GRAPH + "display(dot)\n1 / 0")
    assert [len(displays) for displays in course.displays] == [1, 1]


def test_half_of_a_surrogate_pair_in_a_graph_is_escaped() -> None:
    (display,) = run("import graphviz\ngraphviz.Source('digraph { \"\\ud800\" }')").displays[0]
    assert "\\ud800" in display.dot


def test_graphviz_is_as_before_afterwards() -> None:
    before = graphviz.backend.execute.run_check, graphviz.graphs.Digraph._view_linux  # pyright: ignore
    run(GRAPH)
    assert (graphviz.backend.execute.run_check, graphviz.graphs.Digraph._view_linux) == before  # pyright: ignore
