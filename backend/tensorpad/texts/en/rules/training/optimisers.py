"""Optimisers, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "optimised": Message(
        "An optimiser changes leaves only",
        "{name} was computed from other tensors. "
        "Give the optimiser those that it was computed from, or begin a new leaf with `x.detach().requires_grad_()`. "
        "(`.to(…)`, `* 0.1` and the like after `requires_grad=True` make computed tensors.)",
    ),
    "parameters": Message(
        "The optimiser takes a list of tensors",
        "Even a single tensor goes into a list: `[w]`. A model gives its own with `model.parameters()`.",
    ),
    "no_parameters": Message(
        "There is nothing to optimise",
        "The list of parameters is empty. "
        "Layers kept in a Python list are not seen (use `nn.ModuleList`), "
        "and an iterator such as `model.parameters()` can be used up only once.",
    ),
    "sparse_gradient": Message(
        "This optimiser takes no sparse gradients",
        "An embedding with `sparse=True` gives gradients that hold only the rows that were used. "
        "{optimiser} cannot use them. "
        "Remove `sparse=True`, or use `SGD` without `weight_decay`, `Adagrad` or `SparseAdam`.",
    ),
    "dense_gradient": Message(
        "`SparseAdam` takes sparse gradients only",
        "Sparse gradients come from an embedding with `sparse=True`; those here are dense. Use `Adam`.",
    ),
    "optimiser_of_model": Message(
        "An optimiser takes parameters, not a model",
        "It goes through what it is given and needs tensors there; it was given a {kind}. "
        "`model.parameters()` lists those of a model.",
    ),
    "learning_rate": Message(
        "A learning rate is not negative",
        "An optimiser already steps against the gradient, so `lr` is 0 or more; here it is {rate}. "
        "To climb, set `maximize=True`.",
    ),
    "parameters_nested": Message(
        "The list contains an iterator, not tensors",
        "`parameters()` gives all tensors in turn; `[…]` around it makes a list whose one member is the iterator. "
        "Remove the brackets, or unpack it: `[*model.parameters()]`.",
    ),
    "parameters_repeated": Message(
        "A parameter is in two groups",
        "Each parameter may be in one group only, or it would be updated twice in each step. "
        "Take it out of all groups but one; layers that share a weight give it twice.",
    ),
    "closure_missing": Message(
        "This optimiser computes the loss several times in a step",
        "{optimiser} evaluates the loss again and again within one step, so {code} needs a function for it: "
        "one that clears the gradients, computes the loss, calls `backward()` and returns the loss.",
    ),
}
