"""Figures of matplotlib: its backend here, and what is shown of a figure.

Loaded by matplotlib (`MPLBACKEND`) with the first figure, and once by the zygote, so that no run pays for it.
"""

import base64
import io
import math
import sys
from collections.abc import Callable
from typing import Any, Final, cast

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib._pylab_helpers import Gcf
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tensorpad.sandbox.displays import displays
from tensorpad.sandbox.displays.media import Media
from tensorpad.trace.base.variables import type_name

FigureCanvas = FigureCanvasAgg
"""Found by matplotlib under this name."""
_SHARPNESS: Final = 2
"""Pixels of the picture for each pixel of the page, as dense screens have them."""
_PIXELS: Final = 8_000_000
_TITLE_CHARS: Final = 200
_CHINESE: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)

Show = Callable[[Media, object], None]


def show(*args: object, **options: object) -> None:
    """What `plt.show` is: display all open figures of the run, and close them."""
    del args, options
    if displays.showing:
        displays.showing[-1].show_figures()


def show_open(display: Show) -> None:
    """Display all open figures, and close them."""
    figures = [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]
    try:
        for figure in figures:
            if figure.axes or figure.lines or figure.texts or figure.images:
                _display(figure, display)
    finally:
        if figures:
            plt.close("all")


def show_value(value: object, display: Show) -> bool:
    """Display a figure, and close it; or that of axes if it is not open, for then the end of the cell does not show it."""
    opened = [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]
    if isinstance(value, Axes):
        figure: Any = value.get_figure(root=True)
        if figure is None or figure in opened:
            return False
    elif isinstance(value, Figure):
        figure = value
    else:
        return False
    try:
        return _display(figure, display)
    finally:
        plt.close(figure)


def speak_chinese() -> None:
    """Let a font with Chinese letters help out where the chosen one has none."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    family = next((name for name in _CHINESE if name in known), None)
    families = cast("list[str]", mpl.rcParams["font.family"])
    if family is not None and family not in families:
        mpl.rcParams["font.family"] = [*families, family]


def _display(figure: Any, display: Show) -> bool:
    try:
        across, down = figure.get_size_inches()
        dpi = min(_SHARPNESS * figure.dpi, math.sqrt(_PIXELS / max(across * down, 1e-6)))
        picture = io.BytesIO()
        figure.savefig(picture, format="png", dpi=dpi, bbox_inches="tight")
    except Exception as error:
        print(f"the figure cannot be drawn: {type_name(type(error))}: {error}"[:1_000], file=sys.stderr)
        return True
    data = picture.getvalue()
    width = round(int.from_bytes(data[16:20], "big") * figure.dpi / dpi)
    display(Media("image/png", base64.b64encode(data).decode(), _title(figure), width), figure)
    return True


def _title(figure: Any) -> str:
    """What the figure says of itself: its titles, else the names of its axes."""
    parts = [figure.get_suptitle(), *(axes.get_title() for axes in figure.axes)]
    if not any(parts):
        parts = [name for axes in figure.axes for name in (axes.get_ylabel(), axes.get_xlabel())]
    return ", ".join(dict.fromkeys(part for part in parts if part))[:_TITLE_CHARS]


speak_chinese()
