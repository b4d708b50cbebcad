"""The image data sets: one loader that reads the official files and checks what is in them.

A notebook says ``from coursework.notebook import datasets  # inlined`` and calls ``datasets.cifar10()``. `release`
copies what the notebook uses of this module into its set-up cell. Hence the rules for this file: top-level functions,
classes and constants only, no `global`, no multi-line strings but docstrings, and nothing imported that Colab lacks.

The files lie in the folder `root()`, in torchvision's layout. What is missing is downloaded by torchvision, which
checks MD5. Reading does not rely on those sums, as a copy may hold the same images in another order: it checks the
content. When a class is graded nothing is downloaded, and without the files small generated images stand in.
"""

import contextlib
import gzip
import hashlib
import io
import os
import pickle
import socket
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

__all__ = ["DataError", "Images", "cifar10", "fashion_mnist", "fingerprint", "mnist", "root"]


class DataError(RuntimeError):
    """Missing or damaged data, in one line that says what to do; IPython shows that line and no traceback."""

    def _render_traceback_(self):
        return [f"\x1b[31m✗ {self}\x1b[0m"]


class Images(NamedTuple):
    """A data set: images uint8 (N, 3, 32, 32) or (N, 28, 28), values 0 to 255, and labels int64 (N,), 0 to 9.

    `classes` are the ten names in the order of the labels. `source` says what the images are, for a title or a report:
    "CIFAR-10", or "stand-in images (generated), not CIFAR-10".
    """

    x_train: torch.Tensor
    y_train: torch.Tensor
    x_test: torch.Tensor
    y_test: torch.Tensor
    classes: tuple[str, ...]
    source: str


class Spec(NamedTuple):
    """What is known of a data set: its names, its files, images per class, and the `_content` of train and test."""

    title: str
    torchvision: str  # the class that downloads it
    files: tuple[tuple[str, ...], tuple[str, ...]]  # of train and test, relative to root()
    shape: tuple[int, ...]
    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], tuple[int, ...]]
    content: tuple[str, str]


CIFAR10_CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
CIFAR10 = Spec(
    "CIFAR-10",
    "CIFAR10",
    (tuple(f"cifar-10-batches-py/data_batch_{i}" for i in range(1, 6)), ("cifar-10-batches-py/test_batch",)),
    (3, 32, 32),
    CIFAR10_CLASSES,
    ((5000,) * 10, (1000,) * 10),
    ("85873b872f38cafb7c6f99d01635ec10", "6470cca17226483ffed24316d69a7284"),
)
IDX = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"), ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
MNIST_TRAIN = 5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949  # images of each digit
MNIST_TEST = 980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009
MNIST = Spec(
    "MNIST",
    "MNIST",
    (tuple(f"MNIST/raw/{name}" for name in IDX[0]), tuple(f"MNIST/raw/{name}" for name in IDX[1])),
    (28, 28),
    tuple("0123456789"),
    (MNIST_TRAIN, MNIST_TEST),
    ("3bafe639115ada3a4f6ea1b0e57c28b9", "09035d9cd0383aa0d10d2029dce7854c"),
)
FASHION_MNIST = Spec(
    "FashionMNIST",
    "FashionMNIST",
    (tuple(f"FashionMNIST/raw/{name}" for name in IDX[0]), tuple(f"FashionMNIST/raw/{name}" for name in IDX[1])),
    (28, 28),
    ("T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"),
    ((6000,) * 10, (1000,) * 10),
    ("6500a5c38e44b76e4d2cda21fd0ae36d", "9fa243ba9d14ee8352ced0878e7ca5b0"),
)


def root() -> Path:
    """The folder of the data sets: $COURSEWORK_DATA, else data/ of the course around us (staff), else ./data."""
    named = os.environ.get("COURSEWORK_DATA")
    if named:
        return Path(named)
    here = Path.cwd()
    # Staff run notebooks in source/<assignment>/, and everything beside a notebook there would be handed out.
    course = next((p for p in (here, *here.parents) if (p / "nbgrader_config.py").exists()), here)
    return course / "data"


def cifar10(limit: tuple[int, int] | None = None) -> Images:
    """CIFAR-10: 50,000 + 10,000 colour images, (N, 3, 32, 32). `limit` = (n_train, n_test) takes the first ones only.

    Raises DataError when the files cannot be had or are not CIFAR-10.
    """
    return _images(CIFAR10, limit)


