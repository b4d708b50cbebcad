"""A package of somebody else's, installed on a path: the worked example of docs/extending.md, as the page has it."""

import re
import sys
import tomllib
from contextlib import contextmanager
from pathlib import Path

from coursework.core.added import added
from coursework.intake import systems

PAGE = Path(__file__).resolve().parents[2] / "docs" / "extending.md"


def example() -> dict[str, str]:
    """Name → content of the files that the page shows."""
    found = re.findall(r"^```(?:python|toml)\n# (\S+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    return dict(found)


def install(site: Path, files: dict[str, str]) -> None:
    """Write a package and what `pip install` would know of it: the entry points of its pyproject.toml."""
    about = tomllib.loads(files["pyproject.toml"])["project"]
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    for package in {Path(name).parent for name in files if name.endswith(".py")}:
        (site / package / "__init__.py").touch()
    known = site / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    known.mkdir()
    (known / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n")
    lines = [
        line
        for group, points in about["entry-points"].items()
        for line in [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    ]
    (known / "entry_points.txt").write_text("\n".join(lines) + "\n")


@contextmanager
def installed(site: Path, files: dict[str, str]):
    """While this lasts, the package can be imported, and importlib.metadata finds it."""
    install(site, files)
    before = set(sys.modules)
    sys.path.insert(0, str(site))
    added.cache_clear()
    systems.known.cache_clear()
    try:
        yield site
    finally:
        sys.path.remove(str(site))
        added.cache_clear()
        systems.known.cache_clear()
        for name in [
            n for n in sys.modules if n not in before and str(site) in str(getattr(sys.modules[n], "__file__", ""))
        ]:
            del sys.modules[name]
