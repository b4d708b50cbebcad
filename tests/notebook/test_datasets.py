"""The loader on tiny files of our own making, and on the real ones where they are."""

import ast
import gzip
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch

from coursework.judging.inline import bundle
from coursework.notebook import datasets, download, sets
from coursework.notebook.datasets import DataError

SHARED = Path(__file__).parents[3] / "shared" / "data"
REAL = next((p for p in (os.environ.get("COURSEWORK_DATA"), SHARED) if p and (Path(p) / "MNIST").is_dir()), None)


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch):
    """An empty data folder, no grade mode, and a torchvision that is offline."""
    monkeypatch.setenv("COURSEWORK_DATA", str(tmp_path))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)

    def offline(*_, **__):
        raise OSError("no network")

    monkeypatch.setattr("torchvision.datasets.CIFAR10", offline)
    monkeypatch.setattr("torchvision.datasets.MNIST", offline)
    monkeypatch.setattr("torchvision.datasets.FashionMNIST", offline)
    return tmp_path


def write_cifar10(root: Path, per_batch: int = 20, protocol: int = 2) -> None:
    """Six batch files in the official layout; image i of a batch is filled with i, its label is i % 10."""
    folder = root / "cifar-10-batches-py"
    folder.mkdir(parents=True, exist_ok=True)
    for name in [*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"]:
        data = np.repeat(np.arange(per_batch, dtype=np.uint8)[:, None], 3072, 1)
        batch = {b"data": data, b"labels": [i % 10 for i in range(per_batch)], b"filenames": [b"x.png"] * per_batch}
        (folder / name).write_bytes(pickle.dumps(batch, protocol=protocol))


def write_mnist(root: Path, train: int = 30, test: int = 20, packed: bool = False) -> None:
    """The four idx files of a small MNIST; image i is filled with i, its label is i % 10."""
    folder = root / "MNIST" / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    for prefix, n in (("train", train), ("t10k", test)):
        header = (0x803).to_bytes(4) + n.to_bytes(4) + (28).to_bytes(4) * 2
        images = header + np.repeat(np.arange(n, dtype=np.uint8), 784).tobytes()
        labels = (0x801).to_bytes(4) + n.to_bytes(4) + bytes(i % 10 for i in range(n))
        for name, data in ((f"{prefix}-images-idx3-ubyte", images), (f"{prefix}-labels-idx1-ubyte", labels)):
            (folder / (name + ".gz" * packed)).write_bytes(gzip.compress(data) if packed else data)


@pytest.mark.parametrize("protocol", [2, 4])
def test_the_first_images_of_cifar10(root, protocol):
    write_cifar10(root, protocol=protocol)
    images = datasets.cifar10(limit=(12, 5))
    assert images.x_train.shape == (12, 3, 32, 32) and images.x_test.shape == (5, 3, 32, 32)
    assert images.x_train.dtype == torch.uint8 and images.y_train.dtype == torch.int64
    assert images.x_train[:, 2, 31, 31].tolist() == list(range(12)) and images.y_train[11] == 1
    assert images.source == "CIFAR-10" and images.classes[0] == "airplane" and len(images.classes) == 10


def test_a_limit_reaches_over_several_batches(root, monkeypatch):
    write_cifar10(root)
    pixels, labels = datasets._read_batches(datasets.CIFAR10.files[0], 50)
    assert pixels.shape == (50, 3072) and pixels[49, 0] == 9 and labels[49] == 9


@pytest.mark.parametrize("packed", [False, True])
def test_the_first_images_of_mnist(root, packed):
    write_mnist(root, packed=packed)
    images = datasets.mnist(limit=(12, 5))
    assert images.x_train.shape == (12, 28, 28) and images.x_test.dtype == torch.uint8
    assert images.x_train[:, 27, 27].tolist() == list(range(12)) and images.y_test.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("limit", [None, (31, 20)])
def test_too_few_images_are_refused(root, limit):
    write_mnist(root)
    with pytest.raises(
        DataError, match=r"^MNIST in .* wrong number or size of images\. Delete .*MNIST and run"
    ) as error:
        datasets.mnist(limit)
    assert "\n" not in str(error.value)


def tiny(monkeypatch, x: torch.Tensor, y: torch.Tensor) -> None:
    """Let the official MNIST be these images, for training and for testing."""
    counts = tuple(np.bincount(y, minlength=10).tolist())
    content = datasets._content(x, y)
    monkeypatch.setattr(datasets, "MNIST", datasets.MNIST._replace(counts=(counts,) * 2, content=(content,) * 2))


@pytest.fixture
def small_mnist(root, monkeypatch):
    """Twenty images stand in the files and count as the official ones."""
    write_mnist(root, 20, 20)
    images = torch.arange(20, dtype=torch.uint8)[:, None, None].expand(20, 28, 28)
    tiny(monkeypatch, images.contiguous(), torch.arange(20) % 10)
    return root / "MNIST" / "raw"


def test_the_whole_set_is_checked_by_content_and_not_by_order(small_mnist):
    first = datasets.mnist()
    name = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
    pixels, labels = ((small_mnist / n).read_bytes() for n in name)
    (small_mnist / name[0]).write_bytes(pixels[:16] + pixels[-784:] + pixels[16:-784])  # the last one comes first
    (small_mnist / name[1]).write_bytes(labels[:8] + labels[-1:] + labels[8:-1])
    second = datasets.mnist()
    assert torch.equal(second.x_train.roll(-1, 0), first.x_train)
    assert datasets.fingerprint(first) != datasets.fingerprint(second)


@pytest.mark.parametrize(
    ("at", "byte", "words"),
    [
        (("train-images-idx3-ubyte", 100), 77, "not official"),
        (("t10k-labels-idx1-ubyte", 9), 0, "images per class"),
        (("t10k-labels-idx1-ubyte", 9), 10, "labels outside 0 to 9"),
        (("train-images-idx3-ubyte", 3), 9, "not an idx file"),
    ],
)
def test_one_changed_byte_is_found(small_mnist, at, byte, words):
    data = bytearray((small_mnist / at[0]).read_bytes())
    data[at[1]] = byte
    (small_mnist / at[0]).write_bytes(data)
    with pytest.raises(DataError, match=words):
        datasets.mnist()


def test_swapped_labels_are_found(small_mnist):
    path = small_mnist / "train-labels-idx1-ubyte"
    data = path.read_bytes()
    path.write_bytes(data[:8] + data[9:10] + data[8:9] + data[10:])  # the counts stay as they were
    with pytest.raises(DataError, match="not official"):
        datasets.mnist()


def test_a_pickle_that_would_run_code_is_refused(root):
    class Evil:
        def __reduce__(self):
            return os.mkdir, (str(root / "evil"),)

    write_cifar10(root)
    (root / "cifar-10-batches-py" / "data_batch_1").write_bytes(pickle.dumps(Evil(), protocol=2))
    with pytest.raises(DataError, match=r"cannot be read \(UnpicklingError: it asks for posix.mkdir"):
        datasets.cifar10(limit=(3, 3))
    assert not (root / "evil").exists()


@pytest.mark.parametrize("keep", [0, 1, 3000])
def test_a_truncated_batch_is_one_clear_line(root, keep):
    write_cifar10(root)
    path = root / "cifar-10-batches-py" / "test_batch"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(DataError, match=r"Delete .*cifar-10-batches-py and run this again"):
        datasets.cifar10(limit=(3, 3))


def test_offline_says_what_to_put_where(root):
    with pytest.raises(DataError) as error:
        datasets.cifar10()
    text = str(error.value)
    names = "data_batch_1, data_batch_2, data_batch_3, data_batch_4, data_batch_5, test_batch."
    assert text.startswith(f"CIFAR-10 is not in {root} and could not be downloaded (no network). Run this again")
    assert text.endswith("or put there cifar-10-batches-py/ with " + names) and "\n" not in text
    assert error.value._render_traceback_() == [f"\x1b[31m✗ {text}\x1b[0m"]


def test_what_is_missing_is_downloaded(root, monkeypatch):
    def downloader(folder, download):
        assert download
        write_cifar10(Path(folder))

    monkeypatch.setattr("torchvision.datasets.CIFAR10", downloader)
    assert len(datasets.cifar10(limit=(3, 3)).y_train) == 3


@pytest.mark.parametrize("load", [datasets.cifar10, datasets.mnist, datasets.fashion_mnist])
def test_generated_images_stand_in_when_a_class_is_graded(monkeypatch, load):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    images = load(limit=(1000, 300))
    title = {"cifar10": "CIFAR-10", "mnist": "MNIST", "fashion_mnist": "FashionMNIST"}[load.__name__]
    assert images.source == f"stand-in images (generated), not {title}"
    assert images.x_train.shape == (1000, *((3, 32, 32) if title == "CIFAR-10" else (28, 28)))
    assert images.x_train.dtype == torch.uint8 and images.y_test.shape == (300,)
    assert datasets.fingerprint(load(limit=(1000, 300))) == datasets.fingerprint(images)
    whole = load()
    assert len(whole.y_train) == 2000 and torch.equal(whole.x_test[:300], images.x_test)


def test_an_mlp_learns_the_stand_in(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    images = datasets.cifar10(limit=(1000, 400))
    torch.manual_seed(0)
    layers = torch.nn.Flatten(), torch.nn.Linear(3072, 64), torch.nn.Sigmoid(), torch.nn.Linear(64, 10)
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(5):
        for x, y in zip(images.x_train.split(100), images.y_train.split(100), strict=True):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(x / 255), y).backward()
            optimizer.step()
    assert (model(images.x_test / 255).argmax(1) == images.y_test).float().mean() > 0.5


def test_when_graded_the_real_files_win_and_nothing_is_downloaded(root, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    write_cifar10(root)
    assert datasets.cifar10(limit=(3, 3)).source == "CIFAR-10"


def test_the_root_is_the_course_and_never_beside_a_source_notebook(root, monkeypatch):
    monkeypatch.delenv("COURSEWORK_DATA")
    (root / "source" / "hw").mkdir(parents=True)
    monkeypatch.chdir(root / "source" / "hw")
    assert datasets.root() == root / "source" / "hw" / "data"  # a student's folder
    (root / "nbgrader_config.py").touch()
    assert datasets.root() == root / "data"


def test_a_fingerprint_is_of_values_shape_and_order():
    x = torch.arange(24, dtype=torch.uint8).reshape(2, 3, 4)
    assert datasets.fingerprint(x) == datasets.fingerprint(x.clone())
    assert len({datasets.fingerprint(y) for y in (x, x.flip(0), x.reshape(3, 2, 4), x.int())}) == 4


def test_the_loader_stands_alone_in_a_notebook(root):
    code = bundle("coursework.notebook.datasets", "datasets", {"cifar10", "mnist", "fashion_mnist", "fingerprint"})
    ast.parse(code)
    assert "coursework." not in code and "import coursework" not in code
    write_cifar10(root)
    namespace: dict = {}
    exec(code, namespace)
    images = namespace["datasets"].cifar10(limit=(4, 2))
    assert namespace["datasets"].fingerprint(images) == datasets.fingerprint(datasets.cifar10(limit=(4, 2)))


# coursework data


def test_fetch_offline_is_one_line_a_set_and_exit_code_1(root, capsys):
    assert download.fetch([], root) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["✗ mnist", "✗ fashion-mnist", "✗ cifar10"]
    assert all(
        "could not be downloaded (no network). Run this again with a network, or put there" in line for line in lines
    )


def test_fetch_of_an_unknown_set(root, capsys):
    assert download.fetch(["imagenet"], root) == 1
    assert "choose from mnist, fashion-mnist, cifar10" in capsys.readouterr().out


@pytest.fixture
def small_set(small_mnist, monkeypatch):
    """`fetch` knows the small MNIST; the pretended download writes it anew, but as torchvision keeps what is there."""

    def downloader(folder, download):
        if not (Path(folder) / "MNIST").exists():
            write_mnist(Path(folder), 20, 20)

    monkeypatch.setitem(sets.OURS, "mnist", datasets.MNIST)
    monkeypatch.setattr("torchvision.datasets.MNIST", downloader)
    return small_mnist


def test_verify_only_downloads_nothing(small_set, root, capsys):
    assert download.fetch(["mnist"], root, verify_only=True) == 0
    assert f"✓ mnist: 20 + 20 images in {root}, content verified" in capsys.readouterr().out
    (small_set / "train-labels-idx1-ubyte").unlink()
    assert download.fetch(["mnist"], root, verify_only=True) == 1
    assert (
        "run `coursework data mnist`, or put there MNIST/raw/ with train-labels-idx1-ubyte." in capsys.readouterr().out
    )


def test_damaged_files_are_replaced(small_set, root):
    path = small_set / "train-images-idx3-ubyte"
    good = path.read_bytes()
    path.write_bytes(good[:-5])
    assert download.fetch(["mnist"], root) == 0
    assert path.read_bytes() == good and not (root / "MNIST.damaged").exists()


def test_damaged_files_stay_when_the_download_fails(small_set, root, monkeypatch, capsys):
    path = small_set / "train-images-idx3-ubyte"
    path.write_bytes(path.read_bytes()[:-5])

    def offline(*_, **__):
        raise OSError("no network")

    monkeypatch.setattr("torchvision.datasets.MNIST", offline)
    assert download.fetch(["mnist"], root) == 1
    assert path.exists() and not (root / "MNIST.damaged").exists()
    assert os.environ["COURSEWORK_DATA"] == str(root)


# the real data


@pytest.mark.skipif(REAL is None, reason="neither COURSEWORK_DATA nor ../shared/data holds the data sets")
@pytest.mark.parametrize("load", [datasets.mnist, datasets.fashion_mnist])
def test_the_real_idx_files(monkeypatch, load):
    monkeypatch.setenv("COURSEWORK_DATA", str(REAL))
    images = load()
    assert len(images.y_train) == 60_000 and images.source in ("MNIST", "FashionMNIST")


@pytest.mark.skipif(REAL is None or not (Path(REAL) / "cifar-10-batches-py").is_dir(), reason="no CIFAR-10 at hand")
def test_the_real_cifar10(monkeypatch):
    monkeypatch.setenv("COURSEWORK_DATA", str(REAL))
    images = datasets.cifar10()
    assert images.x_train.shape == (50_000, 3, 32, 32)
    # The published mean of the training images, channel by channel.
    mean = images.x_train.sum((0, 2, 3)).double() / (50_000 * 1024 * 255)
    assert torch.allclose(mean, torch.tensor([0.49139968, 0.48215841, 0.44653091], dtype=torch.float64), atol=1e-8)
