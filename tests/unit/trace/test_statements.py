"""Cells tell which statement has run, and are in all else what they were."""

import pytest
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.steps import StepRecord

from tests.support.comparison import plainly, run, traced


def statements(*cells: str) -> list[StepRecord]:
    return [step for step in run(*cells).trace.steps if step.kind in ("statement", "call")]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b = 1", ["a", "b"]),
        ("a, (b, *c) = 1, (2, 3, 4)", ["a", "b", "c"]),
        ("a: int = 1", ["a"]),
        ("a = 1\na += 2", ["a", "a"]),
        ("import os, sys as system", ["os", "system"]),
        ("from os import path as p", ["p"]),
        ("for i, j in [(1, 2)]:\n    pass", ["i", "j"]),
        ("import io\nwith io.StringIO() as s:\n    pass", ["io", "s"]),
        ("try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    pass", ["e"]),
        ("def f(): pass", ["f"]),
        ("class C:\n    x = 1", ["C"]),
        ("match (1, 2):\n    case (a, b):\n        pass", ["a", "b"]),
        ("a = [x for x in range(3)]", ["a"]),
        ("a = (b := 2) + 1", ["b", "a"]),
        ("print(n := 3)", ["n"]),
        ("a = 0\nif (n := a + 1) > 5:\n    pass", ["a", "n"]),
        ("if (n := 1) and (m := 2):\n    pass\nelse:\n    pass", ["n", "m"]),
        ("if (n := 0) and (m := 2):\n    pass\nelse:\n    pass", ["n"]),
        ("if not ((n := 0) or (m := 2)):\n    pass\nelif (k := 1):\n    pass", ["n", "k"]),
        ("n = 3\nwhile (n := n - 1):\n    pass", ["n", "n", "n", "n"]),
        ("for i in (n := [1, 2]):\n    pass", ["n", "i", "i"]),
        ("for i in (n := []):\n    pass", ["n"]),
        ("for i in (n := [1, 2]):\n    if i == 1:\n        del n", ["n", "i", "i"]),
        ("import io\nwith (s := io.StringIO()):\n    pass", ["io", "s"]),
        ("import io\nwith (s := io.StringIO()) as t, (u := t):\n    pass", ["io", "s", "t", "u"]),
        ("match (a := 3):\n    case 4:\n        pass\n    case b if (c := b):\n        pass", ["a", "b", "c"]),
        ("match (a := 3):\n    case 4:\n        pass", ["a"]),
        ("match (a := 3):\n    case 4 | _:\n        pass", ["a"]),
        ("def f():\n    match (a := 3):\n        case 4:\n            pass\nf()", ["f", "a"]),
        ("a = False and (b := 1)", ["a"]),
        ("a = True and (b := 1)", ["a", "b"]),
        ("a = [b := x for x in range(3)]", ["a", "b"]),
        ("a = lambda: (b := 1)", ["a"]),
        ("def f():\n    if x := False:\n        pass\n    y = [z := 1 for _ in 'a']\nf()", ["f", "x", "y"]),
        ("assert (a := 1) and (b := 2)", ["a", "b"]),
    ],
)
def test_names_that_a_statement_binds(source: str, names: list[str]) -> None:
    assert [binding.name for step in statements(source) for binding in step.bound] == names


def test_a_walrus_that_a_cell_ends_with_is_told() -> None:
    steps = statements("(a := 3)")
    assert [(binding.name, binding.text) for step in steps for binding in step.bound] == [("a", "3")]


@pytest.mark.parametrize("module", ["math", "torch.nn.functional", "bisect"])
def test_names_that_an_import_of_all_binds(module: str) -> None:
    expected: dict[str, object] = {}
    exec(f"from {module} import *", expected)
    (step,) = statements(f"from {module} import *")
    assert [binding.name for binding in step.bound] == [name for name in expected if name != "__builtins__"]


def test_names_that_are_unbound() -> None:
    steps = statements("a = b = 1\ndel a\ntry:\n    1 / 0\nexcept ZeroDivisionError as e:\n    pass")
    assert [step.unbound for step in steps if step.unbound] == [("a",), ("e",)]


def test_each_call_of_a_function_has_a_frame_of_its_own() -> None:
    source = "def f(n):\n    m = n - 1\n    return f(m) if m else 0\nf(2)"
    steps = statements(source)
    calls = [step for step in steps if step.kind == "call"]
    assert [(step.frame, step.scope, step.bound[0].text) for step in calls] == [(1, "f", "2"), (2, "f", "1")]
    assert [(step.frame, step.bound[0].text) for step in steps if [b.name for b in step.bound] == ["m"]] == [
        (1, "1"),
        (2, "0"),
    ]
    assert steps[-1].frame == 0


def test_an_operation_belongs_to_the_function_that_made_it() -> None:
    source = """
def f(a):
    b = a * 2
    return b
x = torch.ones(2, requires_grad=True)
y = f(x) + (lambda t: t - 1)(x)
def hook(g):
    return g * 5
y.register_hook(hook)
def g(a):
    return sum([f(a) / 3 for _ in range(1)])
g(y).sum().backward()
"""
    trace = run("import torch" + source).trace
    names = {operation.id: operation.name.rpartition(".")[2] for operation in trace.operations}
    found = [(names.get(step.ref or "", step.kind), step.scope, step.frame) for step in trace.steps if step.ref]
    made = [one for one in found if one[0] not in ("function", "ones")]
    assert made == [
        ("mul", "f", 1),
        ("sub", "", 0),
        ("add", "", 0),
        ("mul", "f", 3),
        ("div", "g", 2),
        ("add", "g", 2),
        ("sum", "", 0),
        ("backward", "", 0),
        ("mul", "hook", 4),
        ("backward", "", 0),
    ]
    assert {one[1:] for one in found if one[0] == "function"} == {("", 0)}


