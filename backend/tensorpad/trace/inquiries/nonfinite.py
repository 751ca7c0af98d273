"""Local derivatives and their products where infinity and NaN are among the numbers."""

from typing import Any

import torch


def cleared(jacobian: Any, unasked: Any, outputs: tuple[int, ...], inputs: tuple[int, ...]) -> Any:
    """A Jacobian matrix without the NaN that comes of 0 × NaN and 0 × infinity inside the backward function.

    `unasked` is what the function sends when nothing but zeros arrives: where that is NaN, every row of the matrix is NaN
    in this column, whether its output depends on the input or not. The other columns tell along which dimensions an output
    depends on inputs at its own index only; where the shapes are the same, this must hold for these columns too.
    """
    noisy = torch.isnan(unasked)
    if outputs != inputs or not bool(noisy.any()):
        return jacobian
    known = (jacobian != 0) & (~torch.isnan(jacobian) | ~noisy)
    rows, columns = known.nonzero(as_tuple=True)
    if not rows.numel():
        return jacobian
    numbers: Any = torch.arange(jacobian.shape[0])
    allowed = torch.ones_like(known)
    for index in torch.unravel_index(numbers, outputs):
        if bool((index[rows] == index[columns]).all()):
            allowed = allowed & (index.reshape(-1, 1) == index.reshape(1, -1))
    return torch.where(torch.isnan(jacobian) & noisy & ~allowed, torch.zeros_like(jacobian), jacobian)


def summed(product: Any, jacobian: Any, reaches: Any) -> Any:
    """A row of derivatives times a Jacobian matrix, where only what the function multiplies is multiplied."""
    terms = product.reshape(-1, 1) * jacobian
    return torch.where(reaches, terms, torch.zeros_like(terms)).sum(0, keepdim=product.dim() == 2)
