"""`tensorpad lessons report`, on counts of the test's own."""

import asyncio
import csv
import io
import json
import shlex
import shutil
from pathlib import Path

import pytest
from tensorpad.commands.exits import Exit
from tensorpad.commands.main import main
from tensorpad.lessons.course import load
from tensorpad.tallies.question import questions
from tensorpad.tallies.store import TallyStore

from tests.lessons.conftest import COURSE
from tests.support.documents import Fence, cases, of_kind

SHAPE, _, WHICH, *_ = questions(load(COURSE).lessons[0])


@pytest.fixture
def counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "counts"

    async def made() -> None:
        store = TallyStore(path)
        await store.open()
        for question, choices in ((SHAPE, ["right"] * 4 + ["1"]), (WHICH, ["2", "2", "2", "1", "right"])):
            for choice in choices:
                await store.count("views", question.name, choice)
        await store.count("views", "changed", "right")
        await store.close()

    asyncio.run(made())
    monkeypatch.setenv("TENSORPAD_TALLIES", str(path))
    return path


def test_text_names_the_gate_that_is_missed_most_and_the_answer_that_is_given_then(
    counts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lessons", "report", str(COURSE)]) == Exit.OK
    assert (
        capsys.readouterr().out
        == """80% missed (4 of 5)
Views share memory, program 3, line 2 (views)
Why does x change, too?
      1   20%  = z is a view of x
      3   60%  ~ torch writes twice
      1   20%  ~ z is a copy of x

20% missed (1 of 5)
Views share memory, program 2, line 2 (views)
What is the shape of `z`?
      4   80%  = the right answer
      1   20%  ~ (2, 3)
      0    0%  ~ another wrong answer

Answers: 10. Questions with answers: 2, without: 4.
Answers to questions that have changed since: 1.
"""
    )


def test_csv_has_a_line_for_each_answer(counts: Path, tmp_path: Path) -> None:
    assert main(["lessons", "report", str(COURSE), "--format", "csv", "-o", str(tmp_path / "out")]) == Exit.OK
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out").read_text())))
    assert len(rows) == 6
    assert rows[1] == {
        "lesson": "views",
        "cell": "3",
        "line": "2",
        "kind": "which",
        "target": "Why does x change, too?",
        "choice": "2",
        "text": "torch writes twice",
        "count": "3",
        "share": "0.6000",
    }


def test_json_is_the_whole_report(counts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons", "report", str(COURSE), "--format", "json", "--lang", "zh-CN"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert (told["answers"], told["unanswered"], told["outdated"]) == (10, 4, 1)
    assert [(gate["missed"], gate["share"]) for gate in told["gates"]] == [(4, 0.8), (1, 0.2)]
    assert told["gates"][0]["title"] == "视图共享内存"
    assert told["gates"][1]["question"] == "`z` 的形状是什么？"


def test_title_is_that_of_the_language_even_where_its_questions_are_others(
    counts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(COURSE, tmp_path / "course")
    chinese = tmp_path / "course" / "01-views" / "lesson.zh-CN.md"
    chinese.write_text(chinese.read_text(encoding="utf-8").replace("#? shape z\n", "#? dtype z\n"), encoding="utf-8")
    assert main(["lessons", "report", str(tmp_path / "course"), "--format", "json", "--lang", "zh-CN"]) == Exit.OK
    gates = json.loads(capsys.readouterr().out)["gates"]
    assert {gate["title"] for gate in gates} == {"视图共享内存"}


def test_what_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TENSORPAD_TALLIES", raising=False)
    assert main(["lessons", "report"]) == Exit.USAGE
    assert "TENSORPAD_TALLIES" in capsys.readouterr().err
    assert main(["lessons", "report", "--tallies", str(tmp_path / "none")]) == Exit.USAGE
    assert "nothing has been counted" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("fence", cases(of_kind("report")))
def test_commands_of_the_documents_report(
    fence: Fence, counts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(COURSE, tmp_path / "course")
    monkeypatch.setenv("TENSORPAD_LESSONS", str(tmp_path / "course"))
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    for line in fence.text.strip().splitlines():
        program, *arguments = shlex.split(line, comments=True)
        assert (program, main(arguments)) == ("tensorpad", Exit.OK)
        told.append(capsys.readouterr().out)
    text, table, _ = told
    assert text.startswith("80% missed (4 of 5)")
    assert table.startswith("lesson,cell,line,")
    assert json.loads((tmp_path / "report.json").read_text())["answers"] == 10
