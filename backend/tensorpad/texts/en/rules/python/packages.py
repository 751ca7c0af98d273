"""Packages of courses that are not here, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "package_vision": Message(
        "This package is not installed here",
        "{name} is not here, and neither are its data sets, which it would download. Write the layers with "
        "`torch.nn`, turn pictures into tensors with `PIL.Image` and `torch.from_numpy`, and make a small data "
        "set in the program.",
    ),
    "package_board": Message(
        "Results cannot be sent to {name} here",
        "{name} is not here: a run has no network and no second program that shows its files. Keep the numbers in "
        "a list and draw them with `plt.plot(losses)`; the figure is shown under the cell.",
    ),
    "package_learning": Message(
        "This package is not installed here",
        "{name} is not here. Make the data in the program (`torch.randn`, `torch.linspace`), split it with "
        "`torch.randperm`, and compare predictions with `(pred == y).float().mean()`. `scipy` and `pandas` can be "
        "imported.",
    ),
    "package_plots": Message(
        "This package is not installed here",
        "{name} is not here. `matplotlib` is: `plt.plot`, `plt.scatter`, `plt.hist` and `plt.imshow` draw most of the same.",
    ),
    "package_images": Message(
        "This package is not installed here",
        "{name} is not here. `PIL.Image` reads, resizes and shows pictures, and `scipy.ndimage` filters arrays.",
    ),
    "package_models": Message(
        "This package is not installed here",
        "{name} is not here, and its models and data could not be downloaded. Build a small model of `torch.nn` "
        "layers and train it on data that the program makes.",
    ),
    "package_summary": Message(
        "This package is not installed here",
        "{name} is not here. `print(model)` lists the layers, and `sum(p.numel() for p in model.parameters())` "
        "counts the parameters.",
    ),
    "package_book": Message(
        "This package is not installed here",
        "{name} is the helper package of a book and is not here. Copy the functions that the cell uses from the "
        "book into a cell before it.",
    ),
    "package_widgets": Message(
        "This package is not installed here",
        "{name} belongs to a notebook's own page and is not here. Give the values as variables at the top of the "
        "cell and run it again.",
    ),
    "package_of_courses": Message(
        "This package is left out of this installation",
        "{name} belongs to Tensorpad's packages for courses, which this installation was made without. Who runs "
        "it adds them with `pip install` of {extra}.",
    ),
}