def test_the_engines_functions_belong_to_where_their_pass_began() -> None:
    source = """
import torch
x = torch.ones(2, requires_grad=True)
y = x * 2
def hook(g):
    z = torch.ones(1, requires_grad=True)
    with torch.enable_grad():
        (z * z).sum().backward()
    return g
y.register_hook(hook)
y.sum().backward()
"""
    trace = run(source).trace
    place = {step.ref: step for step in trace.steps if step.ref}
    outer, inner = trace.backwards
    assert (outer.within, inner.within) == (None, outer.id)
    for found, scope in ((outer, ""), (inner, "hook")):
        scopes = {(place[one.function].scope, place[one.function].frame > 0) for one in found.runs if one.function in place}
        assert scopes == {(scope, bool(scope))}


def test_a_name_that_a_function_declares_global_belongs_to_the_cell() -> None:
    steps = statements("def f():\n    global g\n    g = 3\nf()")
    assert [(step.scope, step.frame) for step in steps if [b.name for b in step.bound] == ["g"]] == [("", 0)]


LAYOUTS = """
import inspect, sys, traceback, dis, warnings
def documented(a, *, b=2):
    "says what it does"
    def inner(c):
        return a + c
    x = inner(b)
    try:
        return x / 0
    except ZeroDivisionError as e:
        traceback.print_exc()
        raise ValueError("again") from e
    finally:
        print("finally", sorted(locals()))
class C:
    y = 1
    def method(self, z): return self.__hidden(z)
    def __hidden(self, z):
        lines = (z +
                 1)
        return lines
def generator():
    for i in range(2):
        got = yield i
        print(got, sorted(locals()))
print(documented.__doc__, inspect.getsource(documented), documented.__code__.co_varnames, documented.__code__.co_names)
print(documented.__code__.co_firstlineno, documented.__code__.co_freevars, documented.__code__.co_cellvars)
print(C().method(3), list(generator()), inspect.getsource(C.method), 'seen' in dir())
def walrus(n):
    if (m := n - 1) and (k := m * 2): print(m, k)
    elif not (p := n > 3):
        print(m, p)
    while (n := n - 1) > 0:
        q = (r := n) + 1
        if n == 2: continue
    else:
        print(sorted(locals()))
    return [t := n, (t, [u := v for v in range(2)]), u]
seen = []
def tracer(frame, event, arg):
    if frame.f_code.co_filename == "<cell 1>":
        seen.append((frame.f_code.co_name, event, frame.f_lineno))
        return tracer
sys.settrace(tracer)
C().method(4)
def loop(n):
    total = 0
    for i in range(n):
        if i: total += (i
                        * 2)
        else:
            continue
    while total > 5: total -= 1
    return total
loop(3)
walrus(4), walrus(1)
sys.settrace(None)
print(seen)
x = 1 ; l = locals() ; y = 2
print('y' in l, x is l['x'])
def snapshot():
    a = 1
    s = locals()
    b = 2
    return sorted(s)
print(snapshot())
warnings.warn("mine")
documented(1)
"""


def test_all_else_is_what_plain_python_gives() -> None:
    assert traced(LAYOUTS) == plainly(LAYOUTS)


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\nglobal x\nx = 2",
        "def f():\n    print(x)\n    global x",
        "def f():\n    x = 1\n    global x",
        "def f():\n    nonlocal y",
        "return 3",
        "from __future__ import annotations\nfrom __future__ import division\na: nothing = 1\nprint(a)",
        "x = 1\nfrom __future__ import annotations",
        "'text'()",
        "assert (1, 'always')",
    ],
)
def test_the_compiler_says_what_it_would_say(source: str) -> None:
    plain = run(source, trace=False)
    watched = run(source)
    assert watched.cell.error == plain.cell.error
    assert watched.printed == plain.printed


def test_beyond_the_limit_the_program_goes_on_and_it_is_said() -> None:
    course = run("n = 0\nfor i in range(100):\n    n += i\nprint(n)", limits=Limits(steps=10))
    assert course.printed == "4950\n"
    assert len(course.trace.steps) == 10
    assert "steps" in {part.what for part in course.trace.truncated}


def test_operations_stand_in_the_timeline_before_the_statement_that_they_are_part_of() -> None:
    trace = run("x = torch.ones(2)\ny = x * 2 + 1").trace
    assert [step.ref or step.bound[0].name for step in trace.steps] == ["op1", "x", "op2", "op3", "y"]


@pytest.mark.parametrize(
    "body",
    [
        "return f(n + 1)",
        "m = n + 1\n    k = f(m)\n    return k",
        "'documented'\n    if n >= 0: f(n + 1)",
        "return (lambda: f(n + 1))()",
        "for m in (n + 1,):\n        f(m)",
        "g = lambda: 1\n    try:\n        f(n + 1)\n    finally:\n        print('out of', n) if n < 3 else None",
        "return [f(n + 1) for _ in 'a']",
        "return f(n + 1) + torch.ones(2)",
        "yield from f(n + 1)",
    ],
)
def test_a_recursion_without_end_ends_where_it_would(body: str) -> None:
    source = f"""
import sys, torch, traceback
last = 0
def f(n):
    {body.replace("n + 1", "seen(n) + 1", 1)}
def seen(n):
    global last
    last = n
    return n
try:
    list(f(0) or ())
except RecursionError as e:
    frames = traceback.extract_tb(e.__traceback__)
    print(last, e, len(frames), frames[-1].lineno, frames[-1].name, sys.getrecursionlimit())
"""
    assert "RecursionError" not in run(source).printed
    assert run(source).printed == run(source, trace=False).printed != ""
