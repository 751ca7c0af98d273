"""What derivatives are asked with, and those that there are not, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "grad_outputs_count": Message(
        "Each output needs its own gradient",
        "There are {outputs} outputs and {given} gradients. Give one for each, in the same order; `None` will do for "
        "one number.",
    ),
    "gradient_no_tensor": Message(
        "Only tensors go here",
        "It was given a {type}. A gradient is a tensor of the output's shape, such as `torch.tensor(1.)`, and the "
        "inputs are tensors.",
    ),
    "inputs_empty": Message(
        "No tensor was named",
        "`inputs` says for which tensors {function} finds gradients, and it is empty. Perhaps a generator, such as "
        "`parameters()`, was used up: make a list of it.",
    ),
    "inputs_unneeded": Message(
        "{name} needs no gradient",
        "A gradient by {name} was asked for, which does not require one, so its graph does not lead there. "
        "Set `requires_grad=True` on it before anything is computed from it.",
    ),
    "gradients_batched": Message(
        "Each gradient of the batch has the output's shape",
        "With `is_grads_batched=True` the first dimension counts gradients. Each of them is {each} here, and the "
        "output is {wanted}.",
    ),
    "grad_assigned_shape": Message(
        "`.grad` has the shape of its tensor",
        "A gradient has one element for each element of its tensor, {wanted}. It was given {given}.",
    ),
    "grad_assigned_dtype": Message(
        "`.grad` has the dtype of its tensor",
        "The tensor is {wanted}, and it was given {given}. Convert the gradient: `g.to(x.dtype)`.",
    ),
    "grad_assigned_type": Message(
        "`.grad` is a tensor or None",
        "It was given a {type}. To clear a gradient, set `x.grad = None`; to fill it with zeros, "
        "`x.grad = torch.zeros_like(x)`.",
    ),
    "gradcheck_mismatch": Message(
        "The gradient is not that of the function",
        "For output {output} and input {input}, `gradcheck` compared what autograd gives (analytical) with what small "
        "changes of the "
        "input do (numerical). They differ: look at the `backward` of your function; at a point with a kink, as `relu` "
        "at 0; "
        "or at random numbers, which differ from call to call.",
    ),
    "gradcheck_precision": Message(
        "`gradcheck` needs float64",
        "For output {output} and input {input}, the gradient from small changes (numerical) is not that of autograd "
        "(analytical). "
        "In float32 such changes drown in rounding, so that correct gradients fail too. Make the inputs with "
        "`dtype=torch.float64`.",
    ),
    "gradcheck_nothing": Message(
        "There is no gradient to check",
        "None of the inputs requires a gradient. Set `requires_grad=True` on those to check, and `dtype=torch.float64`.",
    ),
    "second_derivative_missing": Message(
        "{function} can be differentiated only once",
        "PyTorch has the gradient of {function}, but not the gradient of that gradient, which a pass through a graph from "
        "`create_graph=True` needs. Avoid the second derivative, or compute {function} from simpler operations.",
    ),
    "derivative_missing": Message(
        "{function} has no derivative here",
        "PyTorch has no formula for it. Detach that input if no gradient has to flow through it, or compute the value "
        "by other "
        "operations.",
    ),
    "forward_mode_missing": Message(
        "{function} has no derivative in forward mode",
        "`jvp`, `jacfwd` and `hessian` carry derivatives forward, for which {function} has no formula. Use `vjp`, "
        "`jacrev`, "
        "or `jacrev(jacrev(f))` instead.",
    ),
}
