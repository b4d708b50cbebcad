"""A signal ends a command with one line and all that it has started, whatever a library makes of Ctrl-C."""

import signal
import subprocess
import sys
import time

import psutil
import pytest

from coursework.core import stopping

COMMAND = """
import subprocess, sys, time
from pathlib import Path
from coursework.core import stopping
stopping.listen()
inner = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'], start_new_session=True); time.sleep(99)"
process = subprocess.Popen([sys.executable, "-c", inner], start_new_session=True)
import psutil
while len(psutil.Process().children(recursive=True)) < 2:
    time.sleep(0.02)
with stopping.at_stop(lambda: Path(sys.argv[1]).write_text("last word")), stopping.at_stop(lambda: 1 / 0):
    print(*[p.pid for p in psutil.Process().children(recursive=True)], flush=True)
    while True:
        try:
            time.sleep(99)
        except BaseException:
            pass
"""  # noqa: E501


@pytest.mark.parametrize("number", stopping.SIGNALS)
def test_one_line_and_nothing_left(tmp_path, number):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", COMMAND, tmp_path / "word"], **pipes) as process:
        children = [psutil.Process(int(word)) for word in process.stdout.readline().split()]
        process.send_signal(number)
        process.send_signal(number)  # once more changes nothing
        out, err = process.communicate(timeout=20)
    assert process.returncode == 128 + number and out == "" and err == f"{stopping.LINE}\n"
    assert (tmp_path / "word").read_text() == "last word"
    assert len(children) == 2
    assert [p for p in children if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []


WATCHING = """
import os, subprocess, sys, threading, time
import psutil
from coursework.core import stopping
stopping.listen()
inner = "import os, time; os.fork(); print(flush=True); time.sleep(99)"
child = subprocess.Popen([sys.executable, "-c", inner], stdout=subprocess.PIPE)
child.stdout.readline(), child.stdout.readline()
def watch():
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    time.sleep(float(sys.argv[1]))
    print("what I watched is gone", file=sys.stderr, flush=True)
threading.Thread(target=watch, daemon=True).start()
print(*[p.pid for p in psutil.Process().children(recursive=True)], flush=True)
time.sleep(99)
"""


@pytest.mark.parametrize("first", [False, True])
def test_nobody_tells_of_the_end_of_another(first):
    """Also of what was orphaned: a terminal's Ctrl-C can end one in between before the command hears of it."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", WATCHING, "99" if first else "0"], **pipes) as process:
        children = [psutil.Process(int(word)) for word in process.stdout.readline().split()]
        if first:
            children[0].kill()
            while children[0].status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert err == f"{stopping.LINE}\n" and len(children) == 2
    assert [p for p in children if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []


def test_held_back_it_comes_afterwards():
    taken = []
    before = signal.signal(signal.SIGINT, lambda *_: taken.append(time.monotonic()))
    try:
        with stopping.held_back():
            signal.raise_signal(signal.SIGINT)
            assert not taken
        assert len(taken) == 1
    finally:
        signal.signal(signal.SIGINT, before)


STARTING = """
import multiprocessing, signal, sys, threading
from coursework.core import stopping
def blocked():
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
def start():
    multiprocessing.get_context("spawn").Queue()  # the first one starts multiprocessing's own helper
    found.append(blocked())
found = []
with stopping.held_back():
    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
assert found == [True] and not blocked(), found
import os
os.kill(os.getpid(), signal.SIGKILL)  # the queue is not given back
"""


def test_held_back_a_thread_that_starts_processes_stays_without_it():
    """multiprocessing lets Ctrl-C through in the thread that starts its helper, and so in all that follows. Nor does
    that helper complain when the command is killed."""
    done = subprocess.run([sys.executable, "-c", STARTING], capture_output=True, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL and done.stderr == ""
