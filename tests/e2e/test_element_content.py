"""What a `<tensor-pad>` shows and runs: the program, its picture or its author's own content, or what is wrong."""

from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

from tests.e2e.support.pads import PadsPage


@pytest.mark.parametrize(
    ("pad", "program"),
    [
        ("<tensor-pad code='x = 1&#10;y = \"é😀\"'></tensor-pad>", ['x = 1\ny = "é😀"']),
        ("""<tensor-pad cells='["a = 1", "b = 2"]'></tensor-pad>""", ["a = 1", "b = 2"]),
        (
            """<tensor-pad>
                 <script type="text/x-python">
                   if True:
                       x = "<b>&amp;"
                 </script>
                 <script type="text/x-python">y = 2</script>
               </tensor-pad>""",
            ['if True:\n    x = "<b>&amp;"', "y = 2"],
        ),
        ("<tensor-pad>\n    import torch\n\n    x = 1 &lt; 2\n</tensor-pad>", ["import torch\n\nx = 1 < 2"]),
        ("<tensor-pad><pre>for i in range(2):\n    print(i)</pre></tensor-pad>", ["for i in range(2):\n    print(i)"]),
    ],
)
def test_program_is_what_the_page_says_in_whichever_way(pads: PadsPage, pad: str, program: list[str]) -> None:
    pads.show(pad)
    expect(pads.frame()).to_be_visible()
    assert pads.cells() == program
    assert pads.page.evaluate("document.querySelector('tensor-pad').program") == {"cells": program}


def test_stored_program_is_named_by_its_id(pads: PadsPage) -> None:
    pads.show('<tensor-pad snippet="abcdefghijklmnopqrst" view="memory" step="3" mode="edit" theme="dark"></tensor-pad>')
    expect(pads.frame()).to_be_visible()
    [asked] = pads.asked("/embed?")
    assert dict(parse_qsl(asked.partition("?")[2])) == {
        **{"snippet": "abcdefghijklmnopqrst", "view": "memory", "step": "3", "mode": "edit"},
        **{"theme": "dark", "lang": "en", "loading": "eager"},
    }


def test_what_the_author_put_in_is_seen_until_it_is_live(pads: PadsPage) -> None:
    pads.show('<tensor-pad loading="click"><p>My own words.</p><script type="text/x-python">x = 1</script></tensor-pad>')
    own = pads.page.get_by_text("My own words.")
    expect(pads.pad().get_by_role("button")).to_be_visible()
    expect(own).to_be_visible()
    pads.pad().get_by_role("button").click()
    expect(pads.frame()).to_be_visible()
    expect(own).to_be_hidden()
    assert pads.asked("/api/") == []


def test_program_is_read_where_there_is_no_picture_of_it(pads: PadsPage) -> None:
    del pads.service.pages["/api/v1/graph.svg"]
    long = "x = 1\n" * 3000
    pads.show(
        f'<tensor-pad loading="click" code="short = 1"></tensor-pad><tensor-pad loading="click" code="{long}"></tensor-pad>'
    )
    expect(pads.pad(0).get_by_role("region", name="The program")).to_have_text("short = 1")
    expect(pads.pad(1).get_by_role("region", name="The program")).to_contain_text("x = 1\nx = 1")
    assert len(pads.asked("/api/v1/graph.svg")) == 1
    pads.pad(1).get_by_role("button").click()
    expect(pads.frame(1)).to_be_visible()
    assert pads.cells(1) == [long.strip()]


@pytest.mark.parametrize(
    ("pad", "sentence"),
    [
        ("<tensor-pad></tensor-pad>", "There is no program here."),
        ("<tensor-pad cells='[1]'></tensor-pad>", "must be a JSON list of strings"),
        ('<tensor-pad code="x" snippet="y"></tensor-pad>', "more than one program: code, snippet"),
        ('<tensor-pad code="x" server="javascript:alert(1)"></tensor-pad>', "not the address of a server: javascript:"),
    ],
)
def test_pad_that_is_written_wrongly_says_so(pads: PadsPage, pad: str, sentence: str) -> None:
    pads.show(pad)
    expect(pads.pad().get_by_role("status")).to_contain_text(sentence)
    expect(pads.pad().get_by_role("button")).to_be_hidden()
    [detail] = pads.heard("error")
    assert detail["type"] == "program"
    assert sentence in detail["message"]


def test_pad_mended_by_a_script_is_live(pads: PadsPage) -> None:
    pads.show("<tensor-pad></tensor-pad>")
    expect(pads.pad().get_by_role("status")).to_contain_text("There is no program here.")
    pads.page.evaluate("document.querySelector('tensor-pad').textContent = 'x = 1'")
    expect(pads.frame()).to_be_visible()


def test_module_does_not_know_its_server_and_says_so(pads: PadsPage) -> None:
    module = f'<script type="module">import "{pads.service.url}/embed.js";</script>'
    body = '<tensor-pad code="x = 1" lang="en"></tensor-pad>'
    pads.show(f'{body}<tensor-pad code="x = 1" server="{pads.service.url}"></tensor-pad>', module)
    expect(pads.frame(1)).to_be_visible()
    expect(pads.pad(0).get_by_role("status")).to_contain_text("set the attribute “server”")
    assert [text for text in pads.complaints if "No server is known" in text]


def test_pad_speaks_the_language_of_the_page_around_it(pads: PadsPage) -> None:
    pads.show(
        '<div lang="zh-Hans"><tensor-pad loading="click" code="x = 1"></tensor-pad></div>'
        '<div lang="de"><tensor-pad loading="click" code="x = 1"></tensor-pad></div>'
    )
    expect(pads.pad(0).get_by_role("button")).to_have_text("运行")
    expect(pads.pad(1).get_by_role("button")).to_have_text("Run it")


def test_page_is_printed_with_the_picture(pads: PadsPage) -> None:
    pads.show('<tensor-pad code="x = 1"></tensor-pad>')
    expect(pads.frame()).to_be_visible()
    pads.page.emulate_media(media="print")
    expect(pads.pad().get_by_role("img")).to_be_visible()
    expect(pads.frame()).to_be_hidden()
    expect(pads.pad().get_by_role("button")).to_be_hidden()
