"""The self-test is remembered where nothing has changed, and nowhere else."""

import json
import os
from pathlib import Path

import pytest

from coursework.core.course import CONFIG_NAME
from coursework.sandbox import bubblewrap, machines, remembered, selftest
from coursework.sandbox.selftest import Proof, start_up

HOLDS, DOWN = Proof("not root", True, "True"), Proof("no network", False, "done")


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """A course of which nothing is remembered, on a machine of which nothing is asked."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / CONFIG_NAME).write_text("c = get_config()\n")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(bubblewrap, "cold_because", lambda: "")
    monkeypatch.setattr(selftest, "hidden", lambda root: HOLDS)
    monkeypatch.setattr(selftest, "self_test", lambda root: [HOLDS])
    return folder


def tries(root: Path) -> bool:
    """Whether a command that begins now tries the walls."""
    start_up.cache_clear()
    line = start_up(root)
    assert "walls hold" in line
    return "ago" not in line


def record(root: Path) -> Path:
    return remembered._file(root)


def test_the_next_command_does_not_test_again_but_where_it_is_told_to(root, monkeypatch):
    assert (tries(root), tries(root)) == (True, False)
    remembered.forget(root)
    remembered.forget(root)  # there is nothing any more
    assert (tries(root), tries(root)) == (True, False)
    later = remembered._now() + 12 * 60
    monkeypatch.setattr(remembered, "_now", lambda: later)
    start_up.cache_clear()
    assert "tested 12 minutes ago" in start_up(root)


def test_another_course_is_tested_for_itself(root):
    other = root.with_name("other")
    other.mkdir()
    (other / CONFIG_NAME).write_bytes((root / CONFIG_NAME).read_bytes())
    assert (tries(root), tries(other), tries(root), tries(other)) == (True, True, False, False)


@pytest.mark.parametrize("seconds", [remembered.LASTS + 60, -60])
def test_it_is_forgotten_after_an_hour_and_never_from_the_future(root, monkeypatch, seconds):
    assert tries(root)
    moment = remembered._now() + seconds
    monkeypatch.setattr(remembered, "_now", lambda: moment)
    assert tries(root)


@pytest.mark.parametrize(
    "change",
    [
        lambda root, patch: (root / CONFIG_NAME).write_text("c.CourseworkSettings.memory_gib = 2\n"),
        lambda root, patch: patch.setattr(machines, "code", lambda: "another"),
        lambda root, patch: patch.setattr(machines, "environment", lambda: {"torch": "another"}),
        lambda root, patch: patch.setattr(bubblewrap, "cold_because", lambda: "the machine forbids it"),
        lambda root, patch: patch.setattr(os, "getgroups", lambda: [12345]),
        lambda root, patch: patch.setattr(remembered, "_text", lambda path: f"another {path}"),
        lambda root, patch: patch.setenv("COURSEWORK_DATA", str(root)),
    ],
    ids=["configuration", "code", "packages", "no fork", "user", "machine", "data"],
)
def test_it_is_tested_anew_when_something_has_changed(root, monkeypatch, change):
    assert (tries(root), tries(root)) == (True, False)
    change(root, monkeypatch)
    assert (tries(root), tries(root)) == (True, False)


@pytest.mark.parametrize("lines", [[b"boot_id"], [b"mountinfo"], [b"status"]])
def test_of_a_machine_that_does_not_say_what_it_is_nothing_is_remembered(root, monkeypatch, lines):
    read = Path.read_text

    def refuse(path, *args, **more):
        if path.name.encode() in lines:
            raise PermissionError(path)
        return read(path, *args, **more)

    assert tries(root)
    monkeypatch.setattr(Path, "read_text", refuse)
    assert (tries(root), tries(root)) == (True, True)


def test_another_boot_or_another_mount_is_another_machine(root, monkeypatch):
    read = Path.read_text
    for name in ("boot_id", "mountinfo"):
        remembered.forget(root)
        assert tries(root) and not tries(root)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_text", lambda path, *a, n=name, **k: read(path, *a, **k) + "x" * (path.name == n))
            assert tries(root)


def widen(path: Path) -> None:
    path.chmod(0o666)


def widen_folder(path: Path) -> None:
    path.parent.chmod(0o770)


def link(path: Path) -> None:
    path.rename(path.with_suffix(".moved"))
    path.symlink_to(path.with_suffix(".moved"))


def garble(path: Path) -> None:
    path.write_text(path.read_text()[:-9])


def rewrite(**entries) -> object:
    return lambda path: path.write_text(json.dumps(json.loads(path.read_text()) | entries))


@pytest.mark.parametrize(
    "odd",
    [
        widen, widen_folder, link, garble, Path.unlink, rewrite(at="now"), rewrite(at=True), rewrite(at=float("nan")),
        rewrite(conditions=None), rewrite(conditions=""), lambda path: path.write_text("[]"),
    ],
)  # fmt: skip
def test_a_record_that_is_odd_counts_for_nothing(root, odd):
    assert (tries(root), tries(root)) == (True, False)
    odd(record(root))
    assert tries(root)


def test_somebody_elses_record_counts_for_nothing(root, monkeypatch):
    assert (tries(root), tries(root)) == (True, False)
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert (tries(root), tries(root)) == (True, True)


def test_only_the_user_can_enter_the_folder_of_the_record(root, monkeypatch):
    before = os.umask(0o002)  # as in a course folder that a group shares
    try:
        assert tries(root)
    finally:
        os.umask(before)
    path = record(root)
    assert [one.stat().st_mode & 0o777 for one in (path, path.parent, path.parent.parent)] == [0o600, 0o700, 0o700]


def test_where_nothing_can_be_kept_every_command_tests(root, monkeypatch):
    root.with_name("state").write_text("a file, where a folder should be")
    assert (tries(root), tries(root)) == (True, True)


def test_a_wall_that_is_down_is_not_remembered(root, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(selftest, "self_test", lambda root: [HOLDS, DOWN])
        for _ in range(2):
            start_up.cache_clear()
            with pytest.raises(bubblewrap.SandboxUnavailable, match="no network"):
                start_up(root)
    assert tries(root)


def test_what_changes_while_the_walls_are_tested_was_not_tested(root, monkeypatch):
    def change(where):
        (root / CONFIG_NAME).write_text("c.CourseworkSettings.memory_gib = 2\n")
        return [HOLDS]

    monkeypatch.setattr(selftest, "self_test", change)
    assert tries(root) and not record(root).exists()
    assert tries(root) and record(root).exists()  # this one finds all as it leaves it


def test_the_course_itself_is_looked_for_each_time(root, monkeypatch):
    """It may have got files since."""
    assert tries(root)
    monkeypatch.setattr(selftest, "hidden", lambda root: Proof("this course out of reach", False, "['gradebook.db']"))
    assert tries(root)
