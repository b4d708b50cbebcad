"""`coursework data`: fetch the data sets with torchvision's downloaders, and verify them with our own loader."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from coursework.notebook import datasets
from coursework.notebook.datasets import DataError, Spec

SETS = {"mnist": datasets.MNIST, "fashion-mnist": datasets.FASHION_MNIST, "cifar10": datasets.CIFAR10}


def fetch(names: list[str], root: Path, verify_only: bool = False) -> int:
    """Fetch (unless `verify_only`) and verify the data sets `names`, or all, in the folder `root`.

    What is complete stays as it is; what is missing or damaged is downloaded. Prints one line a data set. Returns the
    exit code: 0 when all are there and verified, 1 otherwise.
    """
    unknown = [name for name in names if name not in SETS]
    if unknown:
        print(f"There is no data set {unknown[0]!r}: choose from {', '.join(SETS)}.")
        return 1
    with data_root(root):
        return max([_one(name, SETS[name], verify_only) for name in names or SETS])


@contextmanager
def data_root(folder: Path) -> Iterator[None]:
    """Let the loader look in `folder` for a while."""
    before = os.environ.get("COURSEWORK_DATA")
    os.environ["COURSEWORK_DATA"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("COURSEWORK_DATA")
        if before is not None:
            os.environ["COURSEWORK_DATA"] = before


def _one(name: str, spec: Spec, verify_only: bool) -> int:
    began = time.perf_counter()
    try:
        if verify_only and datasets.missing(spec):
            hint = f"run `coursework data {name}`, or put there {datasets.wanted(spec)}."
            raise DataError(f"{spec.title} is not in {datasets.root()}: {hint}")
        images = datasets.read(spec) if verify_only else _get(spec)
    except DataError as error:
        print(f"✗ {name}: {error}")
        return 1
    counts = f"{len(images.y_train):,} + {len(images.y_test):,} images"
    print(f"✓ {name}: {counts} in {datasets.root()}, content verified ({time.perf_counter() - began:.1f} s)")
    return 0


def _get(spec: Spec) -> datasets.Images:
    """The data set as it stands, or else downloaded; raises DataError."""
    if datasets.missing(spec):
        datasets.download(spec)
        return datasets.read(spec)
    try:
        return datasets.read(spec)
    except DataError:
        pass
    # Torchvision keeps unpacked MNIST files whatever is in them, so the damaged folder must be out of its way.
    folder = datasets.root() / Path(spec.files[0][0]).parts[0]
    aside = folder.with_name(folder.name + ".damaged")
    try:
        rmtree(aside, ignore_errors=True)
        folder.rename(aside)
    except OSError as error:
        raise DataError(f"{folder} is damaged and cannot be replaced ({error.strerror}).") from None
    try:
        datasets.download(spec)
        images = datasets.read(spec)
    except BaseException:  # Ctrl-C too
        rmtree(folder, ignore_errors=True)
        aside.rename(folder)
        raise
    rmtree(aside)
    return images
