"""One bitmap laid upon another. Used by the drawing process alone, which made both."""

import io

from PIL import Image

from tensorpad.protocol.drawing import Inset


def laid(picture: bytes, upon: bytes, inset: Inset) -> bytes:
    """`picture` with the bitmap `upon` it, as PNG, in the middle of the inset's box; made smaller if it is too large."""
    with Image.open(io.BytesIO(picture), formats=["PNG"]) as ground, Image.open(io.BytesIO(upon), formats=["PNG"]) as added:
        made = ground.convert("RGB")
        small = added.convert("RGBA")
    small.thumbnail((inset.width, inset.height), Image.Resampling.LANCZOS)
    left = inset.left + (inset.width - small.width) // 2
    top = inset.top + (inset.height - small.height) // 2
    made.paste(small, (left, top), small)
    written = io.BytesIO()
    made.save(written, "PNG", optimize=True)
    return written.getvalue()
