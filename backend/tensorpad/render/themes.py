"""Colours, by role, and the style sheet that lets one SVG follow light, dark and print.

The DOT source carries the light colours (or the dark ones, for a picture that cannot change). In SVG they stay as plain
attributes, so that a viewer without CSS shows a right picture, and the style sheet maps each onto a custom property.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import Literal

from tensorpad.graph.model import NodeKind

CardKind = NodeKind | Literal["reference"]
"""Kinds of cards: those of nodes, and the small one that stands for a node that is drawn elsewhere."""
GraphStyle = Literal["tensorpad", "torchviz"]
"""Our cards, or the boxes that the torchviz package draws."""
Theme = Literal["light", "dark", "auto"]


@dataclass(frozen=True, slots=True)
class Palette:
    """A colour for each role, as `#rrggbb`. No two roles share a colour: in SVG the colour is the role."""

    ink: str
    muted: str
    card: str
    line: str
    edge: str
    leaf: str
    leaf_line: str
    leaf_ink: str
    parameter: str
    parameter_line: str
    parameter_ink: str
    constant: str
    constant_line: str
    constant_ink: str
    operation: str
    operation_ink: str
    result: str
    result_line: str
    result_ink: str
    folded: str
    folded_line: str
    folded_ink: str
    group: str
    inner_group: str
    group_line: str
    group_ink: str
    rest_line: str
    panel: str
    panel_ink: str
    gradient: str
    gradient_ink: str
    failure: str
    failure_line: str
    failure_ink: str


LIGHT = Palette(
    ink="#1b2330",
    muted="#5d6878",
    card="#ffffff",
    line="#b4bdca",
    edge="#7b8798",
    leaf="#e6f0fe",
    leaf_line="#2f6fd0",
    leaf_ink="#1f55a8",
    parameter="#f0eafd",
    parameter_line="#7b56cf",
    parameter_ink="#5b39ab",
    constant="#f6f5f0",
    constant_line="#8f8c7f",
    constant_ink="#615e52",
    operation="#eff2f6",
    operation_ink="#4a5565",
    result="#e2f5e9",
    result_line="#1f8a4c",
    result_ink="#15683a",
    folded="#e6f4f5",
    folded_line="#3a8b99",
    folded_ink="#1d5f6c",
    group="#f9fafc",
    inner_group="#f2f5f9",
    group_line="#c3ccd9",
    group_ink="#566377",
    rest_line="#98a3b3",
    panel="#f6f8fb",
    panel_ink="#26303f",
    gradient="#fff3df",
    gradient_ink="#854c07",
    failure="#fdeeee",
    failure_line="#c8323f",
    failure_ink="#97202b",
)
DARK = Palette(
    ink="#e7ecf3",
    muted="#9daabb",
    card="#1a202a",
    line="#465264",
    edge="#8591a3",
    leaf="#1c3050",
    leaf_line="#6ba4f8",
    leaf_ink="#a3c8ff",
    parameter="#2f2650",
    parameter_line="#a78bfa",
    parameter_ink="#cdbcff",
    constant="#27261f",
    constant_line="#8a8778",
    constant_ink="#cbc7b6",
    operation="#262e3b",
    operation_ink="#b9c4d3",
    result="#16392a",
    result_line="#4cc483",
    result_ink="#8fe6b5",
    folded="#14313a",
    folded_line="#58b3c7",
    folded_ink="#a2dcea",
    group="#151a22",
    inner_group="#1c222c",
    group_line="#3a4557",
    group_ink="#a6b3c5",
    rest_line="#66748a",
    panel="#222a36",
    panel_ink="#d8e0ea",
    gradient="#3a2c16",
    gradient_ink="#f7c67d",
    failure="#3a1d21",
    failure_line="#ef7480",
    failure_ink="#ffb5bb",
)

SANS = (
    "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans','PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC','Noto Sans SC',sans-serif"
)
MONO = (
    "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono','PingFang SC','Microsoft YaHei',"
    "'Noto Sans Mono CJK SC','Noto Sans CJK SC',monospace"
)


def palette(theme: Theme) -> Palette:
    """The colours of a picture that cannot change by itself; `auto` is light."""
    return DARK if theme == "dark" else LIGHT


def card_colours(kind: CardKind, colours: Palette) -> tuple[str, str, str]:
    """Fill, edge and accent of a card."""
    match kind:
        case "leaf":
            return colours.leaf, colours.leaf_line, colours.leaf_ink
        case "parameter":
            return colours.parameter, colours.parameter_line, colours.parameter_ink
        case "constant":
            return colours.constant, colours.constant_line, colours.constant_ink
        case "folded":
            return colours.folded, colours.folded_line, colours.folded_ink
        case "reference":
            return colours.card, colours.line, colours.muted
        case "result":
            return colours.result, colours.result_line, colours.result_ink
        case "operation":
            return colours.operation, colours.line, colours.operation_ink
        case "elided":
            return colours.card, colours.rest_line, colours.muted


def _variables(colours: Palette) -> str:
    return "".join(f"--tp-{role.replace('_', '-')}:{colour};" for role, colour in asdict(colours).items())


def _rules() -> str:
    roles = asdict(LIGHT).items()
    fills = "".join(f".tp-graph [fill='{colour}']{{fill:var(--tp-{role.replace('_', '-')})}}" for role, colour in roles)
    strokes = "".join(
        f".tp-graph [stroke='{colour}']{{stroke:var(--tp-{role.replace('_', '-')})}}" for role, colour in roles
    )
    # More specific than every rule that sets a theme.
    printed = ".tp-graph" * 5
    light, dark = _variables(LIGHT), _variables(DARK)
    return (
        f".tp-graph{{{light}color-scheme:light}}"
        f"@media (prefers-color-scheme:dark){{.tp-graph[data-theme=auto]{{{dark}color-scheme:dark}}}}"
        f":root[data-theme=light] .tp-graph[data-theme=auto]{{{light}color-scheme:light}}"
        f":root[data-theme=dark] .tp-graph[data-theme=auto],.tp-graph[data-theme=dark]{{{dark}color-scheme:dark}}"
        f"@media print{{{printed}{{{light}color-scheme:light}}}}"
        f".tp-graph text{{font-family:{SANS};white-space:pre}}"
        f".tp-graph text[font-family=monospace]{{font-family:{MONO}}}"
        f"{fills}{strokes}"
    )


_RULES = _rules()
SCOPE = f"tp-{hashlib.sha256(_RULES.encode()).hexdigest()[:8]}"
"""The class of a picture that the sheet is for: pictures that another version drew stay as they are beside it."""
STYLE_SHEET = _RULES.replace(".tp-graph", f".{SCOPE}")
"""CSS for SVG in the `tensorpad` style; everything in it is inside `SCOPE`. It has no theme: each picture names its own."""
