"""The stages stand in one order, each package has its tests, and no module is lost outside of a package."""

from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "coursework"


def test_a_package_imports_only_from_those_before_it(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS, (
        capsys.readouterr().out
    )


def test_each_package_is_in_the_contract_and_has_tests():
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.importlinter]")[1]
    packages = sorted(p.parent.name for p in SOURCES.glob("*/__init__.py"))
    assert packages and all(f'"coursework.{name}"' in contract for name in packages)
    assert [name for name in packages if not list((ROOT / "tests" / name).glob("test_*.py"))] == []
    assert sorted(p.stem for p in SOURCES.glob("*.py")) == ["__init__", "configure"]
