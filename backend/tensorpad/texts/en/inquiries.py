"""Derivations, lenses, openings and windows, in English."""

from typing import Final

from tensorpad.texts.catalogue import Inquiries

INQUIRIES: Final = Inquiries(
    no_derivation={
        "no_scalar": "The program made no scalar that requires a gradient, so there is nothing to derive.",
        "not_found": "The program has no variable {name}.",
        "not_scalar": "{name} is not a floating-point tensor of one element; reduce it to one, for example with sum().",
        "no_graph": "{name} has no graph: nothing that it was made of requires a gradient.",
        "too_large": "The graph has more steps or elements than can be written out. Try a smaller example.",
        "freed": (
            "The graph was freed by a backward pass before it could be read. Ask for the tensor that the pass started from."
        ),
        "complex": "{step} computes with complex numbers. Derivations are written out for real numbers.",
        "custom": "{step} is a function of the program's own, and its backward raised an exception when it was asked.",
        "unsupported": "There is no derivation: {step} has no local derivative that can be written out.",
    },
    checked={
        "same": "Checked: this is exactly the gradient of {name} that autograd computed.",
        "close": (
            "Checked: this is the gradient of {name} that autograd computed, "
            "up to the rounding of {dtype} (largest difference {deviation}, allowed {tolerance})."
        ),
        "hooked": (
            "This differs from the gradient of {name} that autograd computed by {deviation}: "
            "a hook changed a gradient on the way."
        ),
        "other": (
            "This differs from the gradient of {name} that autograd computed by {deviation}, "
            "more than the rounding of {dtype} (allowed {tolerance}). The run has no record of what changed it."
        ),
    },
    differences={
        "agree": (
            "Finite differences agree: "
            "central differences with step {step} in {dtype} deviate by {deviation} at most (allowed {tolerance})."
        ),
        "disagree": (
            "Finite differences do not agree: "
            "central differences with step {step} in {dtype} deviate by {deviation} (allowed {tolerance}). "
            "The function may have a kink or a jump at this point."
        ),
        "changed": (
            "Finite differences do not agree with autograd's gradient either: "
            "central differences with step {step} in {dtype} deviate by {deviation} (allowed {tolerance})."
        ),
    },
    no_differences={
        "unseen": (
            "Finite differences were not possible: "
            "a step was made where it cannot be repeated, such as in a custom autograd function."
        ),
        "not_repeatable": "Finite differences were not possible: repeating the operations gave another value.",
        "too_large": "Finite differences were not taken: the tensor has too many elements.",
        "too_slow": "Finite differences were not taken: there was not enough time for all elements.",
        "too_coarse": "Finite differences were not taken: the dtype has too few digits to show what a small change does.",
        "not_dense": "Finite differences were not taken: {name} is sparse, and only some of its elements can be changed.",
        "not_finite": "Finite differences were not possible: the result is infinite or NaN, and shows no change.",
    },
    no_lens={
        "no_operation": "The run made no operation {operation}.",
        "no_output": "The operation {operation} has no output with this number.",
        "no_element": "The output has the shape {shape}, and no element with this index.",
        "too_large": "The inputs of the operation {operation} are too large to be examined.",
        "not_repeatable": "The operation {operation} gave something else when it was repeated, so it cannot be examined.",
        "unsupported": "The operation {operation} cannot be repeated with other inputs.",
    },
    lens={
        "head": "{element} = {value} came from {count} input elements.",
        "one": "{element} = {value} came from one input element.",
        "alone": "{element} = {value} was made by the operation itself; no input element went into it.",
        "derivative": "{element} = {value}, local derivative {derivative}",
        "value": "{element} = {value} went into it; there is no derivative",
        "index": "{element} = {value} decided which value was taken",
        "more": "The first {shown} are listed.",
        "incomplete": "The inputs are too large to try every element, so some that only decided may be missing.",
    },
    no_opening={
        "no_operation": "The run made no operation {operation}.",
        "in_trace": "What {name} did inside stands among the operations of the run.",
        "one_step": "For torch, {name} is one step.",
        "too_large": "The inputs of the operation {operation} are too large to be kept for a second look.",
        "not_repeatable": "The operation {operation} gave something else when it was repeated, so it cannot be opened.",
        "unsupported": "The operation {operation} cannot be repeated on its own.",
    },
    opening={
        "steps": "Inside {name}, torch takes {count} steps.",
        "rounded": "In the run it used another kernel; these steps give the same up to rounding.",
        "incomplete": "There are more than can be listed.",
    },
    no_window={
        "no_subject": "The run has no tensor or array {subject}.",
        "no_gradient": "The tensor has no gradient at the end of the run.",
        "no_matrix": "The shape is {shape}, and there is no matrix at these indices.",
        "not_yet": "No step up to then had made it.",
        "not_kept": "It is not known any more what its elements were then.",
        "not_dense": "Its elements do not lie in memory one by one.",
        "too_large": "It has more elements than can be read. Ask for a smaller part.",
        "unsupported": "torch has no operation that reads its elements.",
    },
)
