"""A gradebook that is opened again is the same one; a removed one is made anew; a transaction is kept whole."""

import pytest
from nbgrader import api

from coursework.core.books import Gradebook, transaction


def test_a_gradebook_is_opened_again_without_a_look_for_its_tables(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.add_student("Ada")
    monkeypatch.setattr(api, "create_engine", None)  # nbgrader would call it
    with Gradebook(url) as gradebook, Gradebook(url) as other:
        gradebook.add_student("Grace")
        assert [s.id for s in other.students] == ["Ada", "Grace"]


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
