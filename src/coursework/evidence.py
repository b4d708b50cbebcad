"""What only a student's full run can show, tried again: the handed-in weights name images in a sandbox of their own.

A test cell of the source notebook asks for it in its metadata (docs/writing-a-question.md):

    "coursework": {"evidence": {"weights": "hw1_state.pt", "claim": ["hw1_results.json", "trained", 1],
                                "images": ["cifar10", "test", 1000], "needs": ["q2-1-mlp"]}}

Its probe "classes" emits the classes of handin/evidence.npy. That cell, the set-up and the student's own cells in
`needs` run once more, without data sets; the labels stay here. They are the data set's, or what the reference emits for
the probe that `labels` names. Without `bands` the outcome is for a human reader only; with them the accuracy that the
weights reach gives the cell's points, and what could not be tried waits for a human.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat.notebooknode import NotebookNode

from coursework.course import Course
from coursework.judge import decode, emissions

IMAGES = "evidence.npy"  # in handin/ of the evidence run: uint8 images as the loaders give them


@dataclass(frozen=True)
class Evidence:
    """One cell's request. `images`: data set, split and how many (of "train" the first, of "test" drawn once).

    `claim`: a file of the hand-in and the way to the number in it. `bands`: (least accuracy, fraction), falling.
    """

    cell: str
    weights: str
    images: tuple[str, str, int]
    needs: tuple[str, ...]
    claim: tuple[Any, ...]
    tolerance: float = 0.04
    labels: str = ""
    bands: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What is said of a claim: `agrees` is None where it was not tried, `fraction` where no points depend on it."""

    cell: str
    text: str
    claimed: float | None
    reproduced: float | None
    agrees: bool | None
    fraction: float | None = None

    @property
    def waits(self) -> bool:
        """Whether points wait for a human because nothing could be reproduced."""
        return self.fraction is not None and self.reproduced is None

    def record(self) -> dict[str, Any]:
        return self.__dict__.copy()


def wanted(source: NotebookNode) -> list[Evidence]:
    """The requests of a source notebook."""
    found = []
    for cell in source.cells:
        about = cell.metadata.get("coursework", {}).get("evidence")
        if about:
            lists = {name: tuple(value) for name, value in about.items() if isinstance(value, list)}
            found.append(Evidence(cell=cell.metadata.nbgrader.grade_id, **{**about, **lists}))
    return found


@lru_cache(maxsize=4)
def known_images(folder: Path, images: tuple[str, str, int]) -> tuple[bytes, np.ndarray] | None:
    """(the file evidence.npy, labels) of these images; None when the data set is not in `folder`."""
    from coursework import datasets, fetch  # PyTorch comes with them

    name, split, count = images
    with fetch.data_root(folder):
        spec = fetch.SETS[name]
        if datasets.missing(spec):
            return None
        found = datasets.read(spec, (count, 0) if split == "train" else (0, sum(spec.counts[1])))
    x, y = (found.x_train, found.y_train) if split == "train" else (found.x_test, found.y_test)
    chosen = np.arange(count) if split == "train" else np.random.default_rng(2026).permutation(len(y))[:count]
    file = BytesIO()
    np.save(file, x.numpy()[chosen])
    return file.getvalue(), y.numpy()[chosen]


def notebooks(
    course: Course, requests: list[Evidence], nb: NotebookNode, handin: dict[str, bytes]
) -> dict[str, dict[str, Any]]:
    """cell → {"notebook", "handin"} of the evidence runs that this hand-in (sanitized `nb`) has the weights for."""
    found = {}
    for request in requests:
        images = known_images(course.data, request.images) if course.data else None
        if images is None or request.weights not in handin:
            continue
        keep = {request.cell, *request.needs}
        cells = [c for c in nb.cells if c.cell_type == "code" and (c.id in keep or c.id.split("-")[0] == "setup")]
        files = {request.weights: handin[request.weights], IMAGES: images[0]}
        part = nbformat.v4.new_notebook(cells=cells, metadata=nb.metadata)
        found[request.cell] = {"notebook": nbformat.writes(part), "handin": files}
    return found


def claimed(request: Evidence, handin: dict[str, bytes]) -> float | None:
    """The number that the student's own run left behind; None when there is none between 0 and 1."""
    try:
        value: Any = json.loads(handin[request.claim[0]])
        for step in request.claim[1:]:
            value = value[step]
        return float(value) if 0 <= float(value) <= 1 else None
    except (KeyError, IndexError, TypeError, ValueError, RecursionError):
        return None


def not_tried(request: Evidence) -> Outcome:
    """The outcome where no evidence run is made: plain `nbgrader autograde`."""
    text = "Not tried again here; `coursework autograde` does."
    return Outcome(request.cell, text, None, None, None, 0.0 if request.bands else None)


def conclude(
    course: Course,
    request: Evidence,
    handin: dict[str, bytes],
    executed: NotebookNode | None,
    reference: dict[str, list[dict]],
) -> Outcome:
    """Compare the claim with what the handed-in weights did in `executed` (None: there was no evidence run)."""
    claim = claimed(request, handin)
    says = "No result of a full run was handed in" if claim is None else f"Your run says {claim:.3f}"
    pointed = 0.0 if request.bands else None

    def untried(why: str, agrees: bool | None = None) -> Outcome:
        waits = ". These points wait for a reader" if request.bands else ""
        return Outcome(request.cell, f"{says}; {why}{waits}.", claim, None, agrees, pointed)

    if request.weights not in handin:
        return untried(f"without {request.weights} beside the notebook, it could not be confirmed")
    if executed is None or course.data is None:
        return untried(f"the grader has no copy of {request.images[0]} to try your weights on")
    images = known_images(course.data, request.images)
    assert images is not None  # there was a run
    labels = images[1]
    if request.labels:
        value = next(r["value"] for r in reference[request.cell] if r["name"] == request.labels)
        labels = np.asarray(decode(value))
    records = [r for cell in executed.cells if cell.id == request.cell for r in emissions(cell)]
    named = [r["value"] for r in records if r["name"] == "classes"]
    guesses = decode(named[0]) if len(named) == 1 else None
    if guesses is None or guesses.shape != labels.shape:
        raised = named[0] if len(named) == 1 and named[0].get("kind") == "raised" else None
        reason = f" ({raised['type']}: {raised['message']})"[:200] if raised else ""
        return untried(f"{request.weights} could not be tried: your network did not name the images{reason}", False)
    reached = float((guesses == labels).mean())
    kind = "training" if request.images[1] == "train" else "test"
    text = f"{says}; your handed-in weights reach {reached:.3f} on {len(labels):,} {kind} images"
    agrees = claim is not None and abs(claim - reached) <= request.tolerance
    if request.bands:
        pointed = next((fraction for least, fraction in request.bands if reached >= least), 0.0)
    ending = ": confirmed." if agrees else "; a reader looks at it."
    return Outcome(request.cell, text + ending, claim, reached, agrees, pointed)
