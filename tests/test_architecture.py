"""docs/architecture.md says what imports what, and what the records hold: it is so."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = {p.stem: p for p in (ROOT / "src" / "coursework").glob("*.py") if p.stem != "__init__"}
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
sys.path.insert(0, str(ROOT / "benchmarks"))
from tables import answers  # noqa: E402


def imported(path: Path) -> set[str]:
    """The modules of ours that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {parts[1] for name in found if (parts := name.split("."))[0] == "coursework" and parts[1:]} & set(SOURCES)


def test_modules_import_from_those_before_them():
    table = PAGE.split("**What imports what.**")[1].split("\n\n")[1]
    order = [name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split(" | ", 1)[-1])]
    assert sorted(order) == sorted(SOURCES), set(order) ^ set(SOURCES)
    place = {name: at for at, name in enumerate(order)}
    pairs = [(name, other) for name in order for other in imported(SOURCES[name])]
    assert not [f"{name} imports {other}" for name, other in pairs if place[other] >= place[name]]


def test_the_bank_is_counted_in_files():
    matrix = {
        "q1-1-double": {"04_a.py": [4, 4], "04_b.py": [4, 4], "00_c.py": [0, 0]},
        "whole notebook": {"blank": [0, 0], "source": [7, 7]},
    }
    assert answers(matrix) == (2, 1)
