"""A student's copy of the helpers is the same code in fewer lines."""

import __future__

import ast
from pathlib import Path

import pytest

from coursework import notebook
from coursework.judging.inline import inline, terse

MODULES = sorted(p for p in Path(notebook.__file__).parent.glob("*.py") if p.stem != "__init__")
LINE = "from coursework.notebook import checks as check  # inlined"


def without_docstrings(text):
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_only_docstrings_comments_and_blank_lines_go(path):
    text = path.read_text(encoding="utf-8")
    text = "\n".join(
        text.splitlines()[ast.parse(text).body[0].end_lineno :]
    )  # a module's own docstring is never copied
    found = terse(text)
    assert without_docstrings(found) == without_docstrings(text)
    assert '"""' not in found and all(line.strip() for line in found.splitlines())


def test_marks_within_strings_stay():
    text = 'def f():\n    """Gone."""\n    return "# stays", \'"""\'  # goes\n'
    assert terse(text) == 'def f():\n    return "# stays", \'"""\''
    assert terse('class A(ValueError):\n    """Gone."""\n') == "class A(ValueError):\n    pass"


def test_what_only_hidden_tests_use_is_not_in_a_students_copy():
    whole = inline(LINE, "check.law('a', True, 'b'); check.probe('a', 1)")
    visible = inline(LINE, "check.law('a', True, 'b')", student=True)
    assert "def probe" in whole and "def probe" not in visible and "def law" in visible
    assert len(visible.splitlines()) < len(whole.splitlines()) and inline(LINE, "print()", student=True) == ""


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem not in ("download", "sets")], ids=lambda p: p.stem)
def test_helpers_work_below_a_students_future_annotations(path):
    """IPython compiles the cells below `from __future__ import annotations` with it, too."""
    names = sorted(n.name for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef | ast.ClassDef))
    line = f"from coursework.notebook import {path.stem}  # inlined\n"
    for student in (True, False):
        text = inline(line, line + "\n".join(f"{path.stem}.{name}" for name in names), student)
        exec(compile(text, "cell", "exec", flags=__future__.annotations.compiler_flag), space := {"__name__": "cell"})
        assert path.stem in space
