"""`tensorpad run` asks a service for what it prints, and for no more."""

import io
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from tensorpad.commands.answers import PARTS, Answer
from tensorpad.commands.exchange import Question, Reply
from tensorpad.commands.main import main

from tests.support.comparison import run
from tests.support.stages import cell, completed, stage

DONE = b'event: done\ndata: {"status":"ok","message":null,"cells":[]}\n\n'


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """The questions that a service is asked, which answers each with a program that ran to its end."""
    questions: list[Question] = []

    class Recorder:
        def __init__(self, url: str) -> None:
            self.url = url

        @contextmanager
        def ask(self, question: Question) -> Generator[Reply]:
            questions.append(question)
            yield Reply(200, {}, iter([DONE]))

    monkeypatch.setattr("tensorpad.commands.remote.Remote", Recorder)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"1")))
    return questions


def test_text_is_made_of_the_parts_that_it_prints(asked: list[Question]) -> None:
    assert main(["run", "-", "--remote", "http://pad.test"]) == 0
    assert asked[0].body["include"] == PARTS


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ((), None),
        (("--include", "minimal"), ["minimal"]),
        (("--include", "variables, steps,,graphs "), ["variables", "steps", "graphs"]),
        (("--include", ""), []),
    ],
)
def test_answer_has_the_parts_that_are_included(
    asked: list[Question], tmp_path: Path, options: tuple[str, ...], parts: list[str] | None
) -> None:
    target = tmp_path / "answer.json"
    assert main(["run", "-", "--remote", "http://pad.test", "--format", "json", "-o", str(target), *options]) == 0
    assert asked[0].body.get("include") == parts
    assert target.read_bytes() == b'{"status":"ok","message":null,"cells":[]}\n'


@pytest.mark.parametrize(("given", "sent"), [("off", "off"), ("full", "full"), ("20", {"rounds": 20})])
def test_what_is_recorded_can_be_chosen(asked: list[Question], given: str, sent: object) -> None:
    assert main(["run", "-", "--remote", "http://pad.test", "--trace", given]) == 0
    assert asked[0].body["trace"] == sent


@pytest.mark.anyio
async def test_text_lacks_nothing_of_what_the_api_has_for_it() -> None:
    source = "x = torch.ones(2)\nx / 0"
    async with stage() as api:
        api.pool.outcome = completed(cell(text="tensor([inf, inf])"), trace=run(source).trace)
        whole = (await api.post({"code": source})).content
        parts = (await api.post({"code": source, "include": list(PARTS)})).content
    answer = msgspec.json.decode(parts, type=Answer)
    assert answer == msgspec.json.decode(whole, type=Answer)
    assert answer.notices
    assert len(parts) < len(whole) / 2
