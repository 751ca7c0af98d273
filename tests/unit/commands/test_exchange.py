"""What a service answers, as the command line takes it."""

import json

import pytest
from tensorpad.commands.exchange import Reply, checked, events
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
    ],
)
def test_what_is_refused_is_told_with_its_exit_status(
    status: int, headers: dict[str, str], body: bytes, said: str, exit_status: Exit
) -> None:
    with pytest.raises(CommandError) as caught:
        checked(Reply(status, headers, iter([body])))
    assert (str(caught.value), caught.value.status) == (said, exit_status)
