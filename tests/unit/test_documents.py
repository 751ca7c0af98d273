"""No code of a document is without a test that runs it; what needs another program is compared with what it is about."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from tensorpad.settings import PREFIX, Settings

from tests.support.documents import KINDS, ROOT, Fence, cases, fences, fences_in, kind_of, of_kind

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICE: dict[str, Any] = COMPOSE["services"]["tensorpad"]


def taken() -> Iterator[str]:
    """The kinds that tests ask for."""
    tests = ROOT / "tests"
    for path in (*tests.glob("*/*.py"), *tests.glob("*/support/*.py"), *tests.glob("unit/*/*.py")):
        for call in ast.walk(ast.parse(path.read_bytes())):
            match call:
                case ast.Call(func=ast.Name(id="of_kind"), args=[ast.Constant(value=str(name)), *_]):
                    yield name
                case _:
                    pass


def test_every_fence_is_of_a_kind_and_every_kind_is_run_by_a_test() -> None:
    assert [fence.where for fence in fences() if kind_of(fence) is None] == [], "add a kind, and a test that runs it"
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)
    assert set(names) == set(taken())
    assert [name for name in names if not of_kind(name)] == [], "no document has any of these"


def test_a_fence_of_another_language_or_in_another_document_is_of_no_kind() -> None:
    text = "# New\n\n```python\nx\n```\n\n````markdown\n```sh\ncurl -f x\n```\n````\n\n```sh\nrm x\n```\n"
    found = list(fences_in("docs/new.md", text))
    assert [(fence.line, fence.language) for fence in found] == [(3, "python"), (7, "markdown"), (13, "sh")]
    assert found[1].text == "```sh\ncurl -f x\n```\n"
    assert [kind_of(fence) for fence in found] == [None, None, None]


def test_json_is_the_answer_of_the_command_before_it_alone() -> None:
    text = "```sh\ncurl x\n```\n\n```json\n{}\n```\n\n```json\n[]\n```\n"
    command, answer, stray = fences_in("docs/new.md", text)
    assert (command.shown, answer.answers, stray.answers) == ("{}\n", "curl x\n", "")
    assert kind_of(stray) is None


@pytest.mark.parametrize("fence", cases(of_kind("install")))
def test_what_is_to_be_installed_is_this_package_with_an_extra_that_it_has(fence: Fence) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in fence.text.splitlines():
        pip, install, *wanted = shlex.split(line)
        assert (pip, install) == ("pip", "install")
        for requirement in map(Requirement, wanted):
            assert requirement.name == project["name"]
            assert requirement.extras <= project["optional-dependencies"].keys()


@pytest.mark.parametrize("fence", cases(of_kind("docker")))
def test_the_container_is_started_as_compose_starts_it(fence: Fence) -> None:
    compose, build, run = (shlex.split(line, comments=True) for line in fence.text.splitlines())
    assert compose == ["docker", "compose", "up", "--build"]
    assert build == ["docker", "build", "-t", SERVICE["image"], SERVICE["build"]]
    assert (ROOT / SERVICE["build"] / "Dockerfile").is_file()
    assert (run[:2], run[-1]) == (["docker", "run"], SERVICE["image"])
    [(mount, options)] = [entry.split(":", 1) for entry in SERVICE["tmpfs"]]
    [size] = [option for option in options.split(",") if option.startswith("size=")]
    expected = {
        "--init": SERVICE["init"],
        "--read-only": SERVICE["read_only"],
        "-p": SERVICE["ports"][0],
        "--tmpfs": f"{mount}:{size}",
        "-v": SERVICE["volumes"][0],
        "--memory": SERVICE["mem_limit"],
        "--pids-limit": str(SERVICE["pids_limit"]),
    }
    assert options_of(run[2:-1]) == expected


def options_of(words: list[str]) -> dict[str, Any]:
    """Options of a command, each with the word after it, or True."""
    found: dict[str, Any] = {}
    for word, following in zip(words, [*words[1:], "-"], strict=True):
        if word.startswith("-"):
            found[word] = True if following.startswith("-") else following
    return found


@pytest.mark.parametrize("fence", cases(of_kind("traefik")))
def test_traefik_is_told_of_the_service_that_there_is(fence: Fence) -> None:
    document: dict[str, Any] = yaml.safe_load(fence.text)
    service = document["services"]["tensorpad"]
    assert service["image"] == SERVICE["image"]
    for name in service["environment"]:
        assert name.removeprefix(PREFIX).lower() in Settings.model_fields
    prefix = service["environment"]["TENSORPAD_ROOT_PATH"]
    labels = dict(label.split("=", 1) for label in service["labels"])
    rule = labels["traefik.http.routers.pad.rule"]
    assert f"PathPrefix(`{prefix}/`)" in rule
    assert f"!Path(`{prefix}/metrics`)" in rule
    assert f":{labels['traefik.http.services.pad.loadbalancer.server.port']}" in SERVICE["ports"][0]
    # The proxy that is trusted is in the network that both are in.
    [network] = document["networks"].values()
    assert network["ipam"]["config"] == [{"subnet": service["environment"]["TENSORPAD_TRUSTED_PROXIES"]}]
    assert {*service["networks"]} == {*document["services"]["traefik"]["networks"]} == {*document["networks"]}
    [entry] = re.findall(r"--entrypoints\.(\w+)\.address=:443", "\n".join(document["services"]["traefik"]["command"]))
    assert labels["traefik.http.routers.pad.entrypoints"] == entry