def mnist(limit: tuple[int, int] | None = None) -> Images:
    """MNIST: 60,000 + 10,000 digits, (N, 28, 28); see `cifar10`."""
    return _images(MNIST, limit)


def fashion_mnist(limit: tuple[int, int] | None = None) -> Images:
    """FashionMNIST: 60,000 + 10,000 pieces of clothing, (N, 28, 28); see `cifar10`."""
    return _images(FASHION_MNIST, limit)


def fingerprint(images: Images | torch.Tensor) -> str:
    """16 hex digits for these very images (and labels) in this order, whatever the device; artefacts carry them."""
    total = hashlib.sha256()
    for part in [images] if isinstance(images, torch.Tensor) else images[:4]:
        total.update(f"{tuple(part.shape)}{part.dtype}".encode())
        total.update(np.ascontiguousarray(part.cpu().numpy()).data)
    return total.hexdigest()[:16]


def _images(spec: Spec, limit: tuple[int, int] | None) -> Images:
    """The real images, downloaded if need be; when graded without them, generated ones."""
    if missing(spec):
        if os.environ.get("NBGRADER_EXECUTION") == "autograde":
            return _stand_in(spec, limit)
        download(spec)
    return read(spec, limit)


def _file(name: str) -> Path:
    """The file `name` of the root, or the same with .gz at its end if only that is there."""
    path = root() / name
    packed = path.with_name(path.name + ".gz")
    return packed if packed.exists() and not path.exists() else path


def missing(spec: Spec) -> list[str]:
    """The files that are not there, relative to root()."""
    return [name for names in spec.files for name in names if not _file(name).exists()]


def wanted(spec: Spec) -> str:
    """The folder and the files in it that are not there, for a message."""
    names = [Path(name).name for name in missing(spec)]
    return f"{Path(spec.files[0][0]).parent}/ with {', '.join(names)}"


def download(spec: Spec) -> None:
    """Let torchvision download the data set into root(), with its progress bar; raises DataError, also when offline."""
    import torchvision

    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(30)  # seconds; a network that swallows everything must not hang a notebook
    try:
        # MNIST's downloader prints a line for each mirror that fails; the DataError says it once.
        with contextlib.redirect_stdout(io.StringIO()):
            getattr(torchvision.datasets, spec.torchvision)(root(), download=True)
    except Exception as error:
        # MNIST's downloader wraps the error of its last mirror: that is the last line, in angle brackets.
        reason = f"{getattr(error, 'reason', error)}".strip().splitlines()[-1:] or [type(error).__name__]
        raise DataError(
            f"{spec.title} is not in {root()} and could not be downloaded ({reason[0].strip('<>')[:120]}). "
            f"Run this again with a network, or put there {wanted(spec)}."
        ) from None
    finally:
        socket.setdefaulttimeout(before)


def read(spec: Spec, limit: tuple[int, int] | None = None) -> Images:
    """Read the files in root() and check them; the whole content only when there is no `limit`. Raises DataError."""
    parts = []
    for which, names in enumerate(spec.files):
        count = sum(spec.counts[which])
        n = count if limit is None else min(limit[which], count)
        try:
            pixels, labels = (_read_batches if spec is CIFAR10 else _read_idx)(names, n)
        except Exception as error:  # damaged bytes make a pickle fail in any way
            raise DataError(
                f"{spec.title} in {root()} cannot be read ({type(error).__name__}: {error}). {_repair(spec)}"
            ) from None
        if pixels.dtype != np.uint8 or pixels.size != n * int(np.prod(spec.shape)) or labels.shape != (n,):
            raise DataError(f"{spec.title} in {root()} has the wrong number or size of images. {_repair(spec)}")
        if n and not 0 <= labels.min() <= labels.max() <= 9:
            raise DataError(f"{spec.title} in {root()} has labels outside 0 to 9. {_repair(spec)}")
        x, y = torch.from_numpy(pixels.reshape(n, *spec.shape)), torch.from_numpy(labels)
        if limit is None and tuple(np.bincount(labels, minlength=10)) != spec.counts[which]:
            raise DataError(f"{spec.title} in {root()} has the wrong number of images per class. {_repair(spec)}")
        if limit is None and _content(x, y) != spec.content[which]:
            raise DataError(f"{spec.title} in {root()} has images or labels that are not official. {_repair(spec)}")
        parts.append((x, y))
    return Images(*parts[0], *parts[1], spec.classes, spec.title)


def _repair(spec: Spec) -> str:
    return f"Delete {root() / Path(spec.files[0][0]).parts[0]} and run this again: it is then downloaded anew."


