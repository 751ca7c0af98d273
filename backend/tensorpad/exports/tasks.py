"""Exercises on the page of an exported lesson. It has no Python: it says so, and compares only what can be compared."""

import json
import random
from html import escape

from tensorpad.lessons.lesson import ExerciseBlock, ParsonsBlock
from tensorpad.texts import CATALOGUES, Lang


def exercise(block: ExerciseBlock, prose: str, lang: Lang) -> str:
    """A program to be written: with what it begins, what would check it, and a solution for who asks for it."""
    words = CATALOGUES[lang].handout
    wrong = "".join(f"<li>{_code(one.code)}{escape(one.because)}</li>" for one in block.explanations)
    return (
        f'<section class="task"><h3>{escape(words["exercise"])}</h3>{prose}{_code(block.start)}'
        f'<p class="unchecked">{escape(words["unchecked"])}</p>'
        f"{_folded(words['check'], _code(block.check))}{_folded(words['solution'], _code(block.solution))}"
        f"{_folded(words['mistakes'], f'<ul>{wrong}</ul>') if wrong else ''}</section>"
    )


def order(block: ParsonsBlock, prose: str, lang: Lang) -> str:
    """Lines to be put in order, which the page compares with the solution. Without its script they are only listed."""
    words = CATALOGUES[lang].handout
    lines = ["    " * line.indent + line.text for line in block.lines]
    right = [line for line, kept in zip(lines, block.lines, strict=True) if not kept.distractor]
    shuffled = random.Random(block.label).sample(lines, len(lines))
    data = {"lines": shuffled, "right": right, "words": {key: words[key] for key in ("pool", "own", "up", "compare")}}
    said = {"same": words["same"], "other": words["other"]}
    return (
        f'<section class="task order" data-order="{escape(json.dumps({**data, "said": said}, ensure_ascii=False))}">'
        f"<h3>{escape(words['exercise'])}</h3>{prose}"
        f'<div class="lines"><p>{escape(words["lines"])}</p>{_code(chr(10).join(map(str.strip, shuffled)))}</div>'
        f"{_folded(words['check'], _code(block.check))}{_folded(words['solution'], _code(chr(10).join(right)))}</section>"
    )


def _code(source: str) -> str:
    return f'<pre><code class="language-python">{escape(source.strip(chr(10)))}</code></pre>'


def _folded(title: str, html: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{html}</details>"
