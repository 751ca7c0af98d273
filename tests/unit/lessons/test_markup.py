"""Markdown of lessons becomes HTML, and what is wrong in it is reported at its line."""

import pytest
from tensorpad.lessons.markup import Context, Markup

MARKUP = Markup()


def rendered(text: str, cell: int = 1) -> tuple[str, Context]:
    context = Context(cell=cell)
    return MARKUP.html(MARKUP.tokens(text), context), context


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`x`, *y* and **z**", "<p><code>x</code>, <em>y</em> and <strong>z</strong></p>"),
        ("$a < b$", '<p><span class="math" data-tex="a &lt; b">a &lt; b</span></p>'),
        ("$$\na\n$$", '<div class="math" data-tex="a">a</div>'),
        ("```python\nx < 1\n```", '<pre><code class="language-python">x &lt; 1\n</code></pre>'),
        ("```\nx\n```", '<pre><code class="language-text">x\n</code></pre>'),
        (":::{note} Mind\n*this*\n:::", '<aside class="note"><p><strong>Mind</strong></p><p><em>this</em></p></aside>'),
        ("[that](../05-shape-and-size/lesson.en.md)", '<p><a class="lesson" href="shape-and-size">that</a></p>'),
        ("[there](https://pytorch.org)", '<p><a href="https://pytorch.org">there</a></p>'),
        (
            "[y]{.look view=graph of=y step=2}",
            '<p><a class="look" data-cell="1" data-view="graph" data-of="y" data-step="2" href="#cell-1">y</a></p>',
        ),
        (
            '[the *two* `y`]{.look view=graph of="a b"}',
            '<p><a class="look" data-cell="1" data-view="graph" data-of="a b" href="#cell-1">the <em>two</em> <code>y</code>'
            "</a></p>",
        ),
        ("x[0] and [y] and `z`{1}", "<p>x[0] and [y] and <code>z</code>{1}</p>"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
    ],
)
def test_text_is_html(text: str, html: str) -> None:
    made, context = rendered(text)
    assert made == html
    assert context.faults == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a\nb {math}`x`", 2, "{math} is a role, and lessons have none"),
        ("a\n\n:::{figure} x.png\n:::", 3, "is no directive of lessons"),
        ("a\n\n:::{note}\nb\n[y]{.looks view=graph}\n:::", 5, "are a look: [words]{.look"),
        ("a\n[y]{.look view=memory of=y, line=4}", 2, "these braces cannot be read"),
        ("[y] {.look view=graph}", 1, "these braces cannot be read"),
        ("[y]｛.look view=graph｝", 1, "these braces cannot be read"),
        ('{.cards setup="import torch}\n| `a` |\n| --- |\n| `b` |', 1, "these braces cannot be read"),
        ("[y]{onclick=x}", 1, "are a look: [words]{.look"),
        ("a\n\n{.big}\nb", 4, "have attributes in braces"),
        ("- a\n\n  {.cards}\n  | `a` |\n  | --- |\n  | `b` |", 4, "have attributes in braces"),
        ("{look}`y <view=graph>`", 1, "lessons have none; a look is written [words]{.look"),
        ("![a](x.png)", 1, "has no pictures of its own"),
        ("[y]{.look view=graph of=y steps=2}", 1, "a look has no steps"),
        ("[y]{.look of=y}", 1, "a look needs a view"),
        ("[y]{.look view=graph step=0}", 1, "is a number from 1"),
        ("[y]{.look view=graph step=1 line=2}", 1, "a step or a line, not both"),
    ],
)
def test_fault_is_reported_at_its_line(text: str, line: int, says: str) -> None:
    _, context = rendered(text)
    ((at, fault),) = context.faults
    assert at == line
    assert says in fault


def test_look_knows_its_words() -> None:
    (look,) = rendered("[the *two*\n`y`]{.look view=graph of=y}")[1].looks
    assert (look.text, look.where) == ("the two y", ("graph", "y", 1, None, None))


def test_look_above_the_first_cell_names_one() -> None:
    assert "no cell is above" in rendered("[y]{.look view=graph}", cell=0)[1].faults[0][1]
    (look,) = rendered("[y]{.look view=graph cell=2}", cell=0)[1].looks
    assert look.cell == 2
