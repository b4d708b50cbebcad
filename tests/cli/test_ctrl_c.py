"""Ctrl-C at any moment of a grading run: one line, nothing left running, nothing lost."""

import os
import random
import signal
import subprocess
import sys
import time

import psutil
import pytest

from coursework.core import stopping
from coursework.core.course import Course
from coursework.grading.autograde import autograde
from tests.support.course import answered, submit


def stopped(course: Course, engine: str, after: float) -> tuple[int, str, list]:
    """Start `autograde` as a terminal does, press Ctrl-C after so many seconds: (exit code, errors, what runs on)."""
    words = ["autograde", "hw0-tiny", "--course", course.root, "--engine", engine]
    command = [sys.executable, "-m", "coursework.cli.main", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        time.sleep(after)
        below = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        os.killpg(process.pid, signal.SIGINT)  # a terminal tells all processes of the command
        _, errors = process.communicate(timeout=60)
    left = [p for p in below if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    return process.returncode, errors, left


def test_while_it_starts(proven):
    code, errors, left = stopped(proven, "serial", 0.8)
    assert (code, errors, left) == (130, f"{stopping.LINE}\n", [])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["dask", "serial"])
@pytest.mark.parametrize("seed", range(4))
def test_at_any_moment(proven, engine, seed):
    for student in ("ann", "ben", "cid", "dan"):
        submit(proven, student, answered(proven))
    code, errors, left = stopped(proven, engine, random.Random(seed).uniform(1, 25))
    assert code in (130, 0) and left == []
    assert errors == (f"{stopping.LINE}\n" if code else "")
    result = autograde(Course(proven.root), "hw0-tiny")
    assert [(row.student, row.score) for row in result.rows] == [(s, 7) for s in ("ann", "ben", "cid", "dan")]
    assert not [p for p in proven.root.rglob("*.part")]
