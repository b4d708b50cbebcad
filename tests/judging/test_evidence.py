"""A claim of a student's own run beside what the handed-in weights do on images without labels."""

import io
import json

import nbformat
import numpy as np
import pytest
import torch
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde

from coursework.authoring import release
from coursework.core.course import Course
from coursework.core.files import read_json
from coursework.grading import autograde
from coursework.judging import conclude, evidence
from coursework.notebook import datasets
from tests.support.course import answered, meta, submit

LABELS = np.arange(100) % 10
CELL = '''def name_images(images):
    """Twice the handed-in number for each image: the right label, or another one."""
    return double(images[:, 0] // 20 * float(open("handin/w.txt").read()) / 2) % 10


check.law("double", callable(double), "it is no function.")
### BEGIN HIDDEN TESTS
check.probe("labels", lambda: (np.arange(100) % 10).astype(float))
check.probe("classes", lambda: name_images(np.load("handin/evidence.npy")))
### END HIDDEN TESTS
'''
REQUEST = {
    "weights": "w.txt",
    "claim": ["results.json", "trained", 1],
    "images": ["cifar10", "test", 100],
    "tolerance": 0.05,
    "needs": ["q1-1-double"],
}


def with_evidence(tiny, monkeypatch, points, **request):
    """The tiny course with an evidence cell, released, and a data set whose images show their labels."""
    path = tiny.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    said = ", ".join(f"{least:g}" for least, _ in request.get("bands", ()))
    cell = new_code_cell(
        f"# Accuracies with points: {said}\n{CELL}",
        id="q1-1-double--evidence",
        metadata=meta("q1-1-double--evidence", points),
    )
    cell.metadata["coursework"] = {"evidence": REQUEST | request}
    nb.cells.insert(5, cell)
    nb.metadata.coursework.points += points
    nbformat.write(nb, path)
    release.release(tiny, "hw0-tiny", unproven=True)
    (tiny.root / "data" / "set").mkdir(parents=True)
    images = (20 * LABELS + 10).astype(np.uint8)[:, None]
    known = evidence.Known(images, LABELS, np.arange(100), LABELS, "mark")
    monkeypatch.setattr(evidence, "known_images", lambda *_: known)
    monkeypatch.setattr(conclude, "known_images", lambda *_: known)
    return tiny


@pytest.fixture
def course(tiny, monkeypatch):
    return with_evidence(tiny, monkeypatch, 0)


def hand_in(course, student, claim=None, weight=None, nb=None):
    submit(course, student, nb or answered(course))
    folder = course.submitted(student, "hw0-tiny") / "handin"
    folder.mkdir()
    if claim is not None:
        (folder / "results.json").write_text(json.dumps({"trained": [0.5, claim]}))
    if weight is not None:
        (folder / "w.txt").write_text(weight)


def verdicts(course, summary):
    return {row.student: read_json(course.autograded(row.student, "hw0-tiny") / "verdict.json") for row in summary.rows}


def test_claims_are_tried_on_the_handed_in_weights(course):
    hand_in(course, "Honest_Ada", 0.98, "1")
    hand_in(course, "Boaster_Bo", 0.98, "0")  # names everything class 0: a tenth is right
    hand_in(course, "Broken_Cy", 0.98, "no number")
    hand_in(course, "Forgetful_Di", 0.98)
    hand_in(course, "Silent_Ed", None, "1")
    nb = answered(course, double="from fractions import Fraction\ndef double(x):\n    return times(x, TWO)")
    helper = "TWO = 2\ndef times(x, n):\n    return n * x\nopen('no file')"  # it ends as one that reads the data
    nb.cells.insert(next(i for i, c in enumerate(nb.cells) if c.id == "q1-1-double"), new_code_cell(helper, id="own"))
    hand_in(course, "Helper_Fay", 0.98, "1", nb)
    summary = autograde.autograde(course, "hw0-tiny")
    found = verdicts(course, summary)
    says = {student: verdict["evidence"][0] for student, verdict in found.items()}
    assert says["Honest_Ada"]["agrees"] and says["Honest_Ada"]["reproduced"] == 1.0
    assert "confirmed" in says["Honest_Ada"]["text"] and "confirmed" in says["Helper_Fay"]["text"]
    assert says["Boaster_Bo"]["agrees"] is False and says["Boaster_Bo"]["reproduced"] == pytest.approx(0.1)
    assert says["Broken_Cy"]["agrees"] is False and "ValueError" in says["Broken_Cy"]["text"]
    assert says["Forgetful_Di"]["agrees"] is None and "w.txt" in says["Forgetful_Di"]["text"]
    assert says["Silent_Ed"]["agrees"] is False and "No result" in says["Silent_Ed"]["text"]
    assert {s for s, v in found.items() if v["state"] == "review"} == {"Boaster_Bo", "Broken_Cy", "Silent_Ed"}
    assert all(row.score == 7 for row in summary.rows)  # evidence is for a grader, never points by itself
    shown = nbformat.read(course.autograded("Boaster_Bo", "hw0-tiny") / "hw0-tiny.ipynb", as_version=4)
    outputs = next(c for c in shown.cells if c.id == "q1-1-double--evidence").outputs
    assert "reach 0.100 on 100 test images" in outputs[0].data["text/plain"]


