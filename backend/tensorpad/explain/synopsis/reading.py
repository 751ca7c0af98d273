"""A program's acts, in the order of its statements. Nothing is run: what the source does not say stays unsaid."""

import ast
from collections.abc import Sequence

from tensorpad.explain.synopsis.acts import (
    Act,
    Builds,
    Changes,
    Computes,
    Defines,
    Definition,
    Differentiates,
    Draws,
    Makes,
    Repeats,
    Shows,
    Size,
)
from tensorpad.explain.synopsis.creation import Creation, data_size
from tensorpad.explain.synopsis.loops import Loop, Optimiser, rounds_of, training
from tensorpad.explain.synopsis.names import Names, calls_in, code, dotted_name, is_true, keyword

_LIBRARIES = ("torch.", "numpy.")
_PRINTING = frozenset({"print", "display", "pprint"})
_DRAWING = "torchviz.make_dot"
_QUIET = frozenset({"torch.manual_seed", "torch.set_printoptions", "torch.set_grad_enabled", "numpy.random.seed"})
_HOUSEKEEPING = frozenset({"load_state_dict", "train", "eval", "zero_grad", "step", "manual_seed", "retain_grad"})
_PLAIN = frozenset({"id", "len", "type", "int", "float", "str", "list", "isinstance", "torch.device", "torch.Generator"})
_READING = frozenset(
    {"item", "tolist", "size", "shape", "dtype", "data_ptr", "numel", "dim", "register_hook", "register_forward_hook"}
)
"""Members of a tensor or module that are no tensors."""
_BASES: dict[str, Definition] = {
    "torch.nn.Module": "module",
    "torch.autograd.Function": "autograd_function",
    "torch.nn.Sequential": "module",
}


