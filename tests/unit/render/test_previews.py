"""The picture of a program for links, drawn by a real drawing process."""

import io

import pytest
from PIL import Image
from tensorpad.graph.builder import build
from tensorpad.protocol.limits import Limits
from tensorpad.render.highlighting import highlighted
from tensorpad.render.looks import Look
from tensorpad.render.previews import SIZE, Preview, preview_dot
from tensorpad.render.renderer import Renderer
from tensorpad.render.themes import DARK, LIGHT, Palette, Theme

from tests.support.autograd_records import tutorial
from tests.support.patience import PATIENCE_S

pytestmark = pytest.mark.anyio

CODE = ("import torch", "", "x = torch.ones(2, 2, requires_grad=True)", 'print("梯度", x)  # 注释')
HOSTILE = '</TABLE>>]; a [image="/etc/passwd"] <B> & &#10; \\N " \' \u202e\x00\ud800 ' * 30


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def drawn(preview: Preview, *, graph: bool = False, theme: Theme = "light") -> Image.Image:
    """The picture, opened."""
    renderer = Renderer(Limits(draw_s=PATIENCE_S))
    await renderer.start()
    try:
        shown = build(*tutorial(), 10) if graph else None
        data = await renderer.draw_preview(preview, shown, Look(theme=theme))
    finally:
        await renderer.close()
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        return image.convert("RGB")


def colours(image: Image.Image, left: int, top: int, right: int, bottom: int) -> set[str]:
    """The colours in a part of the picture."""
    data = image.crop((left, top, right, bottom)).tobytes()
    return {f"#{data[at : at + 3].hex()}" for at in range(0, len(data), 3)}


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
async def test_graph_is_beside_the_code_and_the_margins_are_free(theme: Theme, palette: Palette) -> None:
    image = await drawn(Preview("A title", "What it does.", CODE), graph=True, theme=theme)
    assert image.size == SIZE == (1200, 630)
    assert palette.panel in colours(image, 50, 120, 540, 500)
    assert palette.result in colours(image, 572, 110, 1156, 514)
    assert palette.result not in colours(image, 0, 0, 572, 630)
    for margin in ((0, 0, 1200, 20), (0, 0, 40, 630), (1160, 0, 1200, 630), (0, 615, 1200, 630)):
        assert colours(image, *margin) == {palette.card}


async def test_without_a_graph_the_code_has_the_whole_width() -> None:
    image = await drawn(Preview("A title", "What it does.", CODE))
    assert LIGHT.panel in colours(image, 1100, 120, 1150, 500)


async def test_rows_of_a_tensor_stay_below_each_other() -> None:
    shown = [await drawn(Preview("A title", "", CODE, shown=(f"{gap}x",))) for gap in ("", " " * 9)]
    first, indented = (colours(image, 572, 110, 650, 514) for image in shown)
    assert LIGHT.ink in first
    assert LIGHT.ink not in indented
    assert LIGHT.ink in colours(shown[1], 650, 110, 1156, 514)


async def test_a_failure_is_told_in_its_colour() -> None:
    image = await drawn(
        Preview("A title", "What it does.", CODE, failure=("The program failed", "ValueError: no " + "x" * 900))
    )
    assert LIGHT.failure_ink in colours(image, 572, 110, 1156, 514)
    assert colours(image, 1160, 0, 1200, 630) == {LIGHT.card}


@pytest.mark.parametrize(
    "preview",
    [
        Preview("", "", ()),
        Preview(HOSTILE, HOSTILE, (HOSTILE,) * 100, (HOSTILE,) * 100),
        Preview(HOSTILE, HOSTILE, (HOSTILE,), failure=(HOSTILE, HOSTILE)),
        Preview("W" * 500, "变量" * 400, ("变" * 400,) * 100, ("\t" * 400,) * 14),
        Preview("a", "b", ("x",), failure=("", "")),
    ],
    ids=["empty", "markup", "markup of a failure", "wide", "empty failure"],
)
async def test_any_text_fits_into_the_picture(preview: Preview) -> None:
    image = await drawn(preview)
    assert image.size == SIZE
    assert colours(image, 1160, 0, 1200, 630) == {LIGHT.card}
    assert colours(image, 0, 615, 1200, 630) == {LIGHT.card}


def test_no_text_is_markup_or_an_attribute() -> None:
    source = preview_dot(Preview(HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,)), "light", beside=False)
    assert "image=" not in source.replace("image=&quot;", "")
    assert source.count("<B>") == source.count("</B>") <= 4


def test_words_of_a_line_have_the_colours_of_their_kind() -> None:
    parts = dict(highlighted("for i in f(\"a # b\", 'c', 1.5e3): pass  # 注释"))
    assert [parts[word] for word in ("for", "in", "pass")] == ["parameter_ink"] * 3
    assert parts['"a # b"'] == parts["'c'"] == "result_ink"
    assert (parts["1.5e3"], parts["# 注释"], parts["i"]) == ("leaf_ink", "muted", "ink")


@pytest.mark.parametrize("line", ["", "'", 'x = "never closed', "\\", "é = 名 + 1j", "#", "'''"])
def test_the_parts_of_a_line_are_the_line(line: str) -> None:
    assert "".join(part for part, _ in highlighted(line)) == line