def test_a_run_at_chance_level_is_never_confirmed(tiny, monkeypatch):
    course = with_evidence(tiny, monkeypatch, 0)
    hand_in(course, "Guessing_Gil", 0.1, "0")
    summary = autograde.autograde(course, "hw0-tiny")
    found = verdicts(course, summary)["Guessing_Gil"]
    assert found["state"] == "review" and found["evidence"][0]["agrees"] is False
    assert "no better than guessing; a grader will check it" in found["evidence"][0]["text"]
    assert conclude.chance(np.arange(1000) % 10) == pytest.approx(0.128, abs=1e-3)
    assert conclude.chance(np.arange(6) % 3) < 0.7  # six right ones of six are no guess


def test_points_by_bands_count_as_far_as_they_are_reproduced(tiny, monkeypatch):
    bands = [[0.98, 1.0], [0.05, 0.5]]
    course = with_evidence(tiny, monkeypatch, 4, bands=bands, labels="labels")
    hand_in(course, "Honest_Ada", 1.0, "1")
    hand_in(course, "Weaker_Bo", 0.1, "0")
    hand_in(course, "Forgetful_Di", 1.0)
    hand_in(course, "Nothing_Ed")
    summary = autograde.autograde(course, "hw0-tiny")
    scores = {"Forgetful_Di": 7, "Honest_Ada": 11, "Nothing_Ed": 7, "Weaker_Bo": 9}
    assert {row.student: row.score for row in summary.rows} == scores
    waits = {"Forgetful_Di": 2, "Honest_Ada": 1, "Nothing_Ed": 1, "Weaker_Bo": 1}  # 1: the theory answer
    assert {row.student: row.waiting for row in summary.rows} == waits
    text = verdicts(course, summary)["Forgetful_Di"]["evidence"][0]["text"]
    assert "wait for a grader" in text


def test_another_order_of_the_images_costs_no_points(tiny, monkeypatch):
    bands = [[0.98, 1.0], [0.05, 0.5]]
    course = with_evidence(tiny, monkeypatch, 4, bands=bands, labels="labels", data=["results.json", "data"])
    for student, weight, mark in (("Same_Ada", "0", "mark"), ("Other_Bo", "0", "order"), ("Good_Cy", "1", "order")):
        hand_in(course, student, 0.1, weight)
        path = course.submitted(student, "hw0-tiny") / "handin" / "results.json"
        path.write_text(json.dumps({"trained": [0.5, 0.1], "data": mark}))
    summary = autograde.autograde(course, "hw0-tiny")
    found = {student: verdict["evidence"][0] for student, verdict in verdicts(course, summary).items()}
    assert {s: (e["fraction"], e["waits"]) for s, e in found.items()} == {
        "Same_Ada": (0.5, False),
        "Other_Bo": (0.5, True),
        "Good_Cy": (1.0, False),
    }
    assert "in another order" in found["Other_Bo"]["text"] and "in another order" in found["Good_Cy"]["text"]
    assert {row.student: row.waiting for row in summary.rows} == {"Same_Ada": 1, "Other_Bo": 2, "Good_Cy": 1}


def test_a_table_of_known_images_is_no_network(tiny, monkeypatch):
    """Labels that are stored by place or by exact pixels: the images come in another order, each a little changed."""
    images = np.arange(3000, dtype=np.int64).reshape(1000, 3) % 200 + 10
    shown = np.load(io.BytesIO(evidence.shown(images.astype(np.uint8), b"weights")))
    order = evidence.shown_order(1000, b"weights")
    assert shown.dtype == np.uint8 and np.abs(shown.astype(int) - images[order]).max() == 1
    assert (shown == images[order]).all(axis=1).mean() < 0.1 and (order == np.arange(1000)).mean() < 0.1
    assert evidence.shown(images.astype(np.uint8), b"weights") == evidence.shown(images.astype(np.uint8), b"weights")
    assert not np.array_equal(order, evidence.shown_order(1000, b"other weights"))


def test_an_answer_that_looks_for_the_evidence_waits_for_a_reader(tiny, monkeypatch):
    course = with_evidence(tiny, monkeypatch, 4, bands=[[0.98, 1.0]], labels="labels")
    hand_in(course, "Clever_Bo", 1.0, "1")
    trick = "import os\n\n\ndef double(x):\n    os.path.exists('handin/evidence.npy')\n    return 2 * x\n"
    submit(course, "Clever_Bo", answered(course, double=trick))
    found = verdicts(course, autograde.autograde(course, "hw0-tiny"))["Clever_Bo"]["evidence"][0]
    assert found["waits"] and found["fraction"] == 0 and "q1-1-double speaks of 'handin'" in found["text"]