class Reader:
    """Goes through the statements of a program; `acts` is what it found."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self._names = Names()
        self._makes: dict[str, Makes] = {}
        self._sizes: dict[str, Size | None] = {}
        self._modules: set[str] = set()
        """Names of the program's own classes of modules."""
        self._functions: set[str] = set()
        self._optimisers: dict[str, Optimiser] = {}
        self._creation = Creation(self._names, self._sizes)

    def read_cell(self, tree: ast.Module) -> None:
        """Take the acts of a cell, and what it shows at its end."""
        self._read(tree.body)
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = tree.body[-1].value
            shown = last.elts if isinstance(last, ast.Tuple) else [last]
            self._show([node for node in shown if not isinstance(node, ast.Call) or not self._acts_by_itself(node)])

    def _read(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Import() | ast.ImportFrom():
                self._names.take_import(statement)
            case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=target):
                self._change(target, statement)
            case ast.Expr(value=ast.Call() as call):
                self._call(call)
            case ast.For() | ast.AsyncFor() | ast.While():
                self._loop(statement)
            case ast.With() | ast.AsyncWith() | ast.If() | ast.Try():
                self._read(statement.body)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self._functions.add(name)
                self._names.bind(name, tensor=False)
                self.acts.append(Defines("function", name))
                self._read_loops(statement)
            case ast.ClassDef():
                self._class(statement)
            case _:
                pass

    def _class(self, statement: ast.ClassDef) -> None:
        bases = [self._names.full(base) for base in statement.bases]
        kind: Definition | None = next((_BASES[base] for base in bases if base in _BASES), None)
        if kind is None and self._modules.intersection(bases):
            kind = "module"
        if kind == "module":
            self._modules.add(statement.name)
        self._names.bind(statement.name, tensor=False)
        self.acts.append(Defines(kind if kind is not None else "class", statement.name))

    def _read_loops(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """A function that trains is told as if it were called; what else it does inside is not told."""
        for loop in (node for node in ast.walk(function) if isinstance(node, ast.For | ast.AsyncFor | ast.While)):
            found = training(loop, self._names, self._optimisers)
            if found is not None:
                self.acts.append(found)
                return

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if not isinstance(target, ast.Name):
            self._assign_parts(target, value)
            return
        name = target.id
        made = self._creation.of(value)
        act: Act | None = None
        if made is not None:
            self._makes[name] = act = Makes(
                name, f"{name} = {code(value)}", made.size, made.kind, made.requires_grad, made.value
            )
        elif root := self._drawn(value):
            self.acts.append(Draws(root))
        elif isinstance(value, ast.Call) and self._is_loss(value):
            self._names.bind(name, tensor=True)
            return
        elif isinstance(value, ast.Call) and self._is_module(value):
            act = Builds(f"{name} = {_module_code(value)}")
        elif not self._names.take_number(name, value) and not self._is_optimiser(name, value) and self._is_result(value):
            act = Computes(name, code(value))
        self._sizes[name] = made.size if made is not None else data_size(value)
        self._names.bind(name, tensor=act is not None)
        if act is not None:
            self.acts.append(act)

    def _assign_parts(self, target: ast.expr, value: ast.expr) -> None:
        """An assignment to several names, to elements, or to an attribute."""
        if isinstance(target, ast.Tuple | ast.List):
            names = [dotted_name(element) for element in target.elts]
            if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(names):
                for part, given in zip(target.elts, value.elts, strict=True):
                    self._assign(part, given)
            elif self._is_result(value):
                for name in filter(None, names):
                    self._names.bind(name, tensor=True)
                self.acts.append(Computes(", ".join(filter(None, names)), code(value)))
            return
        owner = dotted_name(target).partition(".")[0]
        if isinstance(target, ast.Attribute) and target.attr == "requires_grad":
            if is_true(value):
                self._require_gradient(owner)
        elif isinstance(target, ast.Subscript) or (isinstance(target, ast.Attribute) and target.attr == "data"):
            self._change(target, ast.Assign([target], value, lineno=0))

    def _change(self, target: ast.expr, statement: ast.stmt) -> None:
        if self._names.reads_tensor(ast.Expression(target)) or (
            isinstance(target, ast.Name) and self._names.is_tensor(target.id)
        ):
            self.acts.append(Changes(code(statement)))

    def _call(self, call: ast.Call) -> None:
        """A call that is a statement."""
        full = self._names.full(call.func)
        if root := self._drawn(call):
            self.acts.append(Draws(root))
        elif full in _PRINTING:
            self._show(call.args)
        elif isinstance(call.func, ast.Attribute):
            self._method(call, call.func)

    def _method(self, call: ast.Call, method: ast.Attribute) -> None:
        owner = dotted_name(method.value)
        if method.attr == "backward":
            # As a function, `torch.autograd.backward(out)`.
            of_library = self._names.full(call.func) == "torch.autograd.backward"
            root = code(call.args[0]) if of_library and call.args else code(method.value)
            self.acts.append(Differentiates(root, code(call)))
        elif method.attr == "requires_grad_":
            self._require_gradient(owner)
        elif owner.endswith(".grad"):
            return
        elif method.attr.endswith("_") and not method.attr.startswith("_") and self._names.reads_tensor(method):
            self.acts.append(Changes(code(call)))

    def _require_gradient(self, name: str) -> None:
        if name in self._makes:
            self._makes[name].requires_grad = True

    def _loop(self, loop: Loop) -> None:
        trains = training(loop, self._names, self._optimisers)
        if trains is not None:
            self.acts.append(trains)
            return
        before = len(self.acts)
        self._read(loop.body)
        inside, self.acts = self.acts[before:], self.acts[:before]
        if any(isinstance(act, Repeats) for act in inside):
            self.acts += inside
            return
        for act in inside:
            match act:
                case Computes(name=name, code=expression):
                    self.acts.append(Repeats(f"{name} = {expression}", rounds_of(loop, self._names)))
                case Changes(code=statement) | Differentiates(code=statement):
                    self.acts.append(Repeats(statement, rounds_of(loop, self._names)))
                case _:
                    continue
            break

    def _show(self, nodes: Sequence[ast.expr]) -> None:
        for node in nodes:
            if isinstance(node, ast.JoinedStr):
                self._show([part.value for part in node.values if isinstance(part, ast.FormattedValue)])
            elif self._concerns_tensors(node):
                self.acts.append(Shows(code(node)))

    def _concerns_tensors(self, node: ast.expr) -> bool:
        if self._names.reads_tensor(node):
            return True
        calls = [self._names.full(call.func) for call in calls_in(node)]
        return any(name.startswith(_LIBRARIES) for name in calls) or bool(self._functions.intersection(calls))

    def _is_result(self, node: ast.expr) -> bool:
        """Whether it is what a program computes: something of tensors, and no plain Python value that was read from one."""
        if isinstance(node, ast.Call):
            full = self._names.full(node.func)
            method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if full in _PLAIN or method in _READING:
                return False
        if isinstance(node, ast.Lambda | ast.Compare) or (isinstance(node, ast.Attribute) and node.attr in _READING):
            return False
        return self._concerns_tensors(node)

    def _acts_by_itself(self, call: ast.Call) -> bool:
        """Whether a call is told already as a statement, so that its value at a cell's end is not."""
        full = self._names.full(call.func)
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        return (
            full in _PRINTING | _QUIET
            or method in _HOUSEKEEPING
            or method.endswith("_")
            or method == "backward"
            or self._drawn(call) is not None
        )

    def _drawn(self, node: ast.expr) -> str | None:
        """What `make_dot(…)` in it is called on."""
        for call in calls_in(node):
            if self._names.full(call.func) == _DRAWING and call.args:
                return code(call.args[0])
        return None

    def _is_module(self, call: ast.Call) -> bool:
        full = self._names.full(call.func)
        package, _, name = full.rpartition(".")
        return full in self._modules or (package == "torch.nn" and name[:1].isupper())

    def _is_loss(self, call: ast.Call) -> bool:
        """Whether it makes a module that computes a loss: what is trained with it says enough."""
        package, _, name = self._names.full(call.func).rpartition(".")
        return package == "torch.nn" and name.endswith("Loss")

    def _is_optimiser(self, name: str, value: ast.expr) -> bool:
        if not isinstance(value, ast.Call) or not self._names.full(value.func).startswith("torch.optim."):
            return False
        kind = self._names.full(value.func).rpartition(".")[2]
        stepped = value.args[0] if value.args else keyword(value, "params")
        methods = [inner.func for inner in calls_in(*filter(None, [stepped]))]
        what = tuple(
            code(method.value) for method in methods if isinstance(method, ast.Attribute) and method.attr == "parameters"
        )
        if not what and isinstance(stepped, ast.List | ast.Tuple):
            what = tuple(map(code, stepped.elts))
        if ".lr_scheduler." not in self._names.full(value.func):
            self._optimisers[name] = Optimiser(kind, what)
        return True


def _module_code(call: ast.Call) -> str:
    """A module as it is put together: the layers of a sequence with arrows between them."""
    name = dotted_name(call.func).rpartition(".")[2]
    if name == "Sequential" and call.args and not any(isinstance(arg, ast.Starred) for arg in call.args):
        layers = [_layer(arg) for arg in call.args]
        if len(layers) > 5:
            layers = [*layers[:2], "…", *layers[-2:]]
        return " → ".join(layers)
    return _layer(call) if call.args else f"{name}()"


def _layer(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        name = dotted_name(node.func).rpartition(".")[2]
        arguments = ", ".join(code(arg) for arg in node.args)
        return f"{name}({arguments})" if arguments and len(arguments) <= 24 else name
    return code(node)
