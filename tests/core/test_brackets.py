"""A course folder may be called anything: its own brackets are no pattern for nbgrader."""

import pytest
from nbgrader.converters import base

from coursework.core.brackets import allow, literal


@pytest.mark.parametrize("name", ["DL [WS 2026] (Übung)", "what? a *course*", "plain"])
def test_nbgrader_finds_what_is_there(tmp_path, name):
    for student in ("ann", "bob"):
        (tmp_path / name / "submitted" / student / "hw1").mkdir(parents=True)
    allow()
    found = base.glob.glob(f"{tmp_path / name}/submitted/*/hw1")
    assert sorted(found) == [f"{tmp_path / name}/submitted/{s}/hw1" for s in ("ann", "bob")]
    assert base.glob.glob(f"{tmp_path / name}/submitted/./ann") == [f"{tmp_path / name}/submitted/./ann"]


def test_what_is_not_there_stays_a_pattern():
    assert literal("no/such/[folder]/*.ipynb") == "no/such/[folder]/*.ipynb"