def _content(x: torch.Tensor, y: torch.Tensor) -> str:
    """32 hex digits that stand for the set of (image, label) pairs, whatever their order: a sum of hashes."""
    rows = x.numpy().reshape(len(x), -1)
    pairs = zip(rows, y.tolist(), strict=True)
    total = sum(int.from_bytes(hashlib.sha256(row.tobytes() + bytes([label])).digest()[:16]) for row, label in pairs)
    return f"{total % 2**128:032x}"


class _BatchUnpickler(pickle.Unpickler):
    """Unpickles CIFAR-10's batches and nothing else: a pickle from elsewhere could run any code."""

    def find_class(self, module, name):
        if (module, name) in (("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct")):
            return np.empty(0).__reduce__()[0]  # the same function under numpy 1 and 2
        if (module, name) in (("numpy", "ndarray"), ("numpy", "dtype")):
            return getattr(np, name)
        if (module, name) == ("_codecs", "encode"):  # bytes, as Python 3 writes them in protocol 2
            return lambda text, _: text.encode("latin1")
        raise pickle.UnpicklingError(f"it asks for {module}.{name}, which is not part of CIFAR-10")


def _read_batches(names: tuple[str, ...], n: int) -> tuple[np.ndarray, np.ndarray]:
    """The first `n` images, uint8 (n, 3072), and labels, int64 (n,), of CIFAR-10's batch files."""
    pixels, labels = [np.empty((0, 3072), np.uint8)], [np.empty(0, np.int64)]
    for name in names:
        left = n - sum(map(len, labels))
        if left > 0:
            with open(root() / name, "rb") as file:
                batch = _BatchUnpickler(file, encoding="bytes").load()
            pixels.append(batch[b"data"][:left])
            labels.append(np.asarray(batch[b"labels"][:left], np.int64))
    return np.concatenate(pixels), np.concatenate(labels)


def _read_idx(names: tuple[str, ...], n: int) -> tuple[np.ndarray, np.ndarray]:
    """The first `n` images, uint8 (n, 784), and labels, int64 (n,), of a pair of idx files, packed or not."""
    arrays = []
    for name, magic, header, size in zip(names, (0x803, 0x801), (16, 8), (784, 1), strict=True):
        path = _file(name)
        with gzip.open(path) if path.suffix == ".gz" else open(path, "rb") as file:
            if int.from_bytes(file.read(header)[:4]) != magic:
                raise ValueError(f"{path.name} is not an idx file")
            arrays.append(np.frombuffer(bytearray(file.read(n * size)), np.uint8).reshape(-1, size))
    return arrays[0], arrays[1][:, 0].astype(np.int64)


def _stand_in(spec: Spec, limit: tuple[int, int] | None) -> Images:
    """At most 2000 + 1000 generated images: a shape and colour for each class under noise, the same in every run.

    An MLP reaches 0.5 within a few epochs, so that code which learns can be told from code which does not.
    """
    side, channels = spec.shape[-1], 3 if len(spec.shape) == 3 else 1
    v, u = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    disc = (2 * v - side + 1) ** 2 + (2 * u - side + 1) ** 2 < side**2 // 3
    halves, bars = (u < side // 2, v < side // 2, u < v, u + v < side), (u // 4) % 2 == 0
    shapes = torch.stack([disc, ~disc, *halves, bars, bars.T, bars ^ bars.T, (u + v) % 8 < 4])[:, None]
    colours = 60 + 20 * (torch.arange(10)[:, None] * torch.tensor([1, 3, 7]) % 10) if channels == 3 else 200
    bright = (shapes * torch.as_tensor(colours).expand(10, channels)[:, :, None, None]).short()  # (10, channels, …)
    generator = torch.Generator().manual_seed(20)  # on the CPU, and integers only: the same on every machine
    parts = []
    for most, n in zip((2000, 1000), limit or (2000, 1000), strict=True):
        y = torch.randperm(most, generator=generator) % 10
        strength = torch.randint(2, 5, (most, 1, 1, 1), generator=generator, dtype=torch.int16)
        noise = torch.randint(-90, 91, (most, channels, side, side), generator=generator, dtype=torch.int16)
        x = (bright[y] * strength // 4 + noise).clamp(0, 255).to(torch.uint8)
        parts.append((x.reshape(most, *spec.shape)[:n].clone(), y[:n].clone()))
    return Images(*parts[0], *parts[1], spec.classes, f"stand-in images (generated), not {spec.title}")
