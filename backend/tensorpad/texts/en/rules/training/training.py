"""Training loops, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "step_without_backward": Message(
        "{step} has no gradients to use",
        "No backward pass ran, so the parameters have no gradients and {step} leaves them as they are. "
        "Call `backward()` on the loss before it.",
    ),
    "step_before_backward": Message(
        "{step} runs before {backward}",
        "{step} ({line}) found no gradients to use: {backward} computes them only afterwards. Nothing was trained. The "
        "order is `zero_grad()`, forward, `backward()`, `step()`.",
    ),
    "cleared_before_step": Message(
        "{clear} throws the gradients away before {step}",
        "{backward} computes gradients, {clear} clears them, and {step} ({line}) then finds none. Nothing was trained. "
        "Clear before `backward()`, or after `step()`.",
    ),
    "never_stepped": Message(
        "The optimiser is never stepped",
        "{backward} computed gradients {count} times, and nothing ever used them: {names} are as they were at the "
        "start. {step} after each backward pass changes them.",
    ),
    "late_clip": Message(
        "The gradients are clipped too late",
        "{clip} comes after {step}, which has already used the gradients as they were, and they are not used again. "
        "Clip between `backward()` and `step()`.",
    ),
    "early_schedule": Message(
        "The scheduler is stepped before the optimiser",
        "{schedule} ran before the first `step()` of the optimiser, so the first learning rate of the schedule was "
        "skipped. Step the optimiser first, then the scheduler.",
    ),
}
