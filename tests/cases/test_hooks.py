"""Hooks: where they are registered, what they take and return, and what they may not write."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

LEAF = "x = torch.ones(2, requires_grad=True)\n"
MODULE = "m = nn.Linear(2, 3)\n"
NET = "net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2), nn.ReLU(inplace=True))\n"
BY_HAND = LEAF + "y = x * 20\ny.sum().backward()"
CASES = [
    Case(
        "a gradient of another shape",
        LEAF + "y = x * 2\ny.register_hook(lambda g: g.sum().reshape(1, 1, 1).expand(1, 1, 3))\ny.sum().backward()",
        "hook_size",
        ("`y`", "`(2,)`", "`(1, 1, 3)`", "8"),
        tensors="y",
    ),
    Case(
        "a gradient of another shape, of a leaf",
        LEAF + "def shrink(grad):\n    return grad.mean()\nx.register_hook(shrink)\n(x * x).sum().backward()",
        "hook_size",
        ("`x`", "`(2,)`", "`()`"),
        tensors="x",
    ),
    Case(
        "a gradient of another shape, of a module",
        MODULE + "m.register_full_backward_hook(lambda m, gi, go: (go[0],))\n"
        "m(torch.ones(1, 2, requires_grad=True)).sum().backward()",
        "hook_module_size",
        ("`(1, 2)`", "`grad_input`"),
    ),
    Case(
        "a gradient of another dtype",
        LEAF + "x.register_hook(lambda g: g.double())\nx.sum().backward()",
        "hook_dtype",
        ("`FloatTensor`", "`DoubleTensor`"),
    ),
    Case("a number", LEAF + "x.register_hook(lambda g: g.norm().item())\nx.sum().backward()", "hook_returned", ("`float`",)),
    Case("a tuple", LEAF + "y = x * 2\ny.register_hook(lambda g: (g,))\ny.sum().backward()", "hook_returned", ("`tuple`",)),
    Case(
        "a tensor where a tuple is due",
        LEAF + "y = x * 2\ny.grad_fn.register_prehook(lambda g: g[0] * 2)\ny.sum().backward()",
        "hook_returned_no_tuple",
        ("`Tensor`",),
    ),
    Case(
        "two gradients for one input",
        MODULE + "m.register_full_backward_hook(lambda m, gi, go: (gi[0], gi[0]))\n"
        "m(torch.ones(1, 2, requires_grad=True)).sum().backward()",
        "hook_grad_input_count",
        ("2", "1", "`(new,)`"),
    ),
    Case(
        "a result after the accumulation",
        LEAF + "x.register_post_accumulate_grad_hook(lambda t: t.grad)\nx.sum().backward()",
        "hook_no_result",
        ("`param.grad`",),
    ),
    Case(
        "a write to the gradient",
        LEAF + "y = x * 2\ny.register_hook(lambda g: g.mul_(10))\ny.sum().backward()",
        "hook_writes",
        ("`g.mul_(10)`", "`y`", "`(0,)`"),
        ("tensor 1",),
        tensors="y",
        fix="lambda g: g.mul(10)",
        by_hand=BY_HAND,
    ),
    Case(
        "a write to the gradient in a function",
        LEAF
        + "y = x * 2\ndef amplify(grad):\n    grad *= 10\n    return grad\ny.register_hook(amplify)\ny.sum().backward()",
        "hook_writes",
        ("`grad *= 10`", "`grad`", "`y`"),
        fix="    grad = grad * 10\n    return grad",
        by_hand=BY_HAND,
    ),
    Case(
        "a write to the gradient that is not returned",
        LEAF + "y = x * 2\ndef amplify(grad):\n    grad.mul_(10)\ny.register_hook(amplify)\ny.sum().backward()",
        "hook_writes",
        ("`grad.mul_(10)`", "`y`"),
        fix="    return grad.mul(10)",
        by_hand=BY_HAND,
    ),
    Case(
        "a full backward hook before a write in place",
        NET + "net[2].register_full_backward_hook(lambda m, gi, go: None)\ny = net(torch.randn(2, 3))",
        "hook_view_written",
        ("`net[2]`", "`ReLU(inplace=True)`", "`inplace=False`"),
        ("several", "backwardhookfunction"),
        fix="nn.ReLU(inplace=False)",
    ),
    Case(
        "a full backward hook of what writes in place",
        NET + "net[3].register_full_backward_hook(lambda m, gi, go: None)\ny = net(torch.randn(2, 3))\ny.sum().backward()",
        "hook_view_written",
        ("`net[3]`", "`ReLU(inplace=True)`"),
        fix="nn.ReLU(inplace=False)",
    ),
    Case(
        "a full backward hook and a function that writes in place",
        MODULE + "m.register_full_backward_hook(lambda m, gi, go: None)\nF.relu(m(torch.ones(1, 2)), inplace=True)",
        "hook_view_written",
        ("`m`", "`relu(inplace=True)`"),
        fix="inplace=False",
    ),
    Case(
        "a full backward hook and an augmented assignment",
        MODULE
        + "m.register_full_backward_hook(lambda m, gi, go: None)\ny = m(torch.ones(1, 2))\ny *= 2\ny.sum().backward()",
        "hook_view_written",
        ("`m`", "`y *= 2`"),
        fix="y = y * 2",
        by_hand="m = nn.Linear(2, 3)\n(m(torch.ones(1, 2)) * 2).sum().backward()",
    ),
    Case(
        "no gradient comes",
        "x = torch.ones(2)\nx.register_hook(lambda g: g * 2)",
        "hook_without_gradient",
        ("`x`",),
        tensors="x",
        fix="torch.ones(2, requires_grad=True)",
    ),
    Case(
        "no gradient comes, because of detach",
        LEAF + "y = x.detach()\ny.register_hook(print)",
        "hook_without_gradient",
        ("`y`", "`x.detach()`"),
    ),
    Case(
        "retain_grad without a gradient",
        "x = torch.arange(3)\nx.retain_grad()",
        "hook_without_gradient",
        ("`x.retain_grad()`",),
    ),
    Case(
        "a hook of a list",
        "xs = [torch.ones(2)]\nxs.register_hook(print)",
        "hook_on_sequence",
        ("`list`", "`register_hook`"),
    ),
    Case(
        "a hook of tensors",
        MODULE + "m.register_hook(print)",
        "hook_of_tensors",
        ("`Linear`", "`register_full_backward_hook`"),
    ),
    Case("a hook of modules", LEAF + "x.register_forward_hook(print)", "hook_of_modules", ("`register_forward_hook`",)),
    Case("a hook without its handle", LEAF + "x.remove_hook(None)", "hook_removed", ("`remove()`",)),
    Case(
        "too few parameters of a tensor's hook",
        LEAF + "def hook():\n    print('called')\nx.register_hook(hook)\nx.sum().backward()",
        "hook_arguments",
        ("`register_hook`", "`grad`", "0"),
        span="hook",
    ),
    Case(
        "too few parameters of a module's hook",
        MODULE + "m.register_forward_hook(lambda module, out: print(out.shape))\nm(torch.ones(1, 2))",
        "hook_arguments",
        ("`register_forward_hook`", "`module`", "`args`", "`output`", "2", "3"),
    ),
    Case(
        "too many parameters of a module's hook",
        MODULE + "def before(module, args, output):\n    pass\nm.register_forward_pre_hook(before)\nm(torch.ones(1, 2))",
        "hook_arguments",
        ("`register_forward_pre_hook`", "3"),
    ),
    Case(
        "a tuple as a tensor",
        MODULE + "m.register_forward_hook(lambda module, args, out: print(args.shape))\nm(torch.ones(1, 2))",
        "hook_tuple",
        ("`args`", "`args[0]`"),
        fix="print(args[0].shape)",
    ),
    Case(
        "no gradient of the input",
        MODULE + "m.register_full_backward_hook(lambda m, gi, go: print(gi[0].shape))\nm(torch.ones(1, 2)).sum().backward()",
        "hook_no_input_gradient",
        ("`gi[0]`",),
        ("Functions without `return`",),
    ),
    Case(
        "two kinds on one module",
        MODULE + "m.register_backward_hook(lambda m, gi, go: None)\nm.register_full_backward_hook(lambda m, gi, go: None)",
        "hook_mixed",
        ("`register_backward_hook`",),
        fix="m.register_full_backward_hook(lambda m, gi, go: None)\nm.register_full_backward_hook(",
    ),
    Case(
        "the hook of leaves for a computed tensor",
        LEAF + "y = x * 2\ny.register_post_accumulate_grad_hook(lambda t: None)",
        "hook_leaves_only",
        ("`y`", "`register_hook`"),
        fix="y.register_hook(lambda t: None)",
    ),
    Case(
        "a value in place of a function",
        LEAF + "x.register_hook(print(1))\nx.sum().backward()",
        "hook_not_callable",
        ("`print(1)`", "`register_hook`", "`NoneType`"),
        span="print(1)",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_hook_is_explained(case: Case) -> None:
    check(case)


def test_function_that_is_no_hook_is_not_told_what_hooks_take() -> None:
    program = explained("def twice(t):\n    return t * 2\ntwice(1, 2)")
    assert program.facts.type == "TypeError"
    assert program.facts.definitions.hooks == []
