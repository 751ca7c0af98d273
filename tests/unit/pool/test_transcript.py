import pytest
from tensorpad.pool.runner import CellEnded, Event, Output
from tensorpad.pool.transcript import OutputOverflow, Transcript
from tensorpad.protocol.checks import SLACK
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.errors import ProtocolError, ReportTooLong
from tensorpad.protocol.frames import encode
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import CellDone, CellStarted, Displayed, Finished, Ready, Report, Reporting, SoFar
from tensorpad.protocol.records import CellRecord, ErrorRecord, ResultRecord, VariableRecord
from tensorpad.protocol.traces import TraceRecord

DISPLAY = DisplayRecord("graph", "", "")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def cell(index: int, text: str = "1") -> CellRecord:
    return CellRecord(index, "ok", ResultRecord(text, None), None)


def transcript(cells: int = 2, limits: Limits | None = None) -> tuple[Transcript, list[Event]]:
    events: list[Event] = []
    return Transcript(cells, limits or Limits(), events.append), events


def say(one: Transcript, *messages: Report) -> None:
    for message in messages:
        for received in one.messages(encode(message)):
            one.take(received)


def test_output_belongs_to_the_cell_that_runs() -> None:
    one, events = transcript()
    say(one, CellStarted(0))
    one.add_output("stdout", b"a")
    say(one, CellDone(cell(0)), CellStarted(1))
    one.add_output("stderr", b"b")

    first, second = one.cells()
    assert (first.stdout, first.stderr, second.stdout, second.stderr) == ("a", "", "", "b")
    assert first.record == cell(0)
    assert second.record is None
    assert events == [Output(0, "stdout", "a"), CellEnded(cell(0)), Output(1, "stderr", "b")]


def test_output_that_overtakes_the_word_of_a_start_belongs_to_the_cell_that_starts() -> None:
    one, _ = transcript()
    say(one, CellStarted(0), CellDone(cell(0)))
    one.add_output("stdout", b"b")
    say(one, CellStarted(1))

    assert [output.stdout for output in one.cells()] == ["", "b"]


def test_a_character_may_come_in_two_pieces() -> None:
    one, _ = transcript()
    for piece in ("变".encode()[:1], "变".encode()[1:]):
        one.add_output("stdout", piece)

    assert one.cells()[0].stdout == "变"


def test_output_up_to_the_limit_is_kept_and_more_is_an_overflow() -> None:
    one, _ = transcript(limits=Limits(output_bytes=4))
    one.add_output("stdout", b"abc")
    with pytest.raises(OutputOverflow):
        one.add_output("stderr", b"def")

    assert (one.cells()[0].stdout, one.cells()[0].stderr) == ("abc", "d")


@pytest.mark.anyio
async def test_the_last_message_carries_the_trace() -> None:
    one, _ = transcript()
    trace = TraceRecord(variables=(VariableRecord("x", "int", "1", None),))
    assert not one.finished
    say(one, Finished(trace))
    assert one.finished

    assert await one.read_trace() == trace


@pytest.mark.anyio
async def test_a_trace_that_contradicts_itself_is_refused_when_it_is_read() -> None:
    one, _ = transcript()
    say(one, Finished(TraceRecord(variables=(VariableRecord("x", "Tensor", "1", "t1"),))))
    with pytest.raises(ProtocolError):
        await one.read_trace()


@pytest.mark.anyio
async def test_a_piece_is_the_trace_only_where_no_report_comes() -> None:
    piece, report = (TraceRecord(variables=(VariableRecord("x", "int", text, None),)) for text in "12")
    one, _ = transcript()
    say(one, CellStarted(0), SoFar(TraceRecord()), SoFar(piece), CellDone(cell(0)), CellStarted(1))
    assert await one.read_trace() == piece
    say(one, Finished(report))
    assert await one.read_trace() == report


@pytest.mark.anyio
async def test_without_a_last_message_there_is_no_trace() -> None:
    one, _ = transcript()
    assert await one.read_trace() is None


@pytest.mark.parametrize(
    "messages",
    [
        (CellStarted(1),),
        (CellStarted(2),),
        (CellStarted(0), CellStarted(1)),
        (CellStarted(0), CellStarted(0)),
        (CellDone(cell(0)),),
        (CellStarted(0), CellDone(cell(1))),
        (CellStarted(0), CellDone(cell(0)), CellDone(cell(0))),
        (Ready("2", "3", False),),
        (Finished(TraceRecord()), CellStarted(0)),
        (CellStarted(0), *[Displayed(DISPLAY)] * (SLACK * Limits().displays + 1)),
        (Displayed(DISPLAY),),
        (CellStarted(0), Displayed(DisplayRecord("media", ""))),
        (CellStarted(0), Displayed(DisplayRecord("graph", "", mime="text/html"))),
        (CellStarted(0), CellDone(CellRecord(0, "ok", ResultRecord("", "<b>"), None))),
    ],
)
def test_what_no_worker_of_ours_says_is_refused(messages: tuple[Report, ...]) -> None:
    one, _ = transcript()
    with pytest.raises(ProtocolError):
        say(one, *messages)


def test_a_report_above_its_limit_is_too_long() -> None:
    one, _ = transcript(limits=Limits(frame_bytes=64))
    with pytest.raises(ReportTooLong):
        say(one, CellStarted(0), CellDone(cell(0, "x" * 100)))


def test_the_texts_of_a_cell_count_as_what_was_reported() -> None:
    """Whether an answer is made beside the event loop goes by that."""
    record = CellRecord(
        0,
        "error",
        ResultRecord("r" * 1_000, None),
        ErrorRecord("E", "m" * 30, None, None, None, None, "t" * 4),
    )
    one, _ = transcript()
    say(one, CellStarted(0), Displayed(DisplayRecord("graph", "", "d" * 200)), CellDone(record))
    assert one.report_bytes == 1_234


@pytest.mark.parametrize("said", [(Reporting(),), (CellStarted(0), Reporting(), Reporting())], ids=["unstarted", "twice"])
def test_a_worker_reports_once_and_only_on_a_program_that_has_begun(said: tuple[Report, ...]) -> None:
    one, _ = transcript()
    with pytest.raises(ProtocolError):
        say(one, *said)
