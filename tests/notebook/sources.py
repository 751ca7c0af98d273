"""Where cells come from: a file of ours in the percent format, and the text of the notebook that the project grew from."""

import re
from pathlib import Path

OURS = Path(__file__).with_name("course.py")
NOTEBOOK = Path(__file__).parents[2].parent / "shared" / "seed" / "notebook.txt"
"""Not part of the repository; it is read where it lies beside it."""

_PROMPT = re.compile(r"^In \[\d+\]:[ \t]*$", re.MULTILINE)
_OUTPUT = re.compile(r"^(tensor\(|torch\.Size\(|<|'|\[|\d|True|False|None|[A-Z1-9][\w ]*:|[\u4e00-\u9fff])")


def our_cells() -> list[str]:
    """The cells of `course.py`."""
    return [part.partition("\n")[2] for part in OURS.read_text(encoding="utf-8").split("# %% ")[1:]]


def notebook_cells() -> list[str]:
    """The code cells of the notebook. Its text does not mark where code ends, so a cell ends at the first paragraph that
    is no Python or looks like printed output."""
    text = NOTEBOOK.read_text(encoding="utf-8")
    return [_code(part) for part in _PROMPT.split(text)[1:]]


def _code(part: str) -> str:
    paragraphs: list[str] = []
    for paragraph in re.split(r"\n(?:[ \t]*\n)+", part.strip("\n")):
        candidate = "\n\n".join([*paragraphs, paragraph])
        if paragraphs and _OUTPUT.match(paragraph):
            break
        try:
            compile(candidate, "<cell>", "exec")
        except SyntaxError:
            # A paragraph may end inside a block that the next one closes; prose never does.
            if _OUTPUT.match(paragraph) or not _continues(paragraph):
                break
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs)


def _continues(paragraph: str) -> bool:
    return not re.search(r"[，。：？#<]", paragraph.splitlines()[0])
