"""Custom autograd functions: what their methods must take, keep and return, and how they are called."""

import pytest
from tensorpad.explain.rules.custom import functions

from tests.support.cases import Case, check
from tests.support.explanations import explained


def _program(forward: str, backward: str, use: str, name: str = "Square", static: bool = True, more: str = "") -> str:
    """A program with a custom function; `forward` and `backward` are a signature and lines."""
    lines = [f"class {name}(torch.autograd.Function):"]
    for method in (forward, backward, more):
        if method:
            head, *body = method.split("\n")
            lines.extend(
                [*(["    @staticmethod"] if static else []), f"    def {head}:", *(f"        {line}" for line in body)]
            )
    return "\n".join([*lines, "x = torch.ones(3, requires_grad=True)", use]) + "\n"


FORWARD, BACKWARD = (
    "forward(ctx, t)\nctx.save_for_backward(t)\nreturn t * t",
    "backward(ctx, g)\nt, = ctx.saved_tensors\nreturn g * 2 * t",
)
PLAIN = "forward(ctx, t)\nreturn t * 2"
APPLY = "y = Square.apply(x)\ny.sum().backward()"
SCALE = ("forward(ctx, t, k)\nctx.k = k\nreturn t * k", "backward(ctx, g)\nreturn g * ctx.k")
BY_HAND = "x = torch.ones(3, requires_grad=True)\n(x * x).sum().backward()\n"
CASES = [
    Case(
        "a gradient too few",
        _program(*SCALE, "Scale.apply(x, 2.0).sum().backward()", "Scale"),
        "function_gradient_count",
        ("`Scale`", "`t`", "`k`", "1", "2", "`None`", "12"),
        fix="return g * ctx.k, None",
        by_hand="x = torch.ones(3, requires_grad=True)\n(x * 2.0).sum().backward()",
    ),
    Case(
        "a gradient too few of two",
        _program(
            "forward(ctx, a, b, twice)\nctx.save_for_backward(a, b)\nreturn a * b",
            "backward(ctx, g)\na, b = ctx.saved_tensors\nreturn (g * b, g * a)",
            "Product.apply(x, torch.ones(3), True).sum().backward()",
            "Product",
        ),
        "function_gradient_count",
        ("`Product`", "`a`", "`b`", "`twice`"),
        fix="return (g * b, g * a, None)",
    ),
    Case(
        "a gradient too few, of a tensor that needs one",
        _program(
            "forward(ctx, a, b)\nreturn a + b",
            "backward(ctx, g)\nreturn g",
            "w = torch.ones(3, requires_grad=True)\nAdd.apply(x, w).sum().backward()",
            "Add",
        ),
        "function_gradient_count",
        ("`Add`", "`a`", "`b`"),
    ),
    Case(
        "a gradient too many",
        _program(PLAIN, "backward(ctx, g)\nreturn g, g", APPLY),
        "function_gradient_count",
        ("`t`", "2"),
    ),
    Case(
        "a gradient of another shape",
        _program("forward(ctx, t)\nreturn t.sum()", "backward(ctx, g)\nreturn g.expand(2)", "Square.apply(x).backward()"),
        "function_gradient_shape",
        ("`Square`", "`t`", "`(2,)`", "`(3,)`"),
        tensors="x",
    ),
    Case(
        "a gradient that is a number",
        _program(PLAIN, "backward(ctx, g)\nreturn 2.0", APPLY),
        "function_gradient_type",
        ("`Square`", "`float`", "`None`"),
    ),
    Case(
        "a gradient that is not returned",
        _program(PLAIN, "backward(ctx, g)\nprint(g * 2)", APPLY + "\nprint(x.grad + 1)"),
        "function_returned_nothing",
        ("`Square`", "`return`"),
        ("Call `backward()` first",),
    ),
    Case(
        "no static methods",
        _program(
            "forward(self, t)\nself.save_for_backward(t)\nreturn t ** 3",
            "backward(self, g)\nt, = self.saved_tensors\nreturn g * 3 * t ** 2",
            "y = Cube()(x)\ny.sum().backward()",
            "Cube",
            static=False,
        ),
        "function_not_static",
        ("`Cube`", "`@staticmethod`", "`Cube.apply(…)`", "7"),
        fix="y = Cube.apply(x)",
        by_hand="x = torch.ones(3, requires_grad=True)\n(x ** 3).sum().backward()",
    ),
    Case(
        "an object that is called",
        _program(FORWARD, BACKWARD, "y = Square()(x)\ny.sum().backward()"),
        "function_not_applied",
        ("`Square`", "`Square.apply(…)`"),
        fix="y = Square.apply(x)",
        by_hand=BY_HAND,
    ),
    Case(
        "an object in place of a result",
        _program(FORWARD, BACKWARD, "y = Square(x)\ny.sum().backward()"),
        "function_constructed",
        ("`Square`", "`Square.apply(…)`"),
        fix="y = Square.apply(x)",
        by_hand=BY_HAND,
    ),
    Case(
        "an object as an operand",
        _program(FORWARD, BACKWARD, "y = 1 + Square(x)"),
        "function_constructed",
        ("`Square`",),
        fix="y = 1 + Square.apply(x)",
    ),
    Case(
        "forward itself",
        _program(FORWARD, BACKWARD, "y = Square.forward(x)\ny.sum().backward()"),
        "function_forward_called",
        ("`Square.forward`", "`apply`"),
        fix="y = Square.apply(x)",
        by_hand=BY_HAND,
    ),
    Case(
        "forward without a context",
        _program("forward(t)\nreturn t * 2", "backward(ctx, g)\nreturn g * 2", APPLY),
        "function_without_ctx",
        ("`Square.forward`", "`ctx, t`"),
        fix="def forward(ctx, t):",
    ),
    Case(
        "backward without a context",
        _program(PLAIN, "backward(g)\nreturn g * 2", APPLY),
        "function_without_ctx",
        ("`Square.backward`", "`ctx, g`"),
        fix="def backward(ctx, g):",
    ),
    Case(
        "no context, and too few gradients besides",
        _program("forward(a, b)\nreturn a * b", "backward(ctx, g)\nreturn g * 2", "Square.apply(x, 2.)"),
        "function_without_ctx",
        ("`ctx, a, b`",),
    ),
    Case(
        "too few arguments",
        _program(*SCALE, "Scale.apply(x)", "Scale"),
        "function_arguments",
        ("`Scale.forward`", "`t`", "`k`"),
    ),
    Case(
        "gradients of two results",
        _program(
            "forward(ctx, t)\nreturn t * 2, t * 3",
            "backward(ctx, g)\nreturn g * 2",
            "a, b = Two.apply(x)\n(a + b).sum().backward()",
            "Two",
        ),
        "function_backward_arguments",
        ("`Two.backward`", "`g`", "2"),
    ),
    Case("no backward", _program(PLAIN, "", APPLY), "function_without_backward", ("`Square`", "`backward`")),
    Case("no forward", _program("", BACKWARD, APPLY), "function_without_forward", ("`Square`", "`forward`")),
    Case(
        "a number that is saved",
        _program("forward(ctx, t, k)\nctx.save_for_backward(t, k)\nreturn t * k", BACKWARD, "Square.apply(x, 2.0)"),
        "function_saved_other",
        ("`k`", "`float`", "`ctx.k = k`"),
    ),
    Case(
        "a list that is saved",
        _program("forward(ctx, t)\nctx.save_for_backward([t])\nreturn t * t", BACKWARD, APPLY),
        "function_saved_list",
        ("`list`",),
    ),
    Case(
        "a tuple that is not unpacked",
        _program(FORWARD, "backward(ctx, g)\nt = ctx.saved_tensors\nreturn g * 2 * t", APPLY),
        "function_saved_tuple",
        ("`t`", "`Square`"),
        ("one number",),
        fix="t, = ctx.saved_tensors",
        by_hand=BY_HAND,
    ),
    Case(
        "nothing that was saved",
        _program("forward(ctx, t)\nreturn t * t", BACKWARD, APPLY),
        "function_saved_count",
        ("`Square`", "1", "0"),
        fix="ctx.save_for_backward(t)\n        return t * t",
        by_hand=BY_HAND,
    ),
    Case(
        "an attribute that was not set",
        _program("forward(ctx, t)\nreturn t * t", "backward(ctx, g)\nreturn g * 2 * ctx.t", APPLY),
        "function_context_attribute",
        ("`Square`", "`ctx.t`"),
    ),
    Case(
        "a leaf that is marked as dirty",
        _program("forward(ctx, t)\nctx.mark_dirty(t)\nt.add_(1)\nreturn t", "backward(ctx, g)\nreturn g", APPLY),
        "function_dirty_leaf",
        ("`mark_dirty`",),
    ),
    Case(
        "a dirty input that is not returned",
        _program(
            "forward(ctx, t)\nctx.mark_dirty(t)\nreturn t.add_(1) * 2", "backward(ctx, g)\nreturn g", "Square.apply(x * 1)"
        ),
        "function_dirty_lost",
        ("`mark_dirty`", "`forward`"),
    ),
    Case(
        "a context beside setup_context",
        _program(PLAIN, BACKWARD, APPLY, more="setup_context(ctx, inputs, output)\nctx.save_for_backward(*inputs)"),
        "function_setup_and_ctx",
        ("`Square`", "`ctx`", "`setup_context`"),
        fix="def forward(t):",
    ),
    Case(
        "another signature of setup_context",
        _program(
            "forward(t)\nreturn t * t", BACKWARD, "Square.apply(x)", more="setup_context(ctx, t)\nctx.save_for_backward(t)"
        ),
        "function_setup_arguments",
        ("`Square.setup_context`", "`ctx, inputs, output`"),
    ),
    Case(
        "a function in torch.func",
        _program(FORWARD, BACKWARD, "torch.func.grad(lambda t: Square.apply(t).sum())(x)"),
        "function_without_setup",
        ("`Square`", "`setup_context(ctx, inputs, output)`"),
    ),
    Case(
        "a function in vmap",
        _program(
            "forward(t)\nreturn t * t",
            BACKWARD,
            "torch.vmap(Square.apply)(x)",
            more="setup_context(ctx, inputs, output)\nctx.save_for_backward(*inputs)",
        ),
        "function_without_vmap",
        ("`Square`", "`generate_vmap_rule = True`"),
        fix="    generate_vmap_rule = True\n    @staticmethod",
    ),
    Case(
        "a second derivative of once_differentiable",
        "from torch.autograd.function import once_differentiable\n"
        + _program(
            FORWARD, BACKWARD, "g, = torch.autograd.grad(Square.apply(x).sum(), x, create_graph=True)\ng.sum().backward()"
        ).replace("    def backward", "    @once_differentiable\n    def backward"),
        "function_once_differentiable",
        ("`Square`", "`@once_differentiable`"),
        ("no_grad",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_custom_function_is_explained(case: Case) -> None:
    check(case)


def test_gradient_that_is_not_returned_is_noticed() -> None:
    notices = explained(_program(PLAIN, "backward(ctx, g)\nprint(g * 2)", APPLY)).notices()
    assert [one.rule for one in notices if one.rule == "function_returned_nothing"] != []


@pytest.mark.parametrize(
    "backward",
    ["backward(ctx, g)\nreturn g * 2", "backward(ctx, g)\nreturn None", "backward(ctx, g)\nraise ValueError('never')"],
)
def test_gradient_that_is_returned_is_not_noticed(backward: str) -> None:
    assert list(functions.unreturned(explained(_program(PLAIN, backward, APPLY)).facts)) == []
