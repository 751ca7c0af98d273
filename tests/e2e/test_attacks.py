"""What a hostile program does to the service as a client sees it. The whole corpus, by family, is in tests/sandbox."""

import pytest

from tests.support.client import Client, error

LIMIT_S = 1.0
"""Of programs that would never end. A client gives up where the service does not end them, too."""

CLAIM = """
import os
from tensorpad.protocol.frames import encode
from tensorpad.protocol.messages import CellDone, Finished
from tensorpad.protocol.records import CellRecord, ResultRecord
from tensorpad.protocol.traces import TraceRecord
claim = encode(CellDone(CellRecord(0, "ok", ResultRecord("6", None), None))) + encode(Finished(TraceRecord()))
for descriptor in range(3, 64):
    try:
        os.write(descriptor, {what})
    except OSError:
        pass
while True: pass
"""


@pytest.mark.parametrize(
    ("program", "status"),
    [
        ("while True: pass", "timeout"),
        ("while True: print('x' * 100)", "output_limit"),
        ("import ctypes\nctypes.string_at(0)", "crashed"),
        ("import os\nos._exit(0)", "crashed"),
        (CLAIM.format(what="b'no report at all'"), "output_limit"),
        (CLAIM.format(what="claim[:4] + b'\\xff' * 2**16"), "crashed"),
    ],
    ids=["endless loop", "endless printing", "null pointer", "exit", "overlong report", "malformed report"],
)
def test_program_that_is_ended_has_a_typed_status(client: Client, program: str, status: str) -> None:
    answer = client.run(program, timeout_s=LIMIT_S)
    assert answer["status"] == status
    assert answer["message"]
    assert answer["cells"][0]["status"] == "error"
    client.assert_serves()


@pytest.mark.parametrize(
    ("program", "errors"),
    [
        ("[0] * 10**10", {"MemoryError"}),
        ("import os\nos.kill(-1, 9)", {"PermissionError"}),
        ("open('/etc/passwd').read()", {"FileNotFoundError", "PermissionError"}),
        ("open('/proc/1/environ').read()", {"FileNotFoundError", "PermissionError"}),
        ("open('/etc/x', 'w')", {"OSError", "PermissionError", "FileNotFoundError"}),
        ("open('/dev/shm/x', 'w')", {"OSError", "PermissionError", "FileNotFoundError"}),
        ("import socket\nsocket.create_connection(('127.0.0.1', 80))", {"PermissionError"}),
        ("import socket\nsocket.socket(type=socket.SOCK_DGRAM)", {"PermissionError"}),
    ],
)
def test_forbidden_act_is_a_python_error(client: Client, program: str, errors: set[str]) -> None:
    answer = client.run(program, timeout_s=LIMIT_S)
    assert answer["status"] == "error"
    assert error(answer)["type"] in errors
    client.assert_serves()


def test_fork_bomb_ends_in_time(client: Client) -> None:
    answer = client.run("import os\nwhile True: os.fork()", timeout_s=LIMIT_S)
    # Every child shares the report, so that what they say together may be none.
    assert answer["status"] in ("error", "timeout", "crashed", "output_limit", "out_of_memory")
    client.assert_serves()


def test_forged_result_is_only_the_forgers_own(client: Client) -> None:
    answer = client.run(CLAIM.format(what="claim"), timeout_s=LIMIT_S)
    assert answer["status"] == "ok"
    assert answer["cells"][0]["result"]["text"] == "6"
    client.assert_serves()


def test_uninitialised_memory_never_shows_an_earlier_run(client: Client) -> None:
    mark = 1234567.0
    client.run(f"import torch\nkept = [torch.full((n,), {mark}) for n in (1, 100, 10_000, 1_000_000)]")
    program = (
        "import torch\n"
        f"sum(int((torch.empty(n) == {mark}).sum()) for n in (1, 7, 100, 999, 10_000, 100_000, 1_000_000, 4_000_000))"
    )
    for _ in range(3):
        assert client.run(program)["cells"][0]["result"]["text"] == "0"
