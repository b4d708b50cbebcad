"""Notebooks as other tools write them into text: Databricks, PyCharm, Jupytext, Quarto, R Markdown, MyST, marimo."""

import ast
import re
import textwrap
from collections.abc import Sequence

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer
from coursework.notebook.whole import parses

DATABRICKS = "# Databricks notebook source"
FENCE = re.compile(r"^(`{3,}|~{3,})[ \t]*(\{?[^\n`]*\}?)[ \t]*\n(.*?)^\1[ \t]*$", re.M | re.S)
CODE = re.compile(r"^\{?\s*\.?(?:code-cell|python3?|py|ipython3?|jupyter)\b", re.I)
TAG = re.compile(r"^[ \t]*<((?:[\w.]+\.)?cell)\b([^>\n]*)>[ \t]*$", re.M | re.I)
REGION = re.compile(r"^<!-- #(?:end)?(?:region|md|raw)\b.*-->[ \t]*$", re.M)
HEADER = re.compile(r"\A---\n.*?\n---\n", re.S)


def _cell(kind: str, source: str) -> dict:
    return {"cell_type": kind, "metadata": {}, "source": source, **({"outputs": []} if kind == "code" else {})}


def databricks(text: str) -> list[dict]:
    """The cells of a notebook exported from Databricks as a source file."""
    cells = []
    for part in re.split(r"^# COMMAND -+[ \t]*$", text.partition("\n")[2], flags=re.M):
        lines = [line for line in part.strip("\n").split("\n") if not line.startswith("# DBTITLE")]
        if lines and all(line.startswith("# MAGIC") or not line.strip() for line in lines):
            plain = [re.sub(r"^# MAGIC ?", "", line) for line in lines]
            first = plain[0].strip()
            if first.startswith(("%md", "%markdown")):
                rest = re.sub(r"^%(md|markdown)(-sandbox)?[ ]?", "", first)
                cells.append(_cell("markdown", "\n".join([*([rest] if rest else []), *plain[1:]]).strip("\n")))
                continue
            cells.append(_cell("code", "\n".join(plain[1:] if first.startswith("%python") else plain)))
        elif any(line.strip() for line in lines):
            cells.append(_cell("code", "\n".join(lines).strip("\n")))
    return cells


def marimo(text: str) -> list[dict]:
    """The cells of a marimo notebook: functions under @app.cell; [] for anything else."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    lines, cells = text.split("\n"), []
    for node in tree.body:
        marks = [ast.unparse(d) for d in getattr(node, "decorator_list", [])]
        if not isinstance(node, ast.FunctionDef) or not any(m.startswith("app.cell") for m in marks):
            continue
        body = [s for s in node.body if not (s is node.body[-1] and isinstance(s, ast.Return))]
        if not body:
            continue
        source = textwrap.dedent("\n".join(lines[body[0].lineno - 1 : body[-1].end_lineno]))
        words = re.fullmatch(r'mo\.md\(\s*[rf]*"""(.*)"""\s*\)', source.strip(), re.S)
        cells.append(_cell("markdown", textwrap.dedent(words[1]).strip()) if words else _cell("code", source))
    return cells


def fenced(text: str, released: Sequence[NotebookNode] = ()) -> list[dict]:
    """The cells of a Markdown document with code in fences; released texts in it are cells of their own."""
    text = HEADER.sub("", text.replace("\r\n", "\n"), count=1)
    given = {c.source.strip() for c in released if not is_answer(c)}
    known = sorted((one for one in given if len(one) > 10), key=len, reverse=True)
    cells: list[dict] = []
    at = 0
    every = list(FENCE.finditer(text))
    # Without a word for the language: code where nothing else is, and where it reads as such.
    blocks = [m for m in every if CODE.match(m[2].strip())] or [m for m in every if not m[2].strip() and parses(m[3])]
    for block in blocks:
        cells += _words(text[at : block.start()], known)
        body = re.sub(r"\A(?:#\|[^\n]*\n|:[\w-]+:[^\n]*\n)+", "", block[3])
        cells.append(_cell("code", body.rstrip("\n")))
        at = block.end()
    return [*cells, *_words(text[at:], known)] if blocks else []


def tagged(text: str) -> list[dict]:
    """Cells that an assistant wrote as tags, `<VSCode.Cell id="…" language="python">`; [] when there are none."""
    cells, done = [], 0
    for match in TAG.finditer(text):
        end = text.find(f"</{match[1]}>", match.end())
        if end < 0:
            break
        if match.start() >= done:
            code = bool(re.search(r"python|code", match[2], re.I))
            cells.append(_cell("code" if code else "markdown", text[match.end() : end].strip("\n")))
            done = end
    return cells


def _words(text: str, known: list[str]) -> list[dict]:
    """Markdown between two code cells, cut where a released text is in it."""
    for number, released in enumerate(known):
        if released in text:
            text = text.replace(released, f"\0{number}\0")
    parts = re.split(r"\0(\d+)\0", text)
    cells = []
    for n, part in enumerate(parts):
        for words in [known[int(part)]] if n % 2 else REGION.split(part):
            words = re.sub(r"^\+\+\+.*$", "", words, flags=re.M).strip() if not n % 2 else words
            if words:
                cells.append(_cell("markdown", words))
    return cells
