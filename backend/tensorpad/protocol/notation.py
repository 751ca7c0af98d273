"""How names are written in formulas, the same on both sides of the boundary."""

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
}


def latex_text(text: str) -> str:
    """Any text as LaTeX that shows it upright and does nothing else."""
    shown = "".join(_SPECIAL.get(character, character) for character in " ".join(text.split()))
    return rf"\text{{{shown}}}"


def latex_name(name: str) -> str:
    """A variable's name as LaTeX: one letter as in print, `v3` with its number below, longer ones in one piece."""
    if len(name) == 1 and name.isascii() and name.isalpha():
        return name
    head, digits = name.rstrip("0123456789"), name[len(name.rstrip("0123456789")) :]
    if len(head) == 1 and head.isascii() and head.isalpha():
        return f"{head}_{{{digits}}}"
    if name.isascii() and name.isalnum():
        return rf"\mathit{{{name}}}"
    return latex_text(name)


def latex_indexed(name: str, index: str) -> str:
    """The element `index` of the variable, as LaTeX."""
    written = latex_name(name)
    if written.endswith("}") and "_{" in written and not written.startswith("\\"):
        return f"{written[:-1]},{index}}}"
    return f"{written}_{{{index}}}"
