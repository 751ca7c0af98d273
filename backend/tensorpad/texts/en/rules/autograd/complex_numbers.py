"""Complex tensors, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "complex_backward": Message(
        "`backward()` starts from a real number",
        "{name} is {dtype}, and a gradient says how to make one real number smaller.{first} Take a real number of it, "
        "as `.real`, `.abs()` or `.abs() ** 2`, or say in which direction: `gradient=`, of the same dtype.",
    ),
    "complex_gradient_dtype": Message(
        "The given gradient has the wrong dtype",
        "The gradient of a complex tensor is complex, that of a real one real. It was given as {given} and has to be "
        "{wanted}.",
    ),
    "complex_undefined": Message(
        "This is not defined for complex numbers",
        "{code} was given {name}, which is {dtype}. Complex numbers have no order and no sign. Use a real number of them: "
        "`.abs()`, `.real`, `.imag` or `.angle()`.",
    ),
    "complex_part": Message(
        "{name} is real",
        "{code} is for complex tensors, and {name} is {dtype}. Make it complex if it should be: `torch.complex(x, y)`.",
    ),
    "complex_pairs": Message(
        "A complex number is made of a pair",
        "`view_as_complex` takes the last dimension as real and imaginary part, so it must have size 2. {name} is {shape}. "
        "To make complex numbers of two tensors use `torch.complex(real, imag)`.",
    ),
    "complex_dtypes": Message(
        "Both parts of a complex number have one dtype",
        "{name} is {dtype} and {other} is {second}. Convert one of them.",
    ),
}
