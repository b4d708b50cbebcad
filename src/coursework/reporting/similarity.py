"""Pairs of submissions whose code is more alike than the release explains: a hint for a human, never a verdict.

Fingerprints by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003) over tokens, in which names that the student
chose are all one name. What the release holds does not count, nor what many in the class share: the usual ways to
write the answer. In a class of a few, many may be those who copied, so that there all counts. The page shows each pair
side by side, with the lines that both have, and above them the files that several have handed in bit for bit, and the
notebooks whose answers are the same.
"""

import ast
import hashlib
import io
import keyword
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import nbformat
import pandas as pd
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer, question
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import digest, write_whole
from coursework.core.text import counted
from coursework.core.verdicts import repair_of
from coursework.intake.code import plain
from coursework.reporting.grades import write_csv
from coursework.returning.sheet import render

TOKENS = 15  # length of what is compared: shorter similarities are chance
WINDOW = 5  # one fingerprint at least of every TOKENS + WINDOW - 1 tokens
SHARED = 0.2  # what more than this part of the class has (and at least four) is the usual way to write it
FEW = 15  # submissions, below which nothing is taken for the usual way: three of four may have one notebook
SOME = 100  # characters of a notebook's answers, from which it says something that another one has the same
LEAST = 25  # fingerprints of one's own, below which a submission is too short to say anything
SKIPPED = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)
NOTEBOOK, ANSWERS = "the notebook", "the notebook's answers"  # what the table of equal files calls them


@dataclass(frozen=True)
class Pair:
    """Two students; `similarity` is the share of the smaller submission's own fingerprints that the other one has."""

    one: str
    two: str
    similarity: float
    common: frozenset[int]


def own_names(source: str) -> set[str]:
    """Names that the code itself gives: variables, parameters, functions, classes; roughly, if it does not parse."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        names = set(re.findall(r"\b(?:def|class|for|as)\s+(\w+)", source))
        for targets in re.findall(r"^\s*([\w\s,]+?)\s*(?:[-+*/@]?=)(?!=)", source, re.M):
            names |= set(re.findall(r"\w+", targets))
        for parameters in re.findall(r"\bdef\s+\w+\(([^)]*)\)", source):
            names |= set(re.findall(r"(?:^|,)\s*\**(\w+)", parameters))
        return names
    names = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    names |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    return names | {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}


def tokens(source: str) -> list[tuple[str, int]]:
    """(token, line) of the code without comments and layout; own names are N, texts S; as far as it can be read."""
    mine, found = own_names(source), []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in SKIPPED or not token.string:
                continue
            text = token.string
            if token.type == tokenize.STRING:
                text = "S"
            elif token.type == tokenize.NAME and text in mine and not keyword.iskeyword(text):
                text = "N"
            found.append((text, token.start[0]))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        pass
    return found


def fingerprints(source: str) -> dict[int, set[int]]:
    """Hash → lines on which it begins, of the k-grams that winnowing chooses."""
    parts = tokens(source)
    hashes = []
    for at in range(len(parts) - TOKENS + 1):
        text = " ".join(t for t, _ in parts[at : at + TOKENS])
        hashes.append(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest()))
    found: dict[int, set[int]] = {}
    for start in range(max(0, len(hashes) - WINDOW + 1)):
        window = hashes[start : start + WINDOW]
        at = start + max(i for i, h in enumerate(window) if h == min(window))
        found.setdefault(hashes[at], set()).update(line for _, line in parts[at : at + TOKENS])
    return found


def code_of(nb: NotebookNode, released: dict[str, str]) -> str:
    """What the student wrote: code cells that are not as they were released."""
    return "\n\n".join(c.source for c in nb.cells if c.cell_type == "code" and released.get(c.id) != c.source)


def pairs(codes: dict[str, str], template: str) -> list[Pair]:
    """All pairs, the most alike first; submissions that are too short are left out."""
    known = set(fingerprints(template))
    marks = {s: set(fingerprints(code)) - known for s, code in codes.items()}
    count = Counter(h for found in marks.values() for h in found)
    most = len(codes) if len(codes) < FEW else max(3, int(SHARED * len(codes)))
    own = {s: frozenset(h for h in found if count[h] <= most) for s, found in marks.items()}
    # A submission of usual ways only has little of its own; then nothing can be said.
    long = {s: found for s, found in own.items() if len(found) >= LEAST}
    result = []
    for one, two in combinations(sorted(long), 2):
        common = long[one] & long[two]
        if common:
            result.append(Pair(one, two, len(common) / min(len(long[one]), len(long[two])), frozenset(common)))
    return sorted(result, key=lambda p: (-p.similarity, p.one, p.two))


def groups(course: Course, assignment: str) -> dict[str, set[str]]:
    """Student → the group with whom one file was submitted: what they have alike says nothing."""
    groups = {s: set(repair_of(course, assignment, s).group) for s in course.students(assignment)}
    return {s: group for s, group in groups.items() if group}


def _contents(course: Course, assignment: str, student: str, released: NotebookNode) -> Iterator[tuple[str, bytes]]:
    """(what it is called, bytes) of what a student has handed in: the files, the notebook itself, its answers."""
    folder = course.submitted(student, assignment)
    for path in sorted((folder / "handin").rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
    for path in sorted((folder / "original").glob("*")):
        if path.is_file():
            yield NOTEBOOK, path.read_bytes()
    # Whoever copies a notebook types another name into it, or runs it once more: the answers stay.
    given = {c.id: plain(c.source) for c in released.cells if is_answer(c) and question(c.id)}
    try:
        nb = nbformat.read(folder / f"{assignment}.ipynb", as_version=4)
    except (OSError, ValueError):  # nbformat's own errors are ValueErrors
        return
    mine = {c.id: plain(c.source) for c in nb.cells if c.id in given}
    mine = {key: text for key, text in mine.items() if text not in ("", given[key])}
    if sum(map(len, mine.values())) >= SOME:
        yield ANSWERS, repr(sorted(mine.items())).encode("utf-8", "replace")


def equal_files(course: Course, assignment: str) -> pd.DataFrame:
    """One row a content that several have handed in: a notebook, its answers, weights, predictions, histories.

    Files of the release and empty ones do not count. Of files beside the notebook, the fewer have one the more it
    says: where the seeds are given, right code gives the same numbers on machines of one kind, and then many have it.

    Args:
        course: Where it was collected.
        assignment: Its id.

    Returns:
        What it is called, its bytes, how many have it, of how many who have one of that name, and who they are.
    """
    given = {digest(p.read_bytes()) for p in course.released(assignment).parent.rglob("*") if p.is_file()}
    having: dict[str, set[str]] = {}
    together = groups(course, assignment)
    found: dict[str, dict[str, str]] = {}
    sizes: dict[str, int] = {}
    released = read_notebook(course.released(assignment))
    for student in course.students(assignment):
        for name, payload in _contents(course, assignment, student, released):
            if payload and (mark := digest(payload)) not in given:
                having.setdefault(name, set()).add(student)
                found.setdefault(mark, {})[student] = name
                sizes[mark] = len(payload)
    whole = [set(names) for names in found.values() if NOTEBOOK in names.values()]
    rows = []
    for mark, names in found.items():
        if len(names) > 1 and not set(names) <= together.get(next(iter(names)), set()):
            files = sorted(set(names.values()))
            if files == [ANSWERS] and set(names) in whole:
                continue
            of = len(set().union(*(having[name] for name in files)))
            rows.append([", ".join(files), sizes[mark], len(names), of, ", ".join(sorted(names))])
    rows.sort(key=lambda row: (row[2], row[0], row[4]))
    return pd.DataFrame(rows, columns=["file", "bytes", "students", "of", "who"])


def _lines(code: str, common: frozenset[int]) -> list[tuple[str, bool]]:
    """The lines of one student's code, each with whether a common fingerprint starts in it."""
    marked = {line for h, lines in fingerprints(code).items() if h in common for line in lines}
    return [(line, number in marked) for number, line in enumerate(code.splitlines(), 1)]


