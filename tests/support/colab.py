"""A Jupyter kernel as on Colab: IPython 7.34.0, ipykernel 6.17.1, the usual libraries, and no package of ours."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

KERNEL = "colab-like"
# jupyter_client 7 is what ipykernel 6.17 was made for; the rest is what pip finds.
PACKAGES = ["ipython==7.34.0", "ipykernel==6.17.1", "jupyter_client<8"]


def _folder() -> Path:
    cache = os.environ.get("COURSEWORK_CACHE")
    return Path(cache) / "venv-colab" if cache else Path(__file__).parents[2] / ".venv-colab"


def _build(folder: Path) -> None:
    """A virtual environment, env/, with PACKAGES, that finds everything else in the one that runs the tests."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *PACKAGES]
    subprocess.run(pip, check=True)
    own = subprocess.check_output([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True)
    # A path named in a .pth file comes after this environment's own packages, and .pth files in *it* are not read: so
    # torch and the like are found, and coursework, an editable install, is not.
    Path(own.strip(), "zz_libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    spec = folder / "share" / "jupyter" / "kernels" / KERNEL
    spec.mkdir(parents=True, exist_ok=True)
    kernel = {
        "display_name": "like Colab",
        "language": "python",
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        # The Makefile's PYTHONPATH holds src/, and the history of whoever runs the tests is none of ours.
        "env": {"PYTHONPATH": "", "IPYTHONDIR": str(folder / "ipython")},
    }
    (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")


def colab_kernel() -> tuple[str, Path]:
    """The kernel's name and the folder to put into JUPYTER_PATH, built if need be and kept for the next run.

    It lies in $COURSEWORK_CACHE, else in .venv-colab of this clone. Raises CalledProcessError when pip fails.
    """
    folder = _folder().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    parts = [*PACKAGES, sys.version, sysconfig.get_path("purelib"), str(folder), Path(__file__).read_text()]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    stamp = folder / "built"
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two pytest workers must not build it at the same time
        if not stamp.exists() or stamp.read_text() != key:
            _build(folder)
            stamp.write_text(key)
    return KERNEL, folder / "share" / "jupyter"
