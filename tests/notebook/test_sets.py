"""A data set of another package, as docs/extending.md has it: fetched, verified, inlined, tried for evidence."""

import hashlib
import importlib
import os

import numpy as np
import pytest
import torch

from coursework.authoring import leaks
from coursework.core.course import StaffError
from coursework.core.records import AboutEvidence
from coursework.judging import evidence, inline
from coursework.notebook import datasets, download, sets
from tests.support.plugin import example, installed


def test_our_names_are_known_without_pytorch():
    assert set(leaks.OURS) == set(sets.OURS)


@pytest.fixture
def blobs(tmp_path, monkeypatch):
    """(folder of the data sets, the images) of the example, whose server is a file here."""
    dice, parts = np.random.default_rng(0), {}
    for name, n in (("train", 30), ("test", 12)):
        parts[f"x_{name}"] = dice.integers(0, 256, (n, 8, 8), dtype=np.uint8)
        parts[f"y_{name}"] = dice.integers(0, 2, n)
    np.savez(tmp_path / "server.npz", **parts)
    files = example()
    digest = hashlib.sha256((tmp_path / "server.npz").read_bytes()).hexdigest()
    text = files["uni_orders/blobs.py"].replace("https://www.uni.example/dl/blobs.npz", f"file://{tmp_path}/server.npz")
    files["uni_orders/blobs.py"] = text.replace("0" * 64, digest)
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("COURSEWORK_DATA", str(data))
    evidence.known_images.cache_clear()
    with installed(tmp_path / "site", files):
        inline._module.cache_clear()
        yield data, parts
    inline._module.cache_clear()
    evidence.known_images.cache_clear()


def test_the_command_fetches_and_verifies_it(blobs, capsys):
    data, _ = blobs
    assert download.fetch(["blobs"], data, verify_only=True) == 1
    assert "✗ blobs: Blobs is not in" in (said := capsys.readouterr().out)
    assert "run `coursework data blobs`, or put there blobs/ with blobs.npz." in said
    assert download.fetch(["blobs"], data) == 0
    assert f"✓ blobs: 30 + 12 images in {data}, content verified" in capsys.readouterr().out
    (data / "blobs/blobs.npz").write_bytes(b"not whole")
    assert download.fetch(["blobs"], data, verify_only=True) == 1
    assert "blobs.npz is damaged" in capsys.readouterr().out
    assert download.fetch(["blobs"], data) == 0 and download.fetch(["blob"], data) == 1
    assert "choose from mnist, fashion-mnist, cifar10, blobs" in capsys.readouterr().out


def test_a_notebook_loads_it_by_its_inlined_module(blobs):
    data, parts = blobs
    text = inline.inline("from uni_orders import blobs  # inlined", "blobs.load()", student=True)
    assert "uni_orders" not in text and "coursework" not in text.replace("COURSEWORK", "")
    scope = {}
    exec(text, scope)
    images = scope["blobs"].load()
    assert (data / "blobs/blobs.npz").exists() and np.array_equal(images.x_test.numpy(), parts["x_test"])


def test_evidence_knows_its_images(blobs):
    data, parts = blobs
    assert evidence.known_images(data, ("blobs", "test", 5)) is None
    evidence.known_images.cache_clear()
    download.fetch(["blobs"], data)
    known = evidence.known_images(data, ("blobs", "test", 5))
    assert np.array_equal(known.images, parts["x_test"][known.chosen]) and len(known.labels) == 5
    assert known.fingerprint == datasets.fingerprint(torch.from_numpy(parts["x_test"]))
    held = evidence.known_images(data, ("blobs", "train", 4), 3)
    assert np.array_equal(held.labels, parts["y_train"][held.chosen]) and len(held.truth) == 30


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("return Images(", "return list((", "returns list, not coursework's Images"),
     ('"y_train", "x_test"', '"y_test", "x_test"', "not uint8 tensors with an int64 label each"),
     ("np.load(folder", "np.lod(folder", "cannot be read (AttributeError")],
)  # fmt: skip
def test_a_set_that_does_not_keep_its_word_is_one_line(blobs, capsys, old, new, said):
    data, _ = blobs
    download.fetch(["blobs"], data)
    module = importlib.import_module("uni_orders.blobs")
    with open(module.__file__) as file:
        text = file.read()
    text = text.replace(old, new).replace('"Blobs")', '"Blobs"))' if "list((" in new else '"Blobs")')
    with open(module.__file__, "w") as file:
        file.write(text)
    os.utime(module.__file__, (1, 1))
    importlib.reload(module)
    capsys.readouterr()
    assert download.fetch(["blobs"], data, verify_only=True) == 1
    assert said in capsys.readouterr().out


def test_bad_entry_points_are_one_line(tmp_path):
    for name, value, said in (
        (
            "blobs",
            "uni_orders.nothing:Blobs",
            "'blobs' of .* cannot be loaded: ModuleNotFoundError",
        ),
        ("blobs", "uni_orders.blobs:load", "is not an instance of coursework.notebook.sets.DataSet"),
        ("mnist", "uni_orders.sets:Blobs", "adds a data set 'mnist' .* one of ours"),
    ):
        files = example()
        old = 'blobs = "uni_orders.sets:Blobs"'
        files["pyproject.toml"] = files["pyproject.toml"].replace(old, f'{name} = "{value}"')
        with installed(tmp_path / f"{name}-{value}", files), pytest.raises(StaffError, match=said):
            sets.known()


def test_evidence_of_an_unknown_set_is_refused():
    about = AboutEvidence(weights="w", claim=("a",), needs=(), images=("imagenet", "test", 3))
    with pytest.raises(StaffError, match="no data set 'imagenet': it may be"):
        sets.named(about.images[0])
