"""Files and folders whole or not at all, whenever a run is stopped."""

from pathlib import Path

import pytest

from coursework.core.files import replace_folder, restore_folder


@pytest.mark.parametrize("stop", [0, 1, 2])
@pytest.mark.parametrize("kill", [False, True])
def test_a_folder_is_replaced_or_kept_whenever_it_is_stopped(tmp_path, monkeypatch, stop, kill):
    """Stopped before the n-th rename, by Ctrl-C or (without any clean-up) for good: one whole version stays."""
    new, target = tmp_path / "new", tmp_path / "hw1"
    for folder, text in ((new, "new"), (target, "old")):
        folder.mkdir()
        (folder / "notebook").write_text(text)
    done, rename = [], Path.rename

    def stopped(self, to):
        if len(done) == stop or (kill and len(done) > stop):
            done.append(None)
            raise KeyboardInterrupt
        done.append(to)
        return rename(self, to)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", stopped)
        if stop < 2:
            with pytest.raises(KeyboardInterrupt):
                replace_folder(new, target)
        else:
            replace_folder(new, target)
    restore_folder(target)
    assert (target / "notebook").read_text() == ("new" if stop == 2 else "old")
    assert sorted(p.name for p in tmp_path.iterdir()) == (["hw1"] if stop == 2 else ["hw1", "new"])
