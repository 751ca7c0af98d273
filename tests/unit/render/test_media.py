"""Media are hostile: what is shown of them runs nothing, loads nothing and is what it says."""

import base64
import io
import struct
import zlib

import pytest
from PIL import Image
from tensorpad.protocol.limits import Limits
from tensorpad.render.media import UnsafeMedia, clean

LIMITS = Limits()


def bitmap(form: str = "PNG", size: tuple[int, int] = (3, 2)) -> str:
    made = io.BytesIO()
    Image.new("RGB", size).save(made, form)
    return base64.b64encode(made.getvalue()).decode()


def huge(across: int, down: int) -> str:
    """A PNG of a hundred bytes that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<b onclick='alert(1)' style='background:url(//evil)'>a</b>", "<b>a</b>"),
        ("<style>@import '//evil'; td { background: url(//evil) }</style>a", "a"),
        ("<a href='javascript:alert(1)'>a</a>", '<a rel="noopener noreferrer nofollow">a</a>'),
        (
            "<a href='//evil'>a</a><a href='data:text/html,x'>b</a>",
            '<a rel="noopener noreferrer nofollow">a</a><a rel="noopener noreferrer nofollow">b</a>',
        ),
        ("<iframe src='//evil'></iframe><object data=x></object><embed src=x><form action=x><input></form>a", "a"),
        ("<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>a", "a"),
        ("<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>a", "a"),
        ("<meta http-equiv=refresh content='0;url=//evil'><base href=//evil><link rel=stylesheet href=//evil>a", "a"),
        ("<td background='//evil' id=x class=y>a</td>", "a"),
        ("<table><tr><th colspan=2>a</th></tr></table>", '<table><tbody><tr><th colspan="2">a</th></tr></tbody></table>'),
    ],
)
def test_html_keeps_text_and_tables_alone(html: str, kept: str) -> None:
    assert clean("text/html", html, LIMITS) == kept


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_bitmap_comes_through_as_it_is(form: str) -> None:
    data = bitmap(form)
    assert clean("image/png" if form == "PNG" else "image/jpeg", data + "\n", LIMITS) == data


@pytest.mark.parametrize(
    "data",
    [
        "",
        "!",
        base64.b64encode(b"<svg onload=alert(1)>").decode(),
        bitmap("JPEG"),
        bitmap()[:60],
        base64.b64encode(b"GIF89a").decode(),
        huge(100_000, 100_000),
        huge(5_000, 5_000),
        huge(0, 0),
        base64.b64encode(base64.b64decode(bitmap())[:-20] + b"x" * 20).decode(),
    ],
)
def test_what_is_no_picture_or_too_large_a_one_is_refused(data: str) -> None:
    with pytest.raises(UnsafeMedia):
        clean("image/png", data, LIMITS)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<svg",
        "<html xmlns='http://www.w3.org/2000/svg'/>",
        "<svg xmlns='x'/>",
        "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'>\ud800</svg>",
    ],
)
def test_what_is_no_svg_is_refused(source: str) -> None:
    with pytest.raises(UnsafeMedia):
        clean("image/svg+xml", source, LIMITS)


def test_an_svg_is_the_picture_without_what_its_file_begins_with() -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert clean("image/svg+xml", f"<?xml version='1.0'?>\n{doctype}\n{picture}", LIMITS).strip() == picture
