"""A gradebook that is opened again is the same one; a removed one is made anew."""

from nbgrader import api

from coursework.core.books import Gradebook


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
