"""What a service answers, as the command line takes it."""

import itertools
import json
from collections.abc import Callable

import pytest
from tensorpad.commands import exchange
from tensorpad.commands.answers import Answer
from tensorpad.commands.exchange import Reply, checked, events, read, whole
from tensorpad.commands.exits import CommandError, Exit


def problem(slug: str, detail: str) -> bytes:
    return json.dumps({"type": f"/pad/problems/{slug}", "title": "…", "status": 0, "detail": detail}).encode()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_events_are_the_same_however_they_are_cut(size: int) -> None:
    sent = b': hello\n\nevent: queued\ndata: {"a": 1}\n\n:\n\nevent: done\ndata: {"b": "\xc3\xa9"}\n\n'
    chunks = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert list(events(chunks)) == [("queued", b'{"a": 1}'), ("done", b'{"b": "\xc3\xa9"}')]


@pytest.mark.parametrize(
    ("status", "headers", "body", "said", "exit_status"),
    [
        (422, {}, problem("program", "NameError: x"), "NameError: x", Exit.PROGRAM),
        (404, {}, problem("no-graph", "No graph."), "No graph.", Exit.PROGRAM),
        (422, {}, problem("invalid", "timeout_s is wrong"), "timeout_s is wrong", Exit.USAGE),
        (429, {"retry-after": "7"}, problem("rate-limit", "Too many."), "Too many. (try again in 7 s)", Exit.SERVICE),
        (503, {"retry-after": "2"}, problem("overloaded", "Full."), "Full. (try again in 2 s)", Exit.SERVICE),
        (404, {}, b"<html>", "the answer has status 404 and is none of Tensorpad's; is the address right?", Exit.USAGE),
        (502, {}, b"", "the answer has status 502 and is none of Tensorpad's; is the address right?", Exit.SERVICE),
        (308, {"location": "https://x/"}, b"", "the service has moved to https://x/; give that address", Exit.USAGE),
        (
            301,
            {"location": "https://x/p/api/v1/runs"},
            b"",
            "the service has moved to https://x/p; give that address",
            Exit.USAGE,
        ),
        (422, {}, b"\xff", "the answer has status 422 and is none of Tensorpad's; is the address right?", Exit.USAGE),
    ],
)
def test_what_is_refused_is_told_with_its_exit_status(
    status: int, headers: dict[str, str], body: bytes, said: str, exit_status: Exit
) -> None:
    with pytest.raises(CommandError) as caught:
        checked(Reply(status, headers, iter([body])))
    assert (str(caught.value), caught.value.status) == (said, exit_status)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"status": 1}', b"\xff", b'{"x": ' + b"[" * 100_000])
def test_what_no_service_says_ends_the_command_in_words(data: bytes) -> None:
    with pytest.raises(CommandError, match="none of Tensorpad's") as caught:
        read(data, Answer)
    assert caught.value.status == Exit.SERVICE


def test_answer_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_MOST_BYTES", 1_000)
    endless = itertools.repeat(b"x" * 100)
    takers: list[Callable[[], object]] = [
        lambda: whole(endless),
        lambda: list(events(endless)),
        lambda: checked(Reply(500, {}, endless)),
    ]
    for take in takers:
        with pytest.raises(CommandError, match="none of Tensorpad's") as caught:
            take()
        assert caught.value.status == Exit.SERVICE
