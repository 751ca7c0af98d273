"""A page within another one, such as a notebook, as high as its content is."""

from html import escape

_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""As for the frames of `<tensor-pad>`: nothing within can reach the page around it."""
_FOLLOW = (
    "(function(f){addEventListener('message',function(e){var d=e.data;"
    "if(e.source===f.contentWindow&&d&&d.source==='tensorpad'&&d.type==='height'&&isFinite(d.height))"
    "f.style.height=Math.min(Math.max(d.height,40),20000)+'px'})})(document.currentScript.previousElementSibling)"
)


def frame(html: str, *, title: str, key: str | None = None) -> str:
    """HTML of an `<iframe>` that contains the page `html`, and follows the height that it tells.

    Where the script beside it may not run, the frame keeps a fixed height, and its content scrolls. `title` is what the
    frame is called by those who do not see it; by `key` a widget finds it.
    """
    mark = "" if key is None else f' data-tensorpad-view="{escape(key)}"'
    return (
        f'<iframe title="{escape(title)}"{mark} sandbox="{_SANDBOX}" loading="lazy" referrerpolicy="no-referrer" '
        f'style="display:block;width:100%;height:560px;border:0" srcdoc="{escape(html)}"></iframe>'
        f"<script>{_FOLLOW}</script>"
    )
