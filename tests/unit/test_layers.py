"""The import layers: which package may import which, as ARCHITECTURE.md states them."""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "backend" / "tensorpad"

LAYERS: dict[str, frozenset[str]] = {
    "protocol": frozenset(),
    "dialect": frozenset(),
    "data": frozenset(),
    "confinement": frozenset({"protocol"}),
    "trace": frozenset({"protocol"}),
    "sandbox": frozenset({"trace", "confinement", "dialect", "protocol"}),
    "pool": frozenset({"protocol"}),
    "graph": frozenset({"protocol"}),
    "texts": frozenset({"protocol"}),
    "render": frozenset({"graph", "texts", "confinement", "protocol"}),
    "explain": frozenset({"graph", "texts", "dialect", "protocol"}),
    "gates": frozenset({"texts", "protocol"}),
    "glossary": frozenset({"texts"}),
    "lessons": frozenset({"gates", "texts", "protocol"}),
    "database": frozenset(),
    "snippets": frozenset({"database"}),
    "tallies": frozenset({"lessons", "gates", "database", "texts", "protocol"}),
    "recordings": frozenset({"api", "pool", "graph", "render", "explain", "texts", "protocol"}),
    "exports": frozenset({"recordings", "lessons", "gates", "texts", "protocol"}),
    "api": frozenset(
        {"pool", "graph", "render", "explain", "gates", "glossary", "lessons", "snippets", "tallies", "texts", "protocol"}
    ),
    "kernel": frozenset({"recordings", "api", "explain", "render", "texts", "sandbox", "trace", "protocol"}),
}
ROOMS: dict[str, tuple[str, ...]] = {
    "trace": ("base", "program", "memory", "forward", "backward", "report", "inquiries"),
    "explain": ("inquiries", "synopsis", "words", "program", "evidence", "rules"),
}
"""The rooms of a package in order: each may import those before it. Modules beside the rooms may import all of them."""
COMPOSITION = frozenset({"app", "books", "commands", "server", "sphinx", "settings", "testing", "__main__", "__init__"})
OF_EXTRAS = frozenset({"sphinx"})
"""Packages that need what only an extra of the package installs."""
TORCH_PACKAGES = frozenset({"trace", "sandbox", "kernel", "data"})
TORCH_MODULES = frozenset({"torch", "torchviz", "torchgen", "functorch"})
ONLY_STANDARD_LIBRARY = frozenset({"database", "snippets"})
"""Packages whose storage and algorithms need no third party at all."""


def sources() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def owner(path: Path) -> str:
    """The package a file belongs to, or its own name at the top level."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def dotted(path: Path) -> str:
    """The name under which a file is imported."""
    return ".".join(["tensorpad", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute dotted name of every import in a file, those inside functions and TYPE_CHECKING blocks too."""
    package = ["tensorpad", *path.relative_to(ROOT).parent.parts]
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        match node:
            case ast.Import():
                yield from ((node.lineno, name.name) for name in node.names)
            case ast.ImportFrom():
                base = package[: len(package) + 1 - node.level] if node.level else []
                module = ".".join([*base, *([node.module] if node.module else [])])
                yield from ((node.lineno, f"{module}.{name.name}") for name in node.names)
            case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(module))]):
                yield node.lineno, module
            case _:
                pass


def own_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and top-level part of the package for every import of Tensorpad itself."""
    for line, name in imports(path):
        parts = name.split(".")
        if parts[0] == "tensorpad" and len(parts) > 1 and not parts[1].startswith("__version"):
            yield line, parts[1]


def test_every_package_has_a_layer() -> None:
    assert {owner(path) for path in sources()} - set(LAYERS) <= COMPOSITION


def test_layers_have_no_cycle() -> None:
    done: set[str] = set()
    while ready := {name for name, below in LAYERS.items() if name not in done and below <= done}:
        done |= ready
    assert done == set(LAYERS)


def test_packages_import_only_the_layers_below_them() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line} imports {target}"
        for path in sources()
        if owner(path) in LAYERS
        for line, target in own_imports(path)
        if target != owner(path) and target not in LAYERS[owner(path)]
    ]
    assert faults == []


@pytest.mark.parametrize("package", sorted(ROOMS))
def test_every_folder_of_a_package_with_rooms_is_a_room(package: str) -> None:
    assert {path.parent.name for path in (ROOT / package).glob("*/*.py")} == set(ROOMS[package])


@pytest.mark.parametrize("package", sorted(ROOMS))
def test_rooms_import_only_the_rooms_before_them(package: str) -> None:
    rooms = ROOMS[package]
    faults = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for index, room in enumerate(rooms)
        for path in sorted((ROOT / package / room).rglob("*.py"))
        for line, name in imports(path)
        if name.startswith(f"tensorpad.{package}.") and name.split(".")[2] not in rooms[: index + 1]
    ]
    assert faults == []


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    modules = {dotted(path): path for path in sources()}
    waiting = {
        module: {target for _, name in imports(path) if (target := _module(name, modules)) not in (None, module)}
        for module, path in modules.items()
    }
    while ready := {module for module, targets in waiting.items() if not targets & waiting.keys()}:
        waiting = {module: targets for module, targets in waiting.items() if module not in ready}
    assert sorted(waiting) == [], "each of these imports another, or is imported by two that do"


def _module(name: str, modules: Mapping[str, Path]) -> str | None:
    """The module that an imported name is in, or is."""
    owner_name = name.rpartition(".")[0]
    return name if name in modules else owner_name if owner_name in modules else None


def test_only_the_worker_side_imports_torch() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sources()
        if owner(path) not in TORCH_PACKAGES
        for line, name in imports(path)
        if name.split(".")[0] in TORCH_MODULES
    ]
    assert faults == []


@pytest.mark.parametrize("package", sorted(ONLY_STANDARD_LIBRARY))
def test_package_needs_no_third_party(package: str) -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, name in imports(path)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "tensorpad"}
    ]
    assert faults == []


def test_the_api_process_starts_without_torch() -> None:
    """What the torch-free layers import may not bring torch in by a third party either."""
    without = TORCH_PACKAGES | OF_EXTRAS
    modules = [dotted(path) for path in sources() if owner(path) not in without and path.stem != "__main__"]
    program = (
        f"import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print(*sorted({set(TORCH_MODULES)!r} & set(sys.modules)))"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "\n", "")
