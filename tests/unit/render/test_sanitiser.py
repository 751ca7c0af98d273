"""What comes through the allow-list, and what never does."""

from xml.etree import ElementTree

import pytest
from tensorpad.render.sanitiser import UnsafeSvg, sanitise

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 20">'


def clean(inside: str) -> str:
    return sanitise(f"{HEAD}{inside}</svg>".encode(), "g1").body


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>*{fill:url(http://x)}</style>",
        '<image xlink:href="file:///etc/passwd"/>',
        '<use xlink:href="#a"/>',
        "<foreignObject><iframe src='http://x'/></foreignObject>",
        '<animate attributeName="href" values="javascript:1"/>',
        '<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>',
        "<!-- a --><?php 1 ?><![CDATA[text]]>outside",
        "<metadata><g/></metadata>",
    ],
)
def test_drops_whole(inside: str) -> None:
    assert clean(inside) == ""


@pytest.mark.parametrize(
    ("attribute", "left"),
    [
        ('onload="alert(1)"', ""),
        ('onclick="alert(1)"', ""),
        ('href="javascript:alert(1)"', ""),
        ('style="fill:url(javascript:1)"', ""),
        ('style="background:url(http://x)"', ""),
        ('fill="url(http://x)"', " fill='none'"),
        ('fill="url(#a) url(http://x)"', " fill='none'"),
        ('fill="url(#a)"', " fill='url(#g1-a)'"),
        ('fill="#ff0000"', " fill='#ff0000'"),
        ('stroke="lightblue"', " stroke='lightblue'"),
        ('transform="translate(1 2) scale(3)"', " transform='translate(1 2) scale(3)'"),
        ('transform="expression(1)"', ""),
        ('class="node app-modal"', " class='node'"),
        ('class="app-modal"', ""),
        ('id="t3"', " id='g1-t3'"),
        ('id="a b"', ""),
        ('id="-title"', ""),
        ('data-node="t3"', ""),
        ('xlink:href="http://x"', ""),
        ('font-family="Arial&quot;;x"', ""),
        ("font-family=\"Arial' x 'y\"", ""),
    ],
)
def test_attributes(attribute: str, left: str) -> None:
    assert clean(f"<g {attribute}></g>") == f"<g{left}></g>"


def test_links_are_unwrapped() -> None:
    assert clean('<a xlink:href="javascript:alert(1)"><text x="1">t</text></a>') == "<text x='1'>t</text>"


def test_a_repeated_id_is_dropped() -> None:
    assert clean('<g id="a"/><g id="a"/>') == "<g id='g1-a'></g><g></g>"


def test_text_stays_text() -> None:
    assert clean("<text>&lt;script&gt; &amp; a\u202eb</text>") == "<text>&lt;script&gt; &amp; a\\u202eb</text>"


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "plain",
        "<html/>",
        "<svg",
        f"{HEAD}<g></svg>",
        "<svg viewBox='a b c d'/>",
        "<svg/>",
        "<svg viewBox='0 0 1e99 1'/>",
        f"{HEAD}<!DOCTYPE svg></svg>",
        f"{HEAD}&undeclared;</svg>",
        f"{HEAD}{'<g>' * 5_000}{'</g>' * 5_000}</svg>",
    ],
)
def test_refuses(svg: str) -> None:
    with pytest.raises(UnsafeSvg):
        sanitise(svg.encode(), "g1")


def test_document_type_with_entities_before_the_root_has_no_effect() -> None:
    bomb = f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{HEAD}<text>&a;</text></svg>'
    with pytest.raises(UnsafeSvg):
        sanitise(bomb.encode(), "g1")


def test_what_is_left_is_well_formed() -> None:
    body = clean('<g id="a"><title>x</title><path d="M0,0L1,1" onload="x"/><text>1 &lt; 2</text></g>')
    assert [child.tag for child in ElementTree.fromstring(f"<svg>{body}</svg>").iter()] == ["svg", "g", "path", "text"]
