"""The groups' files, on stand-ins for the kernel's directories; the kernel's own part is tried in tests/sandbox."""

import os
from pathlib import Path

import pytest
from tensorpad.pool.cgroups import ControlGroups, ControlGroupsMissing
from tensorpad.protocol.limits import Limits

LIMITS = Limits(processes=7)


def machine(tmp_path: Path, mounts: list[str], membership: list[str]) -> tuple[Path, Path]:
    (tmp_path / "mountinfo").write_text("".join(f"{line}\n" for line in mounts))
    (tmp_path / "membership").write_text("".join(f"{line}\n" for line in membership))
    return tmp_path / "mountinfo", tmp_path / "membership"


def version_1(tmp_path: Path) -> tuple[Path, Path]:
    for controller in ("memory", "pids"):
        (tmp_path / controller / "own").mkdir(parents=True)
    return machine(
        tmp_path,
        [f"1 2 0:1 / {tmp_path}/{name} rw shared:1 - cgroup cgroup rw,{name}" for name in ("memory", "pids")],
        ["4:memory:/own", "3:pids:/own", "0::/"],
    )


def version_2(tmp_path: Path) -> tuple[Path, Path]:
    own = tmp_path / "unified" / "own"
    own.mkdir(parents=True)
    (own / "cgroup.procs").write_text("12\n13\n")
    return machine(tmp_path, [f"1 2 0:1 / {tmp_path}/unified rw - cgroup2 cgroup2 rw"], ["0::/own"])


def test_version_1_limits_memory_and_processes_in_their_hierarchies(tmp_path: Path) -> None:
    groups = ControlGroups(*version_1(tmp_path))
    group = groups.make("worker", 1000, LIMITS)
    group.add(42)

    (memory,) = (tmp_path / "memory" / "own").glob("*/worker")
    (pids,) = (tmp_path / "pids" / "own").glob("*/worker")
    assert (memory / "memory.limit_in_bytes").read_text() == "1000"
    assert (pids / "pids.max").read_text() == "7"
    assert (memory / "cgroup.procs").read_text() == (pids / "cgroup.procs").read_text() == "42"


def test_version_2_moves_the_service_down_and_limits_in_one_place(tmp_path: Path) -> None:
    groups = ControlGroups(*version_2(tmp_path))
    groups.make("worker", 1000, LIMITS)

    own = tmp_path / "unified" / "own"
    (service,) = own.glob("*-service")
    assert (service / "cgroup.procs").exists()
    assert (own / "cgroup.subtree_control").read_text() == "+memory +pids"
    (worker,) = own.glob("*/worker")
    assert (worker / "memory.max").read_text() == "1000"
    assert (worker / "memory.swap.max").read_text() == "0"
    assert (worker / "pids.max").read_text() == "7"


@pytest.mark.parametrize(("counted", "killed"), [("oom_kill 0", False), ("oom_kill 2", True), ("", False)])
def test_a_death_is_the_memorys_if_the_kernel_counted_it(tmp_path: Path, counted: str, killed: bool) -> None:
    groups = ControlGroups(*version_1(tmp_path))
    group = groups.make("worker", 1000, LIMITS)
    (memory,) = (tmp_path / "memory" / "own").glob("*/worker")
    (memory / "memory.oom_control").write_text(f"oom_kill_disable 0\nunder_oom 0\n{counted}\n")

    assert group.memory_killed() is killed


def test_a_machine_that_offers_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(ControlGroupsMissing, match="no hierarchy"):
        ControlGroups(*machine(tmp_path, [], ["0::/"]))


def test_a_directory_that_may_not_be_written_says_where(tmp_path: Path) -> None:
    mounts, membership = version_1(tmp_path)
    (tmp_path / "memory" / "own").rmdir()

    with pytest.raises(ControlGroupsMissing, match="memory/own"):
        ControlGroups(mounts, membership)


def test_groups_of_services_that_are_gone_are_removed_and_others_left(tmp_path: Path) -> None:
    mounts, membership = version_1(tmp_path)
    (tmp_path / "memory" / "own" / f"tensorpad-{2**30}-5-1" / "worker-1").mkdir(parents=True)
    ControlGroups(mounts, membership)
    ControlGroups(mounts, membership)

    left = [group.name for group in (tmp_path / "memory" / "own").iterdir()]
    assert len(left) == 2
    assert all(name.startswith(f"tensorpad-{os.getpid()}-") for name in left)


def test_a_process_with_the_id_of_one_that_was_killed_takes_its_place(tmp_path: Path) -> None:
    mounts, membership = version_1(tmp_path)
    ControlGroups(mounts, membership)
    own = tmp_path / "memory" / "own"
    (mine,) = own.iterdir()
    number = int(mine.name.rpartition("-")[2])
    for rest in (f"0-{number + 1}", number + 1):
        (own / f"tensorpad-{os.getpid()}-{rest}" / "worker-1").mkdir(parents=True)

    group = ControlGroups(mounts, membership).make("worker-1", 1000, LIMITS)

    group.add(42)
    assert len(list(own.iterdir())) == 2
