"""The fixtures that every test may ask for; the course in miniature itself is in `tests.support.course`."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from coursework.core.course import Course
from coursework.sandbox import selftest
from tests.support.course import copied, write_course

# The workers share the machine. Before PyTorch is imported, here or in a kernel: a second thread each would only wait.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# `make test` says the same of the same code every time; `make prove` goes looking (--hypothesis-profile search).
settings.register_profile("search", derandomize=False)
settings.register_profile("repeat", derandomize=True)
settings.load_profile("repeat")


@pytest.fixture(scope="session", autouse=True)
def alike_everywhere(tmp_path_factory):
    """The sandbox is asked once for its walls, with which a command begins. What commands remember of them is not the
    user's."""
    walls = selftest.start_up
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selftest, "start_up", lambda root=None: walls())
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def tiny(tmp_path, monkeypatch) -> Course:
    """A fresh tiny course, not yet released."""
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    root = tmp_path / "tiny [course] (Übung)"  # as courses are called, on purpose
    root.mkdir()
    return write_course(root)


@pytest.fixture(scope="session")
def proven_files(tmp_path_factory) -> Path:
    """The folder of a tiny course that was proven and released once, by the first worker that asks; copy it, do not
    change it."""
    from coursework.authoring import release
    from coursework.proving import prove

    mine = tmp_path_factory.getbasetemp()
    folder = (mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "proven"
    folder.mkdir(exist_ok=True)
    root, done = folder / "course", folder / "done"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            course = write_course(root)
            found = prove.prove(course, "hw0-tiny")
            assert found.clean, [(c.item, c.name, c.expected, c.got, c.message) for c in found.cases if not c.ok]
            release.release(course, "hw0-tiny")
            done.touch()
    return root


@pytest.fixture
def proven(proven_files, tmp_path, monkeypatch) -> Course:
    """A proven and released tiny course of one's own."""
    return copied(proven_files, tmp_path, monkeypatch)


@pytest.fixture
def course(proven) -> Course:
    """The proven tiny course with an empty inbox."""
    (proven.root / "inbox").mkdir()
    return proven
