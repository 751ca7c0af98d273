"""Attacks on files: reading what is not the program's, writing outside its private directory, filling the disk."""

import os

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import Completed

from tests.support.programs import assert_serves, error, run, stdout

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/etc/shadow",
        "/proc/1/environ",
        "/proc/self/environ",
        "/proc/self/mem",
        "/proc/1/cmdline",
        "/root/.bashrc",
        "/dev/mem",
        "/dev/sda",
        "/canary",
    ],
)
async def test_reading_a_file_that_is_not_the_programs_is_refused(pool: LocalPool, path: str) -> None:
    outcome = await run(pool, f"open({path!r}, 'rb').read()")

    assert error(outcome).type in ("PermissionError", "FileNotFoundError")
    await assert_serves(pool)


@pytest.mark.parametrize(
    "path", ["/x", "/etc/x", "/dev/shm/x", "/var/tmp/x", "/usr/x", "/proc/x", "/root/x", "../../../written"]
)
async def test_writing_outside_the_private_directory_is_refused(pool: LocalPool, path: str) -> None:
    outcome = await run(pool, f"open({path!r}, 'w').write('x')")

    assert error(outcome).type in ("PermissionError", "FileNotFoundError", "OSError")


async def test_a_program_has_a_folder_with_a_folder_around_it_and_no_arguments(
    pool: LocalPool,
) -> None:
    outcome = await run(
        pool,
        "import os, sys, argparse, torch\n"
        "os.makedirs('../data', exist_ok=True)\n"
        "torch.save(torch.arange(3.), os.path.join('..', 'data', 'x.pt'))\n"
        "with open('../../notes.txt', 'w') as file: file.write('a')\n"
        "print(torch.load('../data/x.pt').tolist(), os.listdir('.'), sys.argv, sys.orig_argv)\n"
        "print(os.path.expanduser('~') == os.path.dirname(os.getcwd()), os.environ['PWD'] == os.getcwd())\n"
        "parser = argparse.ArgumentParser()\n"
        "parser.add_argument('--epochs', type=int, default=3)\n"
        "print(parser.parse_args())",
    )

    assert stdout(outcome) == "[0.0, 1.0, 2.0] [] [''] ['python']\nTrue True\nNamespace(epochs=3)\n"
    assert stdout(await run(pool, "import os; print(os.path.exists('../data'))")) == "False\n"


async def test_a_notebooks_cells_run_past_one_that_python_refuses_and_have_data_offline(pool: LocalPool) -> None:
    outcome = await run(
        pool,
        "%matplotlib inline\nfrom tensorpad.data import digits\nprint(digits()[0].shape)",
        "x = (1",
        "import asyncio\nawait asyncio.sleep(0)\nprint('on')",
    )

    assert [cell.stdout for cell in outcome.cells] == ["torch.Size([1797, 1, 8, 8])\n", "", "on\n"]
    assert [cell.record.status for cell in outcome.cells if cell.record] == ["ok", "error", "ok"]
    assert [note.kind for note in outcome.trace.notes] == ["ignored"]


async def test_no_file_of_python_or_of_the_service_can_be_changed(pool: LocalPool) -> None:
    outcome = await run(
        pool,
        "import os, sys\n"
        "import torch, tensorpad\n"
        "changed = []\n"
        "for place in (os.__file__, torch.__file__, tensorpad.__file__, sys.executable):\n"
        "    for act in (lambda: open(place, 'a'), lambda: os.unlink(place), lambda: os.rename(place, place + 'x')):\n"
        "        try:\n"
        "            act()\n"
        "            changed.append(place)\n"
        "        except OSError:\n"
        "            pass\n"
        "print(changed)",
    )

    assert stdout(outcome) == "[]\n"


async def test_the_private_directory_can_be_written_and_is_empty_at_first(pool: LocalPool) -> None:
    program = (
        "import os\nprint(os.listdir('.'))\nos.makedirs('a/b')\nopen('a/b/c', 'w').write('x')\nprint(open('a/b/c').read())"
    )

    first, second = await run(pool, program), await run(pool, program)

    assert stdout(first) == stdout(second) == "[]\nx\n"


async def test_a_link_out_of_the_private_directory_leads_nowhere(pool: LocalPool) -> None:
    outcome = await run(pool, "import os\nos.symlink('/etc/passwd', 'link')\nopen('link').read()")

    assert error(outcome).type in ("PermissionError", "FileNotFoundError")


async def test_one_file_cannot_outgrow_the_limit(pool: LocalPool, limits: Limits) -> None:
    outcome = await run(pool, f"with open('big', 'wb') as file:\n    file.write(bytes({limits.scratch_bytes + 1}))")

    assert error(outcome).type == "OSError"
    await assert_serves(pool)


async def test_a_tree_too_deep_to_walk_does_not_outlive_its_program(pool: LocalPool) -> None:
    outcome = await run(pool, "import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')\nprint('made')")

    assert isinstance(outcome, Completed)
    assert stdout(outcome) == "made\n"
    await assert_serves(pool)


@pytest.mark.parametrize(
    "act",
    [
        "os.chmod(os.__file__, 0)",
        "os.chmod(os.__file__, 0o4755)",
        "os.chmod(os.open(os.__file__, os.O_RDONLY), 0o777)",
        "os.utime(os.__file__)",
        "os.utime(os.open(os.__file__, os.O_RDONLY))",
        "os.chown(os.__file__, os.getuid(), os.getgid())",
        "os.setxattr(os.__file__, 'user.x', b'x')",
    ],
)
async def test_modes_times_and_owners_of_other_files_cannot_be_changed(pool: LocalPool, act: str) -> None:
    """A user may do so to a file of its own without opening it, and the worker may have the service's own user."""
    before = os.stat(os.__file__)

    outcome = await run(pool, f"import os\n{act}")

    assert error(outcome).type in ("PermissionError", "OSError")
    after = os.stat(os.__file__)
    assert (after.st_mode, after.st_mtime_ns, after.st_uid) == (before.st_mode, before.st_mtime_ns, before.st_uid)
