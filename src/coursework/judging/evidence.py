"""What only a student's full run can show, tried again: the handed-in weights name images in a sandbox of their own.

A test cell of the source notebook asks for it in its metadata (docs/writing-a-question.md):

    "coursework": {"evidence": {"weights": "hw1_state.pt", "claim": ["hw1_results.json", "trained", 1],
                                "images": ["cifar10", "test", 1000], "needs": ["q2-1-mlp"]}}

Its probe "classes" emits the classes of handin/evidence.npy. That cell, the set-up and the student's own cells in
`needs` run once more, without data sets; the labels stay here. They are the data set's, or what the reference emits for
the probe that `labels` names. What comes of it, `conclude.py` says.

As everybody can have the labels of a public data set, the images are shown in another order and each pixel is one
brighter, darker or as it was, both drawn from the weights' own digest: to a network it is nothing, to a table of
known images it is everything. That raises the price of a table, it does not make one impossible.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat.notebooknode import NotebookNode

from coursework.core.course import Course

IMAGES = "evidence.npy"  # in handin/ of the evidence run: uint8 images as the loaders give them


@dataclass(frozen=True)
class Evidence:
    """One cell's request. `images`: data set, split and how many (of "train" the first, of "test" drawn once), or none.

    `shuffle`: not the first of "train" but the last, in the order that torch.randperm gives for this seed.
    `claim`: a file of the submission and the way to the number in it. `bands`: (least accuracy, fraction), falling.
    `curves`: which lists that file holds besides, one number for each of at least so many epochs.
    `predictions`: a CSV with a class for every test image, which the weights have to bear out; `data`: a file and the
    way to the fingerprint of the images that it was made on.
    """

    cell: str
    weights: str
    needs: tuple[str, ...]
    claim: tuple[Any, ...]
    images: tuple[str, str, int] | None = None
    tolerance: float = 0.04
    labels: str = ""
    bands: tuple[tuple[float, float], ...] = ()
    predictions: str = ""
    data: tuple[Any, ...] = ()
    shuffle: int | None = None
    curves: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the grader knows of a request: the `images` (n, …) as uint8, and what never goes into the sandbox.

    `labels` (n,) belong to the images, which are those of the places `chosen` in the split; `truth` are the labels of
    the whole split. `fingerprint` is the one of its images, of "train" that of the n images.
    """

    images: np.ndarray
    labels: np.ndarray
    chosen: np.ndarray
    truth: np.ndarray
    fingerprint: str


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
def known_images(folder: Path | None, images: tuple[str, str, int] | None, shuffle: int | None = None) -> Known | None:
    """What is known of these images; None when none are asked for, or the data set is not in `folder`."""
    if folder is None or images is None:
        return None
    import torch

    from coursework.notebook import datasets, download

    name, split, count = images
    with download.data_root(folder):
        spec = download.SETS[name]
        if datasets.missing(spec):
            return None
        first = count if shuffle is None else sum(spec.counts[0])
        found = datasets.read(spec, (first, 0) if split == "train" else (0, sum(spec.counts[1])))
    x, y = (found.x_train, found.y_train) if split == "train" else (found.x_test, found.y_test)
    if split == "test":
        chosen = np.random.default_rng(2026).permutation(len(y))[:count]
    elif shuffle is None:
        chosen = np.arange(count)
    else:
        chosen = torch.randperm(len(y), generator=torch.Generator().manual_seed(shuffle)).numpy()[-count:]
    mark = datasets.fingerprint(x if split == "test" else x[chosen])
    return Known(x.numpy()[chosen], y.numpy()[chosen], chosen, y.numpy(), mark)


def _dice(weights: bytes) -> np.random.Generator:
    return np.random.default_rng(list(hashlib.sha256(weights).digest()))


def shown_order(count: int, weights: bytes) -> np.ndarray:
    """The places (count,) of the images in the order in which a network with these weights sees them."""
    return _dice(weights).permutation(count)


def shown(images: np.ndarray, weights: bytes) -> bytes:
    """The .npy file of the images in that order, each pixel changed by −1, 0 or 1."""
    dice = _dice(weights)
    moved = images[dice.permutation(len(images))].astype(np.int16)
    moved += dice.integers(-1, 2, moved.shape, dtype=np.int16)
    file = BytesIO()
    np.save(file, moved.clip(0, 255).astype(np.uint8))
    return file.getvalue()


def notebooks(
    course: Course, requests: list[Evidence], nb: NotebookNode, handin: dict[str, bytes]
) -> dict[str, dict[str, Any]]:
    """cell → {"notebook", "handin"} of the evidence runs that this submission (sanitized `nb`) has the weights for."""
    found = {}
    for request in requests:
        images = known_images(course.data, request.images, request.shuffle)
        if (request.images and images is None) or request.weights not in handin:
            continue
        keep = {request.cell, *request.needs}
        cells = [c for c in nb.cells if c.cell_type == "code" and (c.id in keep or c.id.split("-")[0] == "setup")]
        weights = handin[request.weights]
        files = {request.weights: weights} | ({IMAGES: shown(images.images, weights)} if images else {})
        part = nbformat.v4.new_notebook(cells=cells, metadata=nb.metadata)
        found[request.cell] = {"notebook": nbformat.writes(part), "handin": files}
    return found
