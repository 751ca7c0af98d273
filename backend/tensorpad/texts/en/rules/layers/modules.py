"""Models and their state dictionaries, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "state_dict_sizes": Message(
        "The saved parameters have other sizes than the model's",
        "{count} parameters of {model} have another shape than what was saved (saved → model):\n{figure}\nBuild the "
        "model with the sizes that it had when it was saved.",
    ),
    "state_dict_keys": Message(
        "The saved parameters have other names than the model's",
        "The dictionary does not fit {model}.{missing}{unexpected} {reason}",
    ),
    "state_dict_kind": Message(
        "`load_state_dict` takes a dictionary",
        "It was given a {kind}. The parameters of a model by name are `model.state_dict()`.",
    ),
    "layers_in_list": Message(
        "`nn.Sequential` takes layers, not a list of them",
        "{code} passes one list. Pass the layers one by one, or put a `*` before the list.",
    ),
    "layer_not_made": Message(
        "This is the class of a layer, not a layer",
        "{kind} stands in {code} without parentheses. `nn.{kind_plain}()` makes the layer.",
    ),
    "no_module": Message(
        "A container of layers takes layers only",
        "{kind} in {code} is no `nn.Module`. A function such as `torch.relu` has a layer of its own, `nn.ReLU()`, "
        "or is called in `forward`.",
    ),
    "module_list_called": Message(
        "A list of layers cannot be called",
        "{kind} only holds layers, and {code} calls it. Loop over it (`for layer in layers: x = layer(x)`), or "
        "use `nn.Sequential`, which calls them in order.",
    ),
    "drawn_model": Message(
        "`make_dot` draws a tensor, not a model",
        "{name} is a {kind}. A computation graph is there once the model has been called with an input: {call}.",
    ),
    "drawn_number": Message(
        "`make_dot` draws a tensor",
        "It was given a {kind}, which has no computation graph. Pass a tensor that was computed from one that "
        "requires a gradient.",
    ),
    "layer_no_list": Message(
        "A layer is not a list of layers",
        "{name} is one {kind}, and {code} takes it for a list. "
        "`nn.Sequential` and `nn.ModuleList` have layers to go through; the parameters of a layer are `parameters()`.",
    ),
}
