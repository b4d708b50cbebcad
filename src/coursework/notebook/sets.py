"""The data sets by name: those that come along, and those that other packages add (docs/extending.md).

A package names an instance of `DataSet` by an entry point of the group `coursework.datasets`. `coursework data` fetches
and verifies it, and evidence cells may ask for its images. A notebook loads it by a module that `release` inlines.
"""

from pathlib import Path
from shutil import rmtree

from coursework.core.added import added
from coursework.core.course import StaffError
from coursework.core.records import nearest
from coursework.notebook import datasets
from coursework.notebook.datasets import DataError, Images, Spec

GROUP = "coursework.datasets"


class DataSet:
    """A data set in the folder of the data sets, which the sandbox binds read-only as $COURSEWORK_DATA."""

    title = ""

    def missing(self, root: Path) -> list[str]:
        """The files that are not in `root`, relative to it."""
        raise NotImplementedError

    def fetch(self, root: Path) -> None:
        """Put what is missing or damaged into `root`; raises DataError, in one line, when it cannot be had."""
        raise NotImplementedError

    def read(self, root: Path, limit: tuple[int, int] | None = None) -> Images:
        """The images in `root`, uint8 (N, …), and labels, int64 (N,).

        Args:
            root: Folder of the data sets.
            limit: At most so many images for training and for testing; the whole is then not verified.

        Raises:
            DataError: When a file is damaged.
        """
        raise NotImplementedError


class Official(DataSet):
    """One of ours: torchvision downloads it, and our loader checks its content. It is in `datasets.root()`."""

    def __init__(self, spec: Spec) -> None:
        self.spec, self.title = spec, spec.title

    def missing(self, root: Path) -> list[str]:
        return datasets.missing(self.spec)

    def read(self, root: Path, limit: tuple[int, int] | None = None) -> Images:
        return datasets.read(self.spec, limit)

    def fetch(self, root: Path) -> None:
        if datasets.missing(self.spec):
            datasets.download(self.spec)
            return
        # Torchvision keeps unpacked MNIST files whatever is in them, so the damaged folder must be out of its way.
        folder = root / Path(self.spec.files[0][0]).parts[0]
        aside = folder.with_name(folder.name + ".damaged")
        try:
            rmtree(aside, ignore_errors=True)
            folder.rename(aside)
        except OSError as error:
            raise DataError(f"{folder} is damaged and cannot be replaced ({error.strerror}).") from None
        try:
            datasets.download(self.spec)
            datasets.read(self.spec)
        except BaseException:  # Ctrl-C too
            rmtree(folder, ignore_errors=True)
            aside.rename(folder)
            raise
        rmtree(aside)


OURS = {"mnist": datasets.MNIST, "fashion-mnist": datasets.FASHION_MNIST, "cifar10": datasets.CIFAR10}


def known() -> dict[str, DataSet]:
    """Name → data set. Raises StaffError when an added one cannot be used."""
    others = added(GROUP, DataSet)
    if taken := sorted(set(others) & set(OURS)):
        raise StaffError(f"an installed package adds a data set {taken[0]!r} ({GROUP}): one of ours has this name")
    return {name: Official(spec) for name, spec in OURS.items()} | others


def named(name: str) -> DataSet:
    """The data set of this name; raises StaffError when there is none."""
    found = known()
    if name not in found:
        raise StaffError(f"there is no data set {name!r}: {nearest(name, list(found))}")
    return found[name]


def whole(data: DataSet, root: Path, limit: tuple[int, int] | None = None) -> Images:
    """What a data set reads, which must be images and labels of one length. Raises DataError, in one line."""
    try:
        images = data.read(root, limit)
    except DataError:
        raise
    except Exception as error:  # damaged bytes, or other people's code
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        raise DataError(f"{data.title} in {root} cannot be read ({said}).") from None
    if not isinstance(images, Images):
        raise DataError(f"{data.title}: its `read` returns {type(images).__name__}, not coursework's Images.")
    for x, y in ((images.x_train, images.y_train), (images.x_test, images.y_test)):
        if len(x) != len(y) or str(x.dtype) != "torch.uint8" or str(y.dtype) != "torch.int64":
            raise DataError(f"{data.title}: its images are not uint8 tensors with an int64 label each.")
    return images
