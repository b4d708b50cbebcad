"""A gradebook that is opened again is the same one; a removed one is made anew; a transaction is kept whole."""

import sqlite3
import subprocess
from contextlib import closing

import pytest
from nbgrader import api, dbutil

from coursework.core.books import Gradebook, transaction


def test_a_gradebook_is_opened_again_without_a_look_for_its_tables(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.add_student("Ada")
    monkeypatch.setattr(api, "create_engine", None)  # nbgrader would call it
    with Gradebook(url) as gradebook, Gradebook(url) as other:
        gradebook.add_student("Grace")
        assert [s.id for s in other.students] == ["Ada", "Grace"]


def test_a_new_gradebook_has_the_form_that_alembics_program_tells(tmp_path):
    with dbutil._temp_alembic_ini("sqlite://") as told:
        heads = subprocess.run(["alembic", "-c", told, "heads"], capture_output=True, text=True, check=True).stdout
    path = tmp_path / "gradebook.db"
    with Gradebook(f"sqlite:///{path}"):
        pass
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(heads.split()[0],)]


def test_a_gradebook_that_was_removed_is_made_anew(tmp_path):
    path = tmp_path / "gradebook.db"
    for _ in range(2):
        with Gradebook(f"sqlite:///{path}") as gradebook:
            assert [s.id for s in gradebook.students] == []
            gradebook.add_student("Ada")
        path.unlink()


@pytest.fixture
def url(tmp_path):
    address = f"sqlite:///{tmp_path / 'gradebook.db'}"
    Gradebook(address).close()
    return address


def known(url):
    """The students that somebody else sees."""
    with api.Gradebook(url) as gradebook:
        return [s.id for s in gradebook.students]


def test_within_a_transaction_what_one_gradebook_writes_the_next_reads_and_nobody_else(url):
    with transaction(url):
        with Gradebook(url) as gradebook:
            gradebook.add_student("Ada")
        with Gradebook(url) as gradebook:
            gradebook.find_student("Ada").first_name = "Augusta"
            gradebook.db.commit()
        assert known(url) == []
    with Gradebook(url) as gradebook:
        assert gradebook.find_student("Ada").first_name == "Augusta"


@pytest.mark.parametrize("ends", [ValueError, KeyboardInterrupt])
def test_a_transaction_that_is_cut_short_leaves_nothing(url, ends):
    with pytest.raises(ends), transaction(url), Gradebook(url) as gradebook:
        gradebook.add_student("Ada")
        raise ends
    assert known(url) == []
    with Gradebook(url) as gradebook:  # and is over
        gradebook.add_student("Grace")
    assert known(url) == ["Grace"]
