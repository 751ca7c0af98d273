"""Names and attributes, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "missing_import": Message(
        "An import is missing",
        "{name} has to be imported: {code}. Only `torch`, `np` and `math` are there from the start.",
    ),
    "name_of_torch": Message(
        "This name belongs to torch",
        "{name} is not known by itself. Its full name is {full}.",
    ),
    "misspelt_name": Message(
        "No such name: is it a typo?",
        "{name} was never given a value. {guess} is there, and looks alike. Upper and lower case matter.",
    ),
    "unknown_name": Message(
        "No such name",
        "{name} has no value yet. Check the spelling, and whether the line that sets it ran before this one.",
    ),
    "name_of_refused": Message(
        "Its cell did not run",
        "{name} gets its value in cell {cell}, which Python could not read, so nothing of that cell ran. Mend it first: the "
        "message there says where.",
    ),
    "unbound": Message(
        "A local name is used before it has a value",
        "Because the function assigns {name} somewhere, it is local in all of it. "
        "Here it has no value yet: give it one first, or pass it in as an argument.",
    ),
    "misspelt_attribute": Message(
        "No such attribute: is it a typo?",
        "{owner} has no {attribute}. It has {guess}, which looks alike.",
    ),
    "no_attribute": Message(
        "No such attribute",
        "{kind} has no {attribute}. Check the spelling, and whether the value is of the kind that you think.",
    ),
    "none_value": Message(
        "There is None where a value should be",
        "{name} is `None`, which has no {attribute}. "
        "Functions without `return` give `None`, and so do some methods that only change their object.",
    ),
    "not_of_tensors": Message(
        "Tensors do this in another way",
        "{attribute} is for NumPy arrays or lists. With tensors it is {instead}.",
    ),
    "only_of_tensors": Message(
        "Only tensors can do this",
        "{attribute} belongs to tensors, and this is a {kind}. "
        "`torch.tensor(…)` makes one of numbers, `torch.from_numpy` of an array.",
    ),
    "import_name": Message(
        "The module does not have this name",
        "{module} has no {name}. Check the spelling and the case.",
    ),
    "numpy_alias": Message(
        "NumPy no longer has this name",
        "{old} was another name for Python's own {new}. NumPy 1.24 took it away: write {new}.",
    ),
    "next_method": Message(
        "`next` is a function",
        "In Python 2 iterators had a method for it, and old courses still write {code}. Now it is {instead}.",
    ),
    "missing_module": Message(
        "This module is not installed here",
        "{name} cannot be imported. Here are {packages} and Python's own library; nothing else can be installed.",
    ),
    "name_of_self": Message(
        "This name belongs to the object",
        "{name} is an attribute of the object. Inside a method it is {whole}.",
    ),
}
