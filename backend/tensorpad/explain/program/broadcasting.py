"""Which shapes can be broadcast together."""


def broadcastable(*shapes: tuple[int, ...]) -> bool:
    """Whether shapes can be stretched to a common one."""
    return not clashes(*shapes)


def clashes(*shapes: tuple[int, ...]) -> list[int]:
    """The dimensions, counted from the end (-1), in which shapes cannot be stretched to a common one."""
    deepest = max((len(shape) for shape in shapes), default=0)
    return [dim for dim in range(-deepest, 0) if len({shape[dim] for shape in shapes if len(shape) >= -dim} - {1}) > 1]