def write(course: Course, assignment: str, folder: Path, least: float = 0.4, most: int = 30) -> tuple[int, int, Path]:
    """similarity.csv with every pair, equal-files.csv, and similarity.html with these files and pairs from `least` on.

    Returns how many such pairs and files there are, and the page.
    """
    course.source(assignment)
    if not course.released(assignment).exists():
        raise StaffError(f"{assignment} is not released: run `coursework release {assignment}` first")
    released = read_notebook(course.released(assignment))
    template = {c.id: c.source for c in released.cells if c.cell_type == "code"}
    students = course.students(assignment)
    if len(students) < 2:
        raise StaffError(f"{assignment} has {counted(len(students), 'submission')}: similarity needs two at least")
    codes = {}
    for student in students:
        path = course.submitted(student, assignment) / f"{assignment}.ipynb"
        try:
            codes[student] = code_of(nbformat.read(path, as_version=4), template)
        except ValueError:  # nbformat's own errors are ValueErrors
            raise StaffError(
                f"submitted/{student}/{assignment}/{path.name} is not a notebook: collect it again"
            ) from None
    together = groups(course, assignment)
    found = [p for p in pairs(codes, "\n\n".join(template.values())) if p.two not in together.get(p.one, ())]
    rows = [{"one": p.one, "two": p.two, "similarity": p.similarity, "fingerprints": len(p.common)} for p in found]
    write_csv(pd.DataFrame(rows, columns=["one", "two", "similarity", "fingerprints"]), folder / "similarity.csv")
    equal = equal_files(course, assignment)
    write_csv(equal, folder / "equal-files.csv")
    alike = [p for p in found if p.similarity >= least][:most]
    shown = [(p.similarity, [(name, _lines(codes[name], p.common)) for name in (p.one, p.two)]) for p in alike]
    few = FEW if len(codes) < FEW else 0
    page = render(
        __package__, "similarity.html", assignment=assignment, equal=equal, pairs=shown, least=least, few=few
    )  # fmt: skip
    write_whole(folder / "similarity.html", page)
    return len(alike), len(equal), folder / "similarity.html"
