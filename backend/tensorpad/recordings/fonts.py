"""The fonts of KaTeX that some formulas need, as style that carries them."""

import base64
import re
from pathlib import Path
from typing import Final

_ALWAYS: Final = ("Main-Regular", "Math-Italic", "Size1-Regular", "Size2-Regular")
_ON_DEMAND: Final = {
    "Size3-Regular": r"left|begin|Bigg?",
    "Size4-Regular": r"left|begin|Bigg",
    "Main-Bold": r"mathbf|textbf|bold",
    "Math-BoldItalic": r"boldsymbol|bm",
    "Main-Italic": r"mathit|textit|it",
    "AMS-Regular": r"mathbb|leqslant|geqslant|nleq|ngeq|lesssim|gtrsim|square|checkmark|therefore|because|varnothing",
    "Caligraphic-Regular": r"mathcal|cal",
    "Fraktur-Regular": r"mathfrak|frak",
    "SansSerif-Regular": r"mathsf|textsf",
    "Script-Regular": r"mathscr",
    "Typewriter-Regular": r"mathtt|texttt",
}
"""Each font by the commands that use it."""
_STYLES: Final = {
    "Regular": "normal;font-weight:400",
    "Bold": "normal;font-weight:700",
    "Italic": "italic;font-weight:400",
    "BoldItalic": "italic;font-weight:700",
}


def faces(folder: Path, formulas: bytes) -> str:
    """`@font-face` rules with the fonts in `folder` (`KaTeX_Main-Regular.woff2`) for formulas in JSON."""
    names = [*_ALWAYS, *(name for name, commands in _ON_DEMAND.items() if _uses(formulas, commands))]
    return "".join(_face(folder, name) for name in names)


def _uses(formulas: bytes, commands: str) -> bool:
    return re.search(rb"\\\\(?:" + commands.encode() + rb")(?![A-Za-z])", formulas) is not None


def _face(folder: Path, name: str) -> str:
    family, _, style = name.partition("-")
    data = base64.b64encode((folder / f"KaTeX_{name}.woff2").read_bytes()).decode()
    return (
        f"@font-face{{font-family:KaTeX_{family};font-style:{_STYLES[style]};font-display:block;"
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )
