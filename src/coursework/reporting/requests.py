"""Regrade requests: what students ask, beside the answer, what the tests said, and how the points came about.

A request is a text file `Last_First_hw1-mlp_regrade.txt` (or a folder's, named by the roster's id) with a line for each
question, `2.1: why`; a line that begins with no number goes on with the one above. Nothing in it is executed.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pandas as pd
from nbgrader.api import MissingEntry

from coursework.core.books import Gradebook
from coursework.core.cells import grade_id_of, is_answer, item_of, question
from coursework.core.course import Course, StaffError
from coursework.core.deadlines import roster
from coursework.core.files import write_whole
from coursework.core.names import fold
from coursework.core.naming import BadName, parse_hand_in_name, student_id
from coursework.core.text import printable
from coursework.grading.history import changes
from coursework.grading.verdicts import verdict_of
from coursework.reporting.grades import write_csv
from coursework.returning.sheet import render

LINE = re.compile(r"^\s*(?:question\s+|q\s*)?(\d+(?:\.\d+[a-z]?)?)\s*[:.)-]\s*(\S.*)$", re.I)
MOST_BYTES = 64 * 1024
MOST_LINES = 100


@dataclass
class Request:
    student: str
    name: str
    question: str
    why: str
    answer: str = ""
    said: list[str] = field(default_factory=list)
    points: str = ""
    history: list[str] = field(default_factory=list)


def parsed(text: str) -> list[tuple[str, str]]:
    """(question, why) of each line of a request."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines()[:MOST_LINES]:
        if match := LINE.match(line):
            found.append((match[1], printable(match[2].strip(), 2000)))
        elif line.strip() and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {printable(line.strip(), 2000)}")
    return found


def read(course: Course, assignment: str, folder: Path) -> tuple[list[Request], list[tuple[str, str]]]:
    """(requests, (file, why it is not one)) of the text files in a folder. Raises StaffError without a folder."""
    if not folder.is_dir():
        raise StaffError(f"{folder} is not a folder: name one with the requests, one text file for each student")
    requests, refused = [], []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in (".txt", ".md")):
        student, why = _whose(course, assignment, path)
        if why:
            refused.append((path.name, why))
            continue
        if path.stat().st_size > MOST_BYTES:
            refused.append((path.name, f"more than {MOST_BYTES // 1024} KiB: ask for a shorter text"))
            continue
        lines = parsed(path.read_bytes().decode("utf-8", "replace"))
        if not lines:
            refused.append((path.name, "no line of it begins with a question's number, as in `2.1: why`"))
        requests += [Request(student, "", number, reason) for number, reason in lines]
    return requests, refused


def _whose(course: Course, assignment: str, path: Path) -> tuple[str, str]:
    """Whose request this is, among those who have submitted.

    Args:
        course: With its roster, if it has one.
        assignment: Its id.
        path: The text file.

    Returns:
        (the student's id, why there is none): one of them is empty.
    """
    known = set(course.students(assignment)) | set(course.holders("autograded", assignment, f"{assignment}.ipynb"))
    stem = re.sub(r"[_ -]*regrade[_ -]*(?:request)?$", "", path.stem, flags=re.I)
    people = roster(course)
    for name in (stem, stem.removesuffix(f"_{assignment}"), path.parent.name):
        if name in known:
            return name, ""
        if people and name in people.by_id:
            return "", f"{people.by_id[name].name or name} has no grade in {assignment}"
    try:
        who = parse_hand_in_name(f"{stem}.ipynb", [assignment])
    except BadName:
        return "", f"whose it is cannot be told: name it Last_First_{assignment}_regrade.txt"
    if people is None:
        own = student_id(who.last, who.first)
        return (own, "") if own in known else ("", f"{who.first} {who.last} has no grade in {assignment}")
    found = people.by_name(who.last, who.first)
    if found is None:
        same = [s.id for s in people.students if (fold(s.last), fold(s.first)) == (fold(who.last), fold(who.first))]
        if either := " or ".join(same):
            return "", f"the roster has {who.first} {who.last} more than once: put it into a folder {either}"
        return "", f"the roster has no {who.first} {who.last}"
    return (found.id, "") if found.id in known else ("", f"{found.name} has no grade in {assignment}")


def fill(course: Course, assignment: str, requests: list[Request]) -> list[str]:
    """Put answer, messages, points and history into the requests; returns what is wrong with some of them."""
    people, odd = roster(course), []
    for request in requests:
        known = people.by_id.get(request.student) if people else None
        request.name = known.name if known else ""
        verdict = verdict_of(course, assignment, request.student)
        cells = {g: c for g, c in (verdict.cells if verdict else {}).items() if _of(g, request.question)}
        request.said = [f"{g}: {c.score:g} of {c.points:g}. {c.message}" for g, c in cells.items() if c.points]
        items = {item_of(g) for g in cells}
        request.answer = _answers(course, assignment, request, items)
        scores = _scores(course, assignment, request)
        request.points = "; ".join(scores)
        request.history = [
            f"{r['when']}: {r['cell']}, {r['what']}, {r['before'] or 'open'} → {r['after'] or 'open'} by {r['by']} "
            f"({r['through']}){': ' + r['why'] if r['why'] else ''}"
            for r in changes(course, assignment, request.student)
            if _of(r["cell"], request.question)
        ]
        if not scores:
            odd.append(f"{request.student}: {assignment} has no points in a question {request.question}")
    return odd


def _of(grade_id: str, number: str) -> bool:
    return question(grade_id) == number or question(grade_id).startswith(f"{number}.")


def _answers(course: Course, assignment: str, request: Request, items: set[str]) -> str:
    path = course.autograded(request.student, assignment) / f"{assignment}.ipynb"
    try:
        nb = nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return ""
    texts = [
        c.source
        for c in nb.cells
        if is_answer(c) and (grade_id_of(c) in items or _of(grade_id_of(c), request.question))
    ]
    return "\n\n".join(texts)


def _scores(course: Course, assignment: str, request: Request) -> list[str]:
    with Gradebook(course.db_url) as gradebook:
        try:
            notebooks = gradebook.find_submission(assignment, request.student).notebooks
        except MissingEntry:
            return []
        return [
            f"{g.name}: {g.score or 0:g} of {g.max_score:g}{' (by a grader)' if g.manual_score is not None else ''}"
            for n in notebooks
            for g in n.grades
            if _of(g.name, request.question) and g.max_score
        ]


def table(requests: list[Request]) -> pd.DataFrame:
    rows = [
        {
            "student": r.student,
            "name": r.name,
            "question": r.question,
            "request": r.why,
            "points": r.points,
            "tests": " | ".join(r.said),
            "history": " | ".join(r.history),
        }
        for r in requests
    ]
    return pd.DataFrame(rows, columns=["student", "name", "question", "request", "points", "tests", "history"])


def write(course: Course, assignment: str, requests: list[Request]) -> Path:
    """report/<assignment>/requests.html, and the same as CSV."""
    folder = course.report(assignment)
    page = render(__package__, "requests.html", assignment=assignment, requests=requests)
    write_whole(folder / "requests.html", page)
    write_csv(table(requests), folder / "requests.csv")
    return folder / "requests.html"
