"""Records of the worker with what an answer adds to them, under the same names: what it is like."""

from tensorpad.protocol import backwards, steps
from tensorpad.protocol.records import Id


class OperationRecord(steps.OperationRecord, frozen=True, gc=False):
    """One torch operation that the program's source caused. `expression` is the source text of `span`, shortened.

    `memory`, `input_shapes` and `output_shapes` run parallel to `inputs` and `outputs`. `broadcast` has an entry for each
    input that was stretched. `recorded` tells whether autograd was recording, null where no input required a gradient.

    `like` names an earlier operation at the same place of the source, as in a loop. What is missing then is as in that one:
    its members; those of its `module`, if only the call is another one; and its `arguments`, with the ids of these `inputs`
    for the ids of those.
    """

    like: Id | None = None
    """Id of an earlier operation, which has the members that are missing here; null if this one is told in full."""


class BackwardRecord(backwards.BackwardRecord, frozen=True, gc=False):
    """One run of the engine.

    `kind` is `backward` where leaves' `.grad` accumulate, `grad` where gradients are returned. `span` is the program's call.
    `inputs` are the slots that the pass was limited to, null where it went to all leaves. `graphs` are the ids of the graphs
    it ran over, as far as they are in the report. `within` is the pass in a hook or function of which this one was run.
    `failed` tells that an exception ended the pass. `size` is the number of functions in the graph; `unrecorded` counts
    those of them that were not watched or whose runs were dropped, newer passes being kept.

    `like` names an earlier pass that ran the same functions from the same place of the source. What is missing then is as in
    that one: its members, and those of its `runs`, each of the run at the same place.
    """

    like: Id | None = None
    """Id of an earlier pass, which has the members that are missing here; null if this one is told in full."""
