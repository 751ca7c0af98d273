"""Second backward passes, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "carried_state": Message(
        "{name} carries the graph of an earlier round",
        "The pass in {where} freed the graph behind {name}. In the next round, {code} ({line}) goes on from {name}, "
        "so the gradient of {root} would have to go back into that freed graph. "
        "Detach {name} once per round: it keeps its values, and each gradient ends at its own round. {retaining}",
    ),
    "running_sum": Message(
        "{name} still contains the losses of earlier rounds",
        "{code} ({line}) adds to the {name} of the round before, whose graph the pass in {where} has freed. "
        "Start the pass from the new loss alone, and add up only its value (`detach()` or `item()`). "
        "`retain_graph=True` would add the gradients of all earlier rounds once more in each round.",
    ),
    "kept_value": Message(
        "{root} contains a value of an earlier round",
        "{name} belongs to an earlier round, and the pass in {where} has freed its graph. "
        "{code} ({line}) uses that old value again, beside the new one. "
        "Drop what has had its pass (empty the list), or keep only values: `detach()` or `item()`.",
    ),
    "computed_once": Message(
        "{name} was computed once, and has had its backward pass",
        "The graph of {name} ({made}) was freed by the pass in {where}, and since then "
        "the program has written to {changed}. A second pass needs a new graph: compute {name} anew before each pass. "
        "`retain_graph=True` does not help, because the kept graph belongs to the old values.",
    ),
    "shared_by_two": Message(
        "{name} belongs to the graphs of both passes",
        "The pass in {where} went back through {name} ({made}) too, and freed the graph behind it; {root} needs that graph. "
        "The only updates in between are those of {updated}, so the first pass need not go past {name}: "
        "give it `detach()` there.",
    ),
    "backward_twice": Message(
        "This graph has been freed",
        "A backward pass frees what the graph has kept, and the pass in {where} has done so for {name}{way}. "
        "Nothing in that graph has changed since: pass `retain_graph=True` to the first pass, "
        "or add up the losses and call `backward()` once.",
    ),
    "backward_again": Message(
        "This graph has been freed",
        "A backward pass frees what the graph has kept, and {where} has done so already for a part of the graph of {name}. "
        "Compute the value anew before each pass. If both passes are over one unchanged graph, "
        "`retain_graph=True` in the first keeps it.",
    ),
    "saved_values_freed": Message(
        "The saved values have been freed",
        "{code} reads what the forward pass had saved for the backward pass. A backward pass frees it: "
        "read it before, or call that pass with `retain_graph=True`.",
    ),
}
