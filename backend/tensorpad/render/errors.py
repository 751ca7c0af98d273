"""What can go wrong with a picture.

DrawingError
├── DrawError      Graphviz refused the source, or died of it
└── DrawTimeout    the layout took longer than its limit
"""

from tensorpad.protocol.errors import TensorpadError


class DrawingError(TensorpadError):
    """A picture could not be made; the message says why, for a person."""


class DrawError(DrawingError):
    """The source is no graph that Graphviz can draw."""


class DrawTimeout(DrawingError):
    """The layout took longer than `limits.draw_s`."""
