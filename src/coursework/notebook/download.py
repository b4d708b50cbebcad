"""`coursework data`: fetch the data sets and verify them, each by its own loader."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coursework.notebook import datasets
from coursework.notebook.datasets import DataError, Images
from coursework.notebook.sets import DataSet, known, whole


def fetch(names: list[str], root: Path, verify_only: bool = False) -> int:
    """Fetch (unless `verify_only`) and verify the data sets `names`, or all, in the folder `root`.

    What is complete stays as it is; what is missing or damaged is fetched. Prints one line a data set. Returns the
    exit code: 0 when all are there and verified, 1 otherwise. Raises StaffError when one that is added cannot be used.
    """
    sets = known()
    unknown = [name for name in names if name not in sets]
    if unknown:
        print(f"There is no data set {unknown[0]!r}: choose from {', '.join(sets)}.")
        return 1
    with data_root(root):
        return max([_one(name, sets[name], verify_only) for name in names or sets])


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


def _one(name: str, data: DataSet, verify_only: bool) -> int:
    began, root = time.perf_counter(), datasets.root()
    try:
        if verify_only and (gone := data.missing(root)):
            folders = dict.fromkeys(Path(file).parent.as_posix() for file in gone)
            files = ", ".join(Path(file).name for file in gone)
            hint = f"run `coursework data {name}`, or put there {' and '.join(folders)}/ with {files}."
            raise DataError(f"{data.title} is not in {root}: {hint}")
        images = whole(data, root) if verify_only else _get(data, root)
    except DataError as error:
        print(f"✗ {name}: {error}")
        return 1
    counts = f"{len(images.y_train):,} + {len(images.y_test):,} images"
    print(f"✓ {name}: {counts} in {root}, content verified ({time.perf_counter() - began:.1f} s)")
    return 0


def _get(data: DataSet, root: Path) -> Images:
    """The data set as it is, or else fetched; raises DataError."""
    if not data.missing(root):
        try:
            return whole(data, root)
        except DataError:
            pass
    try:
        data.fetch(root)
    except DataError:
        raise
    except Exception as error:  # other people's code, or their server
        raise DataError(f"{data.title} could not be fetched ({type(error).__name__}: {error}).") from None
    return whole(data, root)
