"""A notebook's kernel without a kernel."""

import os

import IPython
import pytest
from IPython.core.interactiveshell import InteractiveShell

from coursework.judging.inline import inline
from coursework.notebook import switches
from tests.support.world import ANSWER, CHECK, GIVEN, SETUP


@pytest.fixture
def notebook(monkeypatch):
    """A notebook's kernel without a kernel: set-up and given cells have run; returns a function that runs a cell."""
    state, folder = switches.read(), os.getcwd()
    shell = InteractiveShell()
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    code = SETUP + GIVEN + CHECK + "check.passed check.probe("

    todo = [SETUP, GIVEN, ANSWER]  # not here: pytest captures a fixture's output and a test's in two streams

    def run(source):
        while todo:
            assert shell.run_cell(inline(todo.pop(0), code)).success
        shell.user_ns.pop("passed", None)
        return shell.run_cell(inline(source, code))

    run.names = shell.user_ns
    yield run
    switches.put_back(state)
    os.chdir(folder)
