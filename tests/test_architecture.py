"""The stages stand in one order, each package has its tests, and no module is lost outside of a package."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "coursework"


def test_a_package_imports_only_from_those_before_it():
    # In a process of its own: import-linter switches the loggers off that are there already, nbgrader's among them.
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_package_is_in_the_contract_and_has_tests():
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.importlinter]")[1]
    packages = sorted(p.parent.name for p in SOURCES.glob("*/__init__.py"))
    assert packages and all(f'"coursework.{name}"' in contract for name in packages)
    assert [name for name in packages if not list((ROOT / "tests" / name).glob("test_*.py"))] == []
    assert sorted(p.stem for p in SOURCES.glob("*.py")) == ["__init__", "configure"]
