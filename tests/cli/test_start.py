"""A command starts with what it needs: its sandbox first, nbgrader only where it is asked for."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from coursework.cli import app, commands
from coursework.core.course import Course, StaffError
from coursework.sandbox import remembered, warm

SLOW = ("nbgrader", "sqlalchemy", "nbconvert", "numpy", "pandas", "matplotlib", "jupyter_client", "distributed")


def imported(statement: str, cwd) -> list[str]:
    """What of the slow ones a fresh process has imported after this."""
    look = f"import sys; {statement}; print([name for name in {SLOW} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", look], cwd=cwd, capture_output=True, text=True, check=True).stdout


def test_no_command_waits_for_the_imports_of_the_others(tiny):
    assert imported("import coursework.cli.commands", tiny.root) == "[]\n"
    assert imported("from coursework.sandbox import warm; warm.ahead(None); warm.stop()", tiny.root) == "[]\n"
    seen = imported("from coursework.core.course import Course; Course.find().settings", tiny.root)
    assert "nbgrader" in seen and not {"pandas", "matplotlib", "distributed"} & set(seen.split("'"))


def test_the_sandbox_starts_before_the_settings_are_read(tiny, monkeypatch):
    order = []
    monkeypatch.setattr(warm, "ahead", lambda data: order.append("sandbox"))
    settings = Course.settings.func
    monkeypatch.setattr(Course, "settings", property(lambda here: order.append("settings") or settings(here)))
    with pytest.raises(StaffError, match="no engine"):
        app.course_of(tiny.root, "steam")
    assert order[0] == "sandbox" and "settings" in order[1:]


def test_who_asks_for_the_self_test_has_it(tiny, monkeypatch):
    forgotten = []
    monkeypatch.setattr(warm, "ahead", lambda data: None)
    monkeypatch.setattr(remembered, "forget", forgotten.append)
    for name in ("autograde", "regrade", "prove"):
        words = [name, "hw0-tiny", *(["q1-1-double"] if name == "regrade" else []), "--course", str(tiny.root)]
        words += ["--engine", "steam"]  # nothing runs
        for more in ([], ["--self-test"]):
            assert isinstance(CliRunner().invoke(commands.app, [*words, *more]).exception, StaffError)
    assert forgotten == [tiny.root] * 3


def test_where_no_sandbox_can_start_that_is_said_later(monkeypatch):
    def nowhere(*_):
        raise FileNotFoundError("bwrap")

    monkeypatch.setattr(warm, "start", nowhere)
    warm.ahead(None)
