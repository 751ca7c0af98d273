import os
import stat
from pathlib import Path

import pytest
from tensorpad.pool import directories

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_a_directory_is_private_and_removed_with_all_that_is_in_it() -> None:
    path = Path(directories.make(os.getuid(), change_owner=False))
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    (path / "a" / "b").mkdir(parents=True)
    (path / "a" / "file").write_text("x")

    await directories.remove(str(path))

    assert not path.exists()


async def test_what_its_owner_may_not_enter_is_removed_too_and_no_link_is_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.touch(mode=0o600)
    path = Path(directories.make(os.getuid(), change_owner=False))
    closed = path / "closed"
    (closed / "deeper").mkdir(parents=True)
    (closed / "deeper" / "file").touch()
    (closed / "link").symlink_to(outside)
    (closed / "deeper").chmod(0)
    closed.chmod(0o300)

    await directories.remove(str(path))

    assert not path.exists()
    assert stat.S_IMODE(outside.stat().st_mode) == 0o600
