"""What grades depend on besides the notebook, of the machine that runs it, and how two machines differ."""

import functools
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from coursework.core.files import digest
from coursework.sandbox.bubblewrap import SandboxUnavailable, require_sandbox

PACKAGES = ("torch", "numpy", "ipykernel")


@functools.cache
def environment() -> dict[str, str]:
    """What a number may depend on besides the code."""
    packages = {name: version(name) for name in PACKAGES}
    return {"python": platform.python_version(), "machine": platform.machine(), **packages}


@functools.cache
def code() -> str:
    """Of all modules of this package; its version stays the same while it is worked on."""
    root = Path(__file__).parents[1]
    modules = sorted(root.rglob("*.py"))
    return digest(*(part for path in modules for part in (str(path.relative_to(root)), path.read_bytes())))[:12]


@functools.cache
def about(data: str | None) -> dict[str, Any]:
    """This machine: versions, the code of this package, the names of the data sets, why there is no sandbox or ""."""
    found: dict[str, Any] = {"coursework": code(), "data": _sets(data), "sandbox": ""}
    try:
        found |= environment()
    except PackageNotFoundError as error:
        found |= {"missing": error.name}
    try:
        require_sandbox()
    except (SandboxUnavailable, OSError) as error:
        found["sandbox"] = str(error).splitlines()[0]
    return found


def _sets(data: str | None) -> list[str] | None:
    if data is None:
        return []
    folder = Path(data)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else None


def differs(there: dict[str, Any], here: dict[str, Any]) -> str:
    """Why a machine `there` cannot grade for the one `here`, which has the reference; "" when it can."""
    reasons = []
    if there["sandbox"]:
        reasons.append(f"it has no sandbox ({there['sandbox']})")
    if name := there.get("missing"):
        reasons.append(f"{name} is not installed there")
    else:
        names = ("python", "machine", *PACKAGES)
        reasons += [f"{name} {there[name]} there, {here[name]} here" for name in names if there[name] != here[name]]
    if there["coursework"] != here["coursework"]:
        reasons.append("its coursework has other code than the one here")
    if there["data"] is None:
        reasons.append("the folder of the data sets is not there")
    elif lacking := sorted(set(here["data"] or ()) - set(there["data"])):
        reasons.append(f"the data sets lack {', '.join(lacking)} there")
    return "; ".join(reasons)
