"""What is declared, pinned and imported agree with one another."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tensorpad.lessons.course import ours

ROOT = Path(__file__).parents[2]
LOADED_BY_OTHERS = frozenset({"httptools"})
"""Dependencies that the package never imports itself: uvicorn parses with httptools."""
BROUGHT = frozenset({"docutils"})
"""What a package of an extra brings: Sphinx is built on docutils."""

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def imported_modules() -> set[str]:
    """Top-level names of every absolute import in the package."""
    found: set[str] = set()
    for path in (ROOT / "backend").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
            match node:
                case ast.Import():
                    found |= {name.name.split(".")[0] for name in node.names}
                case ast.ImportFrom(module=str(module), level=0):
                    found.add(module.split(".")[0])
                case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(module))]):
                    found.add(module.split(".")[0])
                case _:
                    pass
    return found


def test_every_requirement_is_pinned() -> None:
    extras = cast("dict[str, list[str]]", PROJECT["optional-dependencies"])
    required = names([*PROJECT["dependencies"], *(item for extra in extras.values() for item in extra)])
    assert required - set(pins()) == set()


def test_pins_meet_the_requirements() -> None:
    for item in cast("list[str]", PROJECT["dependencies"]):
        requirement = Requirement(item)
        assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)]), item


def test_what_the_package_imports_is_declared() -> None:
    extras = cast("dict[str, list[str]]", PROJECT["optional-dependencies"])
    owners = packages_distributions()
    declared = names([*PROJECT["dependencies"], *(item for extra in extras.values() for item in extra)]) | BROUGHT
    undeclared = {
        module
        for module in imported_modules() - {*sys.stdlib_module_names, "tensorpad"}
        if not {canonicalize_name(owner) for owner in owners.get(module, [module])} & declared
    }
    assert undeclared == set()


def test_what_is_declared_is_needed() -> None:
    owners = packages_distributions()
    imported = {canonicalize_name(owner) for module in imported_modules() for owner in owners.get(module, [])}
    assert names(PROJECT["dependencies"]) - imported == LOADED_BY_OTHERS


def test_wheel_has_the_page_and_the_course(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    packed = set(ZipFile(wheel).namelist())
    lessons = {
        f"tensorpad/course/{path.relative_to(ROOT / 'lessons').as_posix()}" for path in (ROOT / "lessons").rglob("*.md")
    }
    assert {"tensorpad/static/index.html", "tensorpad/course/README.md", *lessons} <= packed


def test_course_is_found_in_a_working_tree_and_in_a_package(tmp_path: Path) -> None:
    assert ours() == ROOT / "lessons"
    for place in ("tensorpad/lessons", "tensorpad/course"):
        (tmp_path / place).mkdir(parents=True)
    assert ours(tmp_path / "tensorpad") == tmp_path / "tensorpad/course"
