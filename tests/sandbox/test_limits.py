"""The watcher sees what joins its tree, and walks the machine's processes only when there can be something new."""

import os
import subprocess
import sys
import time

import pytest

from coursework.sandbox import limits
from coursework.sandbox.limits import Limits, Watcher

FORKS = "import os, sys, time\nsys.stdin.read(1)\nos.fork()\ntime.sleep(60)"


@pytest.fixture
def child():
    with subprocess.Popen([sys.executable, "-c", FORKS], stdin=subprocess.PIPE, start_new_session=True) as process:
        yield process
        os.killpg(process.pid, 9)


def test_a_process_that_joins_later_is_seen(child):
    watcher = Watcher(child.pid, Limits())
    assert [p.pid for p in watcher._processes()] == [child.pid]
    child.stdin.write(b"x")
    child.stdin.flush()
    until = time.monotonic() + 20
    while len(watcher._processes()) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert len(watcher._processes()) == 2


@pytest.mark.parametrize("newest, walks", [([b"7", b"7", b"7"], 1), ([b"7", b"8", b"9"], 3), ([b"", b"", b""], 3)])
def test_the_tree_is_walked_when_something_was_started(child, monkeypatch, newest, walks):
    seen, numbers, walk = [], iter(newest), limits.process_tree
    monkeypatch.setattr(limits, "newest_process", lambda: next(numbers))
    monkeypatch.setattr(limits, "process_tree", lambda pid: seen.append(pid) or walk(pid))
    watcher = Watcher(child.pid, Limits())
    for _ in newest:
        assert watcher._processes()
    assert len(seen) == walks


def test_a_process_that_has_ended_before_it_was_looked_at_has_no_tree():
    assert limits.process_tree(-1) == []
    watcher = Watcher(-1, Limits())
    watcher.start()
    watcher.stop()
    assert watcher.limit_hit is None and not watcher.is_alive()
