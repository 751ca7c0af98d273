"""Every command and every embed of the README and of docs/ does what they say, literally, but for the service's address."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from playwright.sync_api import Page, expect
from tensorpad.recordings.recording import MEDIA_TYPE, decode

from tests.e2e.support.site import Resource, Site, site
from tests.support.documents import ROOT, Fence, cases, costly_cases, of_kind
from tests.support.patience import PATIENCE_S
from tests.support.service import TENSORPAD, running_service

RECORDING = ROOT / "tests" / "recordings" / "version-1.tpad"
SERVICE = re.compile(r"http://127\.0\.0\.1:8000|https://pad\.example\.org(?:/pad)?(?![\w/-]*\.(?:pem|key))")
OF_THIS_RUN = frozenset({"id", "timing", "environment", "request_id"})
"""Members whose values are this machine's or this moment's; what they consist of is compared all the same."""


CURLS, EMBEDS, COMMANDS = cases(of_kind("curl")), cases(of_kind("embed")), costly_cases(of_kind("command"))
PROGRAM = "w = torch.tensor(1.5, requires_grad=True)\nloss = (w * 2 - 1) ** 2\nloss.backward()\nloss\n"


def test_readme_has_a_curl_with_its_answer_and_an_embed() -> None:
    assert any(fence.shown for fence in of_kind("curl", "README.md"))
    assert of_kind("embed", "README.md")


def as_json(shown: str) -> Any:
    """An answer as a document shows it: `…` stands for what is left out."""
    parts = re.split(r'("(?:[^"\\]|\\.)*")', shown)
    for index in range(0, len(parts), 2):
        parts[index] = parts[index].replace("…", "\0")
    text = "".join(parts)
    return json.loads(re.sub(r",?\s*\0|\0\s*,?", "", re.sub(r"\0\s*,", "", text)))


def differences(shown: Any, answer: Any, path: str = "") -> Iterator[str]:
    """What a document shows and the answer does not have. Of a list, what is shown comes in this order."""
    seen: object = shown
    given: object = answer
    if isinstance(shown, dict) and isinstance(answer, dict):
        for name, value in cast("dict[str, Any]", shown).items():
            if name not in answer:
                yield f"{path}/{name} is not there"
            elif name in OF_THIS_RUN and not path:
                yield from kinds(value, answer[name], f"/{name}")
            else:
                yield from differences(value, answer[name], f"{path}/{name}")
    elif isinstance(shown, list) and isinstance(answer, list):
        rest = iter(cast("list[Any]", answer))
        for index, value in enumerate(cast("list[Any]", shown)):
            if not any(not list(differences(value, item)) for item in rest):
                yield f"{path}/{index} is like nothing there: {value}"
    elif isinstance(shown, str) and "…" in shown and isinstance(answer, str):
        if not answer.startswith(shown.partition("…")[0]):
            yield f"{path} is {answer[:100]!r}, and shown as {shown!r}"
    elif type(seen) is not type(given) or seen != given:
        yield _told(path, given, seen)


def kinds(shown: Any, answer: Any, path: str) -> Iterator[str]:
    """Where the two do not consist of the same."""
    if isinstance(shown, dict):
        for name, value in cast("dict[str, Any]", shown).items():
            yield from kinds(value, answer.get(name), f"{path}/{name}")
    elif type(shown) is not type(answer):
        yield _told(path, answer, shown)


def _told(path: str, answer: object, shown: object) -> str:
    return f"{path} is {answer!r}, and shown as {shown!r}"


def test_what_is_shown_is_compared() -> None:
    shown = as_json('{"a": [1, {"b": "x…"}, …], "timing": {"s": 1.5}, "c": […, 3], "d": {"e": null, …}, …}')
    answer = {"a": [1, {"b": "xy"}, 5], "timing": {"s": 2.5}, "c": [2, 3], "d": {"e": None, "f": 1}, "g": 1}
    assert list(differences(shown, answer)) == []
    wrong = {"a": [{"b": "xy"}, 1], "timing": {"s": "2"}, "c": [2], "d": {}}
    assert [difference.split()[0] for difference in differences(shown, wrong)] == ["/a/1", "/timing/s", "/c/0", "/d/e"]


def shell(commands: str, server_url: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """What a shell in this folder does with the commands of a document."""
    # A status that tells of a fault is a failure of curl, too, so that no document shows a request that is refused.
    (folder / ".curlrc").write_text("fail-with-body\nsilent\nshow-error\n")
    paths = f"{Path(TENSORPAD).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", SERVICE.sub(server_url, commands)],
        cwd=folder,
        env={**os.environ, "CURL_HOME": str(folder), "PATH": paths},
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.parametrize("fence", CURLS)
def test_curl_does_what_its_document_shows(fence: Fence, server_url: str, tmp_path: Path) -> None:
    done = shell(fence.text, server_url, tmp_path)
    if fence.shown:
        assert list(differences(as_json(fence.shown), json.loads(done.stdout))) == []


@pytest.mark.parametrize("fence", COMMANDS)
def test_command_runs_a_program_and_writes_what_it_names(fence: Fence, server_url: str, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "a",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": PROGRAM,
    }
    notebook: dict[str, Any] = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "notebook.ipynb").write_text(json.dumps(notebook))
    shell(fence.text, server_url, tmp_path)
    written = re.findall(r" -o (\S+)", fence.text)
    assert written
    for name in written:
        assert WRITTEN[Path(name).suffix]((tmp_path / name).read_bytes()), name


def _is_page(data: bytes) -> bool:
    return data.startswith(b"<!doctype html>") and b'id="recording"' in data


WRITTEN: dict[str, Callable[[bytes], object]] = {
    ".json": lambda data: json.loads(data)["status"] == "ok",
    ".html": _is_page,
    ".svg": lambda data: data.startswith(b"<svg") and b">loss<" in data,
    ".tpad": lambda data: decode(data).program.cells == (PROGRAM,),
}
"""What a file is, by its suffix."""


@pytest.mark.parametrize("fence", costly_cases(of_kind("serve")))
def test_service_starts_as_its_document_says(fence: Fence, tmp_path: Path) -> None:
    with running_service(tmp_path / "log", command=("bash", "-c", fence.text)) as address:
        assert httpx.get(f"{address}/readyz").is_success
        # A proxy that is trusted says by which name it was asked; the page is below the prefix.
        prefix = re.findall(r"TENSORPAD_ROOT_PATH=(\S+)", fence.text)[0]
        assert httpx.get(f"{address}{prefix}/").is_success


@pytest.mark.parametrize("fence", costly_cases(of_kind("make")))
def test_make_starts_the_service_and_knows_its_other_targets(fence: Fence, tmp_path: Path) -> None:
    for line in fence.text.splitlines():
        command = shlex.split(line, comments=True)
        if command == ["make", "run"]:
            # What it makes first (the environment, the page) is there; making it anew would pull it from under other tests.
            serve = shlex.split(made_by(command).splitlines()[-1])
            with running_service(tmp_path / "log", command=serve) as address:
                assert "Tensorpad" in httpx.get(address).text
        else:
            # `make test` is what runs this very test.
            assert command == ["make", "test"]
            assert "-m pytest" in made_by(command)


def made_by(command: list[str]) -> str:
    """What `make` would run."""
    dry = [*command, "--dry-run", "--no-print-directory"]
    done = subprocess.run(dry, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def course() -> Iterator[Site]:
    """A page of another origin."""
    with site("localhost") as host:
        yield host


@pytest.mark.parametrize("fence", EMBEDS)
def test_embed_shows_what_it_names(fence: Fence, server_url: str, course: Site, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    # A document gives the script once, for all pads of a page.
    script = "" if "/embed.js" in fence.text else f'<script async src="{server_url}/embed.js"></script>'
    body = script + SERVICE.sub(server_url, fence.text)
    course.pages["/"] = Resource(f'<!doctype html><html lang="en"><body>{body}</body></html>')
    # The recording that a document has beside its page.
    course.pages["/run.tpad"] = Resource("", MEDIA_TYPE, data=RECORDING.read_bytes())
    page.goto(course.url)
    # A pad has a picture of its own, which goes when it is live.
    pictures, pads = page.locator("css:light=img"), page.locator("tensor-pad")
    frames = page.locator("iframe, tensor-pad iframe")
    assert pictures.count() + pads.count() + page.locator("iframe").count() > 0
    for index in range(pictures.count()):
        pictures.nth(index).scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=pictures.nth(index).element_handle())
    for index in range(pads.count()):
        pads.nth(index).scroll_into_view_if_needed()
        if pads.nth(index).get_attribute("loading") == "click":
            pads.nth(index).get_by_role("button", name="Run it").click()
        expect(pads.nth(index).locator("iframe")).to_be_attached()
    for index in range(frames.count()):
        frames.nth(index).scroll_into_view_if_needed()
        frame = frames.nth(index).element_handle().content_frame()
        assert frame is not None
        expect(frame.locator("tp-embed, tp-player")).to_be_visible()
        expect(frame.locator("svg").first).to_be_visible()
    assert complaints == []
