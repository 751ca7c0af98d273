"""What a program shows besides text and graphs: figures, pictures, tables and whatever has a `_repr_*_` method."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from PIL import Image
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.limits import Limits

from tests.support.comparison import Course, run

PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\n"


@pytest.fixture(autouse=True)
def backend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    plt.switch_backend("module://tensorpad.sandbox.displays.figures")
    yield
    plt.switch_backend("agg")


def displayed(course: Course) -> list[DisplayRecord]:
    """All displays of a program."""
    return [display for cell in course.displays for display in cell]


def picture(display: DisplayRecord) -> Image.Image:
    assert display.mime == "image/png"
    return Image.open(io.BytesIO(base64.b64decode(display.data)))


@pytest.mark.parametrize(
    "ending",
    ["plt.show()", "", "plt.gcf()", "plt.gca()", "plt.close(fig := plt.gcf())\nfig", "plt.close(plt.gcf())\nax"],
    ids=["show", "end of cell", "figure", "axes", "closed figure", "closed figure's axes"],
)
def test_a_figure_is_shown_once_and_closed(ending: str) -> None:
    course = run(PLOT + "ax = plt.gca()\nax.set_title('Loss')\n" + (ending or "pass"), "plt.get_fignums()")
    (shown,) = course.displays[0]
    assert shown.title == "Loss"
    assert shown.width is not None
    assert picture(shown).size[0] == 2 * shown.width  # sharp on dense screens
    assert course.cells[1].result is not None
    assert course.cells[1].result.text == "[]"


def test_figures_of_a_cell_that_fails_are_shown() -> None:
    course = run(PLOT + "1 / 0")
    assert len(displayed(course)) == 1
    assert course.cell.error is not None


def test_a_figure_belongs_to_the_step_that_showed_it() -> None:
    course = run(PLOT + "plt.show()\nx = 1\nplt.plot([1])\ny = 2")
    grown = {output.displays: output.steps for output in reversed(course.trace.outputs)}
    shows = next(index for index, step in enumerate(course.trace.steps) if step.span and step.span.line == 3)
    assert grown[1] == shows + 1
    assert course.trace.outputs[-1].displays == 2


def test_what_a_figure_says_of_its_axes_is_its_title() -> None:
    (shown,) = displayed(run(PLOT + "plt.xlabel('epoch'); plt.ylabel('loss');"))
    assert shown.title == "loss, epoch"


def test_a_figure_of_any_size_stays_within_the_pixels() -> None:
    (shown,) = displayed(run("import matplotlib.pyplot as plt\nfig = plt.figure(figsize=(90, 90)); plt.plot([1])\nfig"))
    across, down = picture(shown).size
    assert across * down < Limits().display_pixels


def test_pandas_frames_are_tables_and_series_are_text() -> None:
    course = run("import pandas as pd\npd.DataFrame({'a': [1, 2]})", "pd.Series([1])")
    (table,) = course.displays[0]
    assert table.mime == "text/html"
    assert "<td>2</td>" in table.data
    assert table.text.split() == ["a", "0", "1", "1", "2"]
    assert course.displays[1] == []
    assert course.cells[1].result is not None


def test_pictures_of_pillow_and_formulas_of_sympy_are_shown() -> None:
    course = run("from PIL import Image\nImage.new('RGB', (3, 2), 'red')", "import sympy\nsympy.Symbol('x') ** 2")
    assert picture(course.displays[0][0]).size == (3, 2)
    (formula,) = course.displays[1]
    assert (formula.mime, formula.text) == ("text/latex", "x**2")


def value(method: str, body: str) -> str:
    return f"class A:\n    def __repr__(self): return 'an A'\n    def {method}(self, **_):\n        {body}\nA()"


@pytest.mark.parametrize(
    ("method", "answer", "mime", "data"),
    [
        ("_repr_html_", "'<b>x</b>'", "text/html", "<b>x</b>"),
        ("_repr_markdown_", "'**x** <script>'", "text/html", "<p><strong>x</strong> &lt;script&gt;</p>\n"),
        ("_repr_svg_", "'<svg/>'", "image/svg+xml", "<svg/>"),
        ("_repr_png_", "b'png'", "image/png", "cG5n"),
        ("_repr_jpeg_", "(b'jpg', {'width': 7})", "image/jpeg", "anBn"),
        ("_repr_latex_", "'$x^2$'", "text/latex", "$x^2$"),
        ("_repr_mimebundle_", "{'text/plain': 'p', 'image/png': 'cG5n', 'text/latex': '$x$'}", "image/png", "cG5n"),
        ("_repr_mimebundle_", "({'text/html': '<i>'}, {})", "text/html", "<i>"),
    ],
)
def test_every_method_of_a_notebook_is_asked(method: str, answer: str, mime: str, data: str) -> None:
    course = run(value(method, f"return {answer}"))
    (shown,) = displayed(course)
    assert (shown.mime, shown.data, shown.text) == (mime, data, "an A")
    assert course.cell.result is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('no')", "A._repr_html_ raised ValueError: no"),
        ("return 7", "A._repr_html_ returned int, which is no text/html"),
        ("return b'x'", "A._repr_html_ returned bytes, which is no text/html"),
        ("return None", ""),
        ("return ('<b>', 1, 2)", "A._repr_html_ returned tuple"),
    ],
)
def test_a_method_that_fails_loses_its_own_display_alone(body: str, said: str) -> None:
    course = run(PLOT + value("_repr_html_", body), "1 + 1")
    assert [shown.mime for shown in displayed(course)] == ["image/png"]
    assert said in course.printed
    assert course.cells[0].result is not None
    assert course.cells[0].result.text == "an A"
    assert [cell.status for cell in course.cells] == ["ok", "ok"]


def test_a_method_that_never_ends_takes_the_programs_time_and_leaves_what_was_shown() -> None:
    course = run(PLOT + "plt.show()\n" + value("_repr_html_", "while True: pass"), timeout_s=2.0)
    assert len(displayed(course)) == 1
    assert course.cells == []


def test_an_object_that_says_yes_to_everything_is_text() -> None:
    course = run("class A:\n    def __getattr__(self, name): return lambda *a, **k: '<b>'\nA()")
    assert displayed(course) == []


def test_modules_of_a_notebook_are_there() -> None:
    course = run(
        "from IPython.display import HTML, Markdown, Latex, Math, SVG, Image, display, clear_output\n"
        "from IPython import display as module, get_ipython\nfrom matplotlib_inline import backend_inline\n"
        "backend_inline.set_matplotlib_formats('svg')\n"
        "display(HTML('<b>'), Markdown('*x*'), Math('x'), SVG('<svg/>'))\ndisplay({'text/html': '<u>'}, raw=True)\n"
        "print(get_ipython())"
    )
    assert [shown.data for shown in displayed(course)] == [
        "<b>",
        "<p><em>x</em></p>\n",
        "$\\displaystyle x$",
        "<svg/>",
        "<u>",
    ]
    assert course.printed == "None\n"


def test_frames_take_the_place_of_what_was_shown_and_the_last_one_stays() -> None:
    loop = "from IPython.display import clear_output\nfor i in range(9):\n    clear_output(wait=True)\n    display(H(i))"
    course = run(
        "class H:\n    def __init__(self, i): self.i = i\n    def _repr_html_(self): return str(self.i)\n" + loop,
        limits=Limits(displays=3),
    )
    assert [(shown.data, shown.clears) for shown in displayed(course)] == [
        ("0", True),
        ("1", True),
        ("2", True),
        ("8", True),
    ]
    assert [part.what for part in course.trace.truncated] == ["displays"]


def test_too_many_bytes_are_left_out_and_it_is_said() -> None:
    course = run(
        "from IPython.display import HTML\nfor i in range(9): display(HTML('x' * 400))", limits=Limits(display_bytes=2_000)
    )
    assert 0 < len(displayed(course)) < 9
    assert [part.what for part in course.trace.truncated] == ["displays"]


def test_what_another_thread_displays_comes_with_the_cell() -> None:
    course = run(
        "import threading\nfrom IPython.display import HTML\n"
        "t = threading.Thread(target=display, args=(HTML('x'),))\n"
        "t.start(); t.join()"
    )
    assert [shown.data for shown in displayed(course)] == ["x"]


def test_chinese_labels_have_glyphs() -> None:
    course = run(PLOT + "plt.title('损失'); plt.show()")
    assert "glyph" not in course.printed.lower()
