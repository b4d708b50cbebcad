"""Two teaching assistants with accounts of their own work in one course folder: setgid, and a umask of 022."""

import os
import traceback
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from coursework.core.course import Course, alone
from coursework.core.files import replace_folder, share_with_group, write_json

GROUP, ANN, BOB = 45_000, 45_001, 45_002  # ids that need no entry anywhere


def work(root: Path, name: str) -> None:
    """What a day of a teaching assistant leaves in a course."""
    course = Course.find(root)
    with alone(course, "hw0-tiny"):
        write_json(course.state("seen.json"), [name])
        for student in ("Doe_Jane", name):
            folder = course.submitted(student, "hw0-tiny")
            folder.parent.mkdir(parents=True, exist_ok=True)
            new = folder.with_name(f".new-{name}")
            new.mkdir()
            (new / "hw0-tiny.ipynb").write_text(name)
            replace_folder(new, folder)
        write_json(course.feedback("Doe_Jane", "hw0-tiny") / "page.json", name)
        with Gradebook(course.db_url) as gradebook:
            gradebook.update_or_create_student(f"of-{name}")


def as_user(uid: int, root: Path, name: str, group: int = GROUP) -> int:
    """The exit status of `work` in a process of this user, with a umask of 022."""
    child = os.fork()
    if not child:
        try:
            os.setgroups([group])
            os.setgid(uid)
            os.setuid(uid)
            os.umask(0o022)
            work(root, name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_the_umask_changes_only_where_the_folder_is_shared(tmp_path):
    before = os.umask(0o022)
    try:
        share_with_group(tmp_path)
        assert os.umask(0o022) == 0o022
        tmp_path.chmod(0o2775)
        share_with_group(tmp_path)
        assert os.umask(0o022) == 0o002
        share_with_group(tmp_path / "nothing")
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can work as two other users")
def test_two_users_share_locks_gradebook_and_submissions(tiny):
    course = tiny.root
    work(course, "root")  # what is imported late is read now: others may not be allowed to
    for path in (course, *course.rglob("*")):
        os.chown(path, ANN, GROUP)
        path.chmod(0o2775 if path.is_dir() else 0o664)
    course.chmod(0o2770)  # closed to everybody else on the machine, as docs/instructors/shared-folder.md has it
    for parent in course.parents:  # pytest's folders are closed to others
        if not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    assert [as_user(uid, course, name) for name, uid in (("ann", ANN), ("bob", BOB), ("ann2", ANN))] == [0, 0, 0]
    assert (course / "submitted" / "Doe_Jane" / "hw0-tiny" / "hw0-tiny.ipynb").read_text() == "ann2"
    assert as_user(45_009, course, "student", group=45_009) != 0 and not list(course.rglob("*student*"))
    made = list(course.rglob("*"))
    assert {p.stat().st_gid for p in made} == {GROUP}
    assert not [str(p) for p in made if not p.stat().st_mode & 0o020]
