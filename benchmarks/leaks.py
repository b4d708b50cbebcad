"""Look for what must stay with the staff in the feedback of the whole bank: tests, mark schemes, solutions.

Usage: python -m benchmarks.leaks [ASSIGNMENT…]

Every answer of the bank is handed in by somebody. Each feedback page is searched, as HTML, unescaped and as the text
that is seen, blanks taken out, for each line of each hidden test, mark scheme and solution. What the student has anyway
is no leak: the release, their own answers, and the sentences for known misconceptions, which are written for students.
Prints a table; exit code 1 when something is found.
"""

import html
import re
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from nbgrader.utils import is_solution

ROOT = Path(__file__).resolve().parents[1]
from benchmarks import bank_class  # noqa: E402
from coursework.authoring import leaks  # noqa: E402
from coursework.core.course import Course  # noqa: E402
from coursework.judging import proof  # noqa: E402
from coursework.proving import cases  # noqa: E402
from coursework.returning.feedback import write_feedback  # noqa: E402

KINDS = {
    "hidden test": re.compile(r"BEGIN HIDDEN TESTS[^\n]*\n(.*?)^[^\n]*END HIDDEN TESTS", re.M | re.S),
    "mark scheme": re.compile(r"BEGIN MARK SCHEME[^\n]*\n(.*?)^[^\n]*END MARK SCHEME", re.M | re.S),
    "solution": leaks.SOLUTION,
}
TELLING = 12  # characters without blanks: a line that is shorter says nothing
MARKS = re.compile(r"\*\*|`")  # what Markdown takes out of a line
BULLET = re.compile(r"^\s*(?:[-*•]|\d+\.)\s+")


@dataclass
class Search:
    """What was searched and what was found: (student, kind, line)."""

    assignment: str
    answers: int = 0
    run: int = 0
    pages: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    size: int = 0
    seconds: float = 0.0
    found: list[tuple[str, str, str]] = field(default_factory=list)

    def row(self) -> str:
        counts = " | ".join(str(self.lines.get(kind, 0)) for kind in KINDS)
        sizes = f"{self.size / 2**20:.0f} | {len(self.found)}"
        return f"| {self.assignment} | {self.answers} | {self.pages} | {counts} | {sizes} |"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def both(*texts: str) -> str:
    """These texts as they stand and as Markdown shows them."""
    text = "\n".join(texts)
    return squeezed(text + "\n" + MARKS.sub("", text))


def pieces(line: str, markdown: bool) -> set[str]:
    """What a line looks like on a page: as it is; in Markdown, also the words between its formulas, and these."""
    parts = [line]
    if markdown:
        bare = MARKS.sub("", BULLET.sub("", line))
        parts += [bare, *re.split(r"\$+", bare)]
    return {piece for part in parts if len(piece := squeezed(part)) >= TELLING}


def secrets(course: Course, assignment: str) -> dict[tuple[str, str], set[str]]:
    """(kind, line) → what to look for: every line that neither the release nor a misconception makes public."""
    source = nbformat.read(course.source(assignment), as_version=4)
    released = nbformat.read(course.released(assignment), as_version=4)
    bank = proof.answers(course, assignment).values()
    misconceptions = [s for answers in bank for text in answers.values() for s in cases.MISCONCEPTION.findall(text)]
    public = both(*(c.source for c in released.cells), *misconceptions)
    found = {}
    for cell in source.cells:
        for kind, region in KINDS.items():
            for line in "\n".join(region.findall(cell.source)).splitlines():
                marker = "stub: " in line or "### " in line
                wanted = {p for p in pieces(line, cell.cell_type == "markdown") if p not in public}
                if wanted and not marker:
                    found[kind, line.strip()] = wanted
    return found


def views(page: str) -> list[str]:
    """A page as its source, unescaped, and as the text that is seen; all without blanks."""
    return [squeezed(page), squeezed(html.unescape(page)), squeezed(BeautifulSoup(page, "html.parser").get_text())]


def search(here: Course, assignment: str) -> Search:
    """Build the feedback of the whole bank and look through every page."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="leaks-") as folder:
        course, done = returned(here, assignment, Path(folder))
        look_through(course, assignment, done)
    done.seconds = time.perf_counter() - started
    return done


def returned(here: Course, assignment: str, folder: Path) -> tuple[Course, Search]:
    """A course in `folder` whose submissions are the bank, graded and with its feedback written."""
    course = bank_class.course_in(folder, here, assignment)
    runs, fresh = bank_class.proven_runs(course, assignment)
    for number, nb in enumerate(bank_class.hand_ins(course, assignment)):
        bank_class.submit(course, assignment, f"Bank_{number:03d}", nb)
    graded = bank_class.grade(course, assignment, runs)
    assert not any(row.error for row in graded.rows), [row.error for row in graded.rows if row.error]
    report = write_feedback(course, assignment)
    assert not report.failed, report.lines()  # written answers of the bank wait for a grader, and that is said
    return course, Search(assignment, answers=len(runs), run=fresh)


def look_through(course: Course, assignment: str, done: Search) -> None:
    """Search every feedback page of the course; `done` is told what was found."""
    wanted = secrets(course, assignment)
    done.lines = {kind: sum(k == kind for k, _ in wanted) for kind in KINDS}
    for path in sorted(course.root.glob(f"feedback/*/{assignment}/*.html")):
        student, page = path.parent.parent.name, path.read_text(encoding="utf-8")
        handed_in = nbformat.read(course.submitted(student, assignment) / f"{assignment}.ipynb", as_version=4)
        own = both(*(c.source for c in handed_in.cells if is_solution(c)))
        seen = views(page)
        done.pages, done.size = done.pages + 1, done.size + len(page)
        for (kind, line), needles in wanted.items():
            if any(needle in view for needle in needles if needle not in own for view in seen):
                done.found.append((student, kind, line))


def main() -> None:
    warnings.filterwarnings("ignore", module="nbgrader|nbformat|distributed")
    here = Course(ROOT)
    heads = " | ".join(f"{kind} lines" for kind in KINDS)
    print(f"| assignment | answers | pages | {heads} | MB | found |\n{'|---' * 8}|")
    leaking = False
    for assignment in sys.argv[1:] or here.assignments:
        done = search(here, assignment)
        print(done.row(), flush=True)
        print(f"{done.seconds:.0f} s, {done.run} answers had to be run", file=sys.stderr)
        for student, kind, line in done.found[:20]:
            leaking = True
            print(f"  {student}: {kind}: {line}", file=sys.stderr)
    sys.exit(1 if leaking else 0)


if __name__ == "__main__":
    main()
