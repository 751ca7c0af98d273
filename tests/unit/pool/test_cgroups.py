"""The groups' files, on stand-ins for the kernel's directories; the kernel's own part is tried in tests/sandbox."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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


@pytest.mark.parametrize("machine", [version_1, version_2])
def test_groups_of_services_that_are_gone_are_removed_and_others_left(
    tmp_path: Path, machine: Callable[[Path], tuple[Path, Path]]
) -> None:
    files = machine(tmp_path)
    for own in tmp_path.glob("*/own"):
        # What a killed service leaves, also one whose id a process has again.
        (own / f"tensorpad-{os.getpid()}-5" / "worker-1").mkdir(parents=True)
        (own / f"tensorpad-{os.getpid()}-5-service").mkdir()
    services = [ControlGroups(*files) for _ in range(3)]

    for own in tmp_path.glob("*/own"):
        left = {group.name for group in own.glob("tensorpad-*") if not group.name.endswith("-service")}
        assert len(left) == len(services)
        assert f"tensorpad-{os.getpid()}-5" not in left
        assert not (own / f"tensorpad-{os.getpid()}-5-service").exists()
    for service in services:
        service.make("worker-1", 1000, LIMITS).add(42)


def test_a_service_that_has_ended_holds_its_groups_no_longer(tmp_path: Path) -> None:
    files = version_1(tmp_path)
    ended = ControlGroups(*files)
    (tmp_path / "memory" / "own" / "tensorpad-0-0").mkdir()
    left = ended.make("worker-1", 1000, LIMITS)
    ended.close()
    for written in (tmp_path / "memory" / "own").rglob("memory.*"):
        written.unlink()  # the kernel's own files are no hindrance to rmdir
    left.remove()

    living = ControlGroups(*files)

    living.make("worker-1", 1000, LIMITS)
    assert len(list((tmp_path / "memory" / "own").iterdir())) == 1


def test_services_that_start_at_the_same_time_leave_each_other_their_groups(tmp_path: Path) -> None:
    files = version_1(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        starting = [threads.submit(ControlGroups, *files) for _ in range(64)]
    services = [service.result() for service in starting]

    for service in services:
        service.make("worker-1", 1000, LIMITS).add(42)
    assert len(list((tmp_path / "memory" / "own").iterdir())) == len(services)
