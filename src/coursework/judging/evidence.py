"""What only a student's full run can show, tried again: the handed-in weights name images in a sandbox of their own.

A test cell of the source notebook asks for it in its metadata (docs/writing-a-question.md):

    "coursework": {"evidence": {"weights": "hw1_state.pt", "claim": ["hw1_results.json", "trained", 1],
                                "images": ["cifar10", "test", 1000], "needs": ["q2-1-mlp"]}}

Its probe "classes" emits the classes of handin/evidence.npy. That cell, the set-up and the student's cells in
`needs`, with those that they need, run once more, without data sets; the labels stay here. They are the data set's, or
what the reference emits for the probe that `labels` names. What comes of it, `conclude.py` says.

As everybody can have the labels of a public data set, the images are shown in another order and each pixel is one
brighter, darker or as it was, both drawn from the weights' own digest: to a network it is nothing, to a table of
known images it is everything. That raises the price of a table, it does not make one impossible.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import about_cell, grade_id_of, is_setup
from coursework.core.course import Course
from coursework.core.records import AboutEvidence
from coursework.sandbox.needed import helpers
from coursework.sandbox.tasks import packed

ALL = 1_000_000_000  # more images than a data set has
IMAGES = "evidence.npy"  # in handin/ of the evidence run: uint8 images as the loaders give them


class Evidence(AboutEvidence):
    """One cell's request, with the cell's grade_id."""

    cell: str


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
    asked = ((grade_id_of(cell), about_cell(cell).evidence) for cell in source.cells)
    return [Evidence(cell=cell, **dict(about)) for cell, about in asked if about]


@lru_cache(maxsize=4)
def known_images(folder: Path | None, images: tuple[str, str, int] | None, shuffle: int | None = None) -> Known | None:
    """What is known of these images; None when none are asked for, or the data set is not in `folder`."""
    if folder is None or images is None:
        return None
    import torch

    from coursework.notebook import datasets, download, sets

    name, split, count = images
    data = sets.named(name)
    with download.data_root(folder):
        if data.missing(folder):
            return None
        first = count if shuffle is None else ALL
        found = sets.whole(data, folder, (first, 0) if split == "train" else (0, ALL))
    x, y = (found.x_train[:first], found.y_train[:first]) if split == "train" else (found.x_test, found.y_test)
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
        if request.weights not in handin:
            continue
        images = known_images(course.data, request.images, request.shuffle)  # PyTorch takes seconds
        if request.images and images is None:
            continue
        keep = {request.cell, *request.needs, *helpers(nb, request.needs)}
        cells = [c for c in nb.cells if c.cell_type == "code" and (c.id in keep or is_setup(c.id))]
        weights = handin[request.weights]
        files = {request.weights: weights} | ({IMAGES: shown(images.images, weights)} if images else {})
        part = nbformat.v4.new_notebook(cells=cells, metadata=nb.metadata)
        found[request.cell] = {"notebook": packed(part), "handin": files}
    return found