CURVES = {"names": ["train_loss", "val_acc"], "epochs": 3}


@pytest.mark.parametrize(
    ("losses", "accuracies", "says"),
    [
        ([3.0, 2.0, 1.0], [0.1, 0.5, 0.9], ""),
        ([3.0, 2.0], [0.1, 0.5], "holds 2 epochs, at least 3"),
        ([3.0, 2.0, 1.0], [0.1, 0.5], "different lengths"),
        ([3.0, 2.0, 3.5], [0.1, 0.5, 0.9], "not fallen"),
        ([3.0, 2.0, 1.0], [10, 50, 90], "val_acc leaves 0 to 1"),
        ([3.0, 2.0, float("nan")], [0.1, 0.5, 0.9], "no numbers called train_loss"),
        ([3.0, 2.0, True], [0.1, 0.5, 0.9], "no numbers called train_loss"),
        (None, [0.1], "no numbers called train_loss"),
        ([], [], "holds 0 epochs"),
    ],
)
def test_what_is_odd_about_curves_is_said_in_one_sentence(losses, accuracies, says):
    claim = ("results.json", "val_acc", -1)
    request = evidence.Evidence(cell="x", weights="w", needs=(), claim=claim, curves=CURVES)
    handin = {"results.json": json.dumps({"train_loss": losses, "val_acc": accuracies}).encode()}
    said = conclude.odd_curves(request, handin)
    assert (says in said and said.endswith(".")) if says else not said
    assert conclude.odd_curves(request, {}) == ""


def test_validation_images_are_those_of_the_notebook(monkeypatch):
    """The last ones after torch.randperm with the notebook's seed, with their labels, and its fingerprint."""
    folder = Course.find().data
    if folder is None or evidence.known_images(folder, ("fashion-mnist", "train", 10)) is None:
        pytest.skip("needs FashionMNIST")
    known = evidence.known_images(folder, ("fashion-mnist", "train", 2000), 5)
    monkeypatch.setenv("COURSEWORK_DATA", str(folder))
    clothes = datasets.fashion_mnist()
    rows = torch.randperm(60000, generator=torch.Generator().manual_seed(5))[58000:]
    assert np.array_equal(known.images, clothes.x_train[rows].numpy())
    assert np.array_equal(known.labels, clothes.y_train[rows].numpy())
    assert known.fingerprint == datasets.fingerprint(clothes.x_train[rows])


def test_plain_nbgrader_autograde_leaves_these_points_to_a_reader(tiny, monkeypatch):
    course = with_evidence(tiny, monkeypatch, 4, bands=[[0.9, 1.0]], labels="labels")
    hand_in(course, "Honest_Ada", 1.0, "1")
    monkeypatch.chdir(course.root)
    converter = Autograde(coursedir=course.directory("hw0-tiny"), config=course.config)
    converter.create_student = True
    converter.start()
    verdict = read_json(course.autograded("Honest_Ada", "hw0-tiny") / "verdict.json")
    assert "Not tried again here" in verdict["evidence"][0]["text"]
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade("q1-1-double--evidence", "hw0-tiny", "hw0-tiny", "Honest_Ada")
        assert grade.needs_manual_grade and grade.auto_score == 0


DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="  # one pixel


def test_a_human_sees_the_outputs_that_were_handed_in(course):
    nb = answered(course)
    cell = next(c for c in nb.cells if c.id == "q1-1-double")
    cell.outputs = [
        new_output("stream", text="my full run\n"),
        new_output("display_data", {"text/html": "<script>alert(1)</script>", "image/png": DOT}),
        new_output("display_data", {"text/html": "<script>alert(2)</script>"}),
    ]
    submit(course, "Honest_Ada", nb)
    autograde.autograde(course, "hw0-tiny")
    graded = nbformat.read(course.autograded("Honest_Ada", "hw0-tiny") / "hw0-tiny.ipynb", as_version=4)
    outputs = next(c for c in graded.cells if c.id == "q1-1-double").outputs
    assert [o.get("text") or list(o.data) for o in outputs] == ["my full run\n", ["image/png"], ["text/plain"]]
    assert "an output with a script that is not shown: see submitted/Honest_Ada" in outputs[2].data["text/plain"]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"trained": 3}', '{"trained": [0, 7]}', '{"trained": [0, "x"]}', "[" * 9000]
)
def test_a_malformed_claim_is_no_claim(text):
    request = evidence.Evidence(cell="x", **{**REQUEST, "claim": tuple(REQUEST["claim"])})
    assert conclude.claimed(request, {"results.json": text.encode()}) is None
