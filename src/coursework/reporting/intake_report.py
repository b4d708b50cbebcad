"""What became of an inbox, on one page: who handed in what, how each was found, what was odd, and who is missing."""

import csv
import io
from datetime import datetime

from rich import markup
from rich.console import Console
from rich.table import Table

from coursework.core import tables
from coursework.core.course import Course
from coursework.core.files import write_whole
from coursework.core.text import counted, printable
from coursework.intake.report import Report, Taken
from coursework.reporting.grades import harmless
from coursework.returning.sheet import render


def escape(text: str) -> str:
    """For a terminal or a page: no markup, no control characters."""
    return markup.escape(printable(text))


def notes(taken: Taken) -> list[str]:
    """What is said of one submission that was taken."""
    brought = ["brought " + ", ".join(taken.files)] if taken.files else []
    return [*taken.odd, *brought, *([] if taken.new else ["unchanged"])]


def sums(report: Report) -> str:
    fresh = sum(t.new for t in report.taken)
    return (
        f"{counted(len(report.taken), 'submission')} taken ({fresh} new or changed), {len(report.held)} held back, "
        f"{len(report.refused)} not placed."
    )


def show(report: Report, console: Console) -> None:
    """Print what was taken, held back and not placed, and why."""
    table = Table("student", "assignment", "file", "found by", "submitted", "", title="taken", title_justify="left")
    for t in report.taken:
        colour = "yellow" if t.review else "default"
        table.add_row(
            escape(t.student), t.assignment, escape(t.file), escape(t.how), t.when,
            f"[{colour}]{escape('; '.join(notes(t)))}[/]",
        )  # fmt: skip
    if report.taken:
        tables.show(console, table)
    for title, rows in (("held back", report.held), ("not placed", report.refused)):
        for file, why in rows:
            console.print(f"[yellow]{title}[/] {escape(f'{file}: {why}')}", soft_wrap=True, highlight=False)
    for assignment, missing in report.nothing.items():
        if missing:
            console.print(
                f"[yellow]nothing handed in[/] for {assignment}: {escape(', '.join(missing))}", soft_wrap=True
            )
    if report.strangers:
        said = f"in submitted/, but not in the roster: {', '.join(report.strangers)}"
        console.print(f"[yellow]{escape(said)}[/]", soft_wrap=True)
    console.print(sums(report))


def keep(course: Course, report: Report) -> list[str]:
    """Write the same as collected.html and collected.csv into the course folder; returns their names.

    Those of the run before go to collected/, named by their time.
    """
    for path in (course.root / "collected.html", course.root / "collected.csv"):
        if path.exists():
            when = datetime.fromtimestamp(path.stat().st_mtime, course.settings.zone)
            kept = course.root / "collected" / f"{when:%Y-%m-%d-%H%M%S}{path.suffix}"
            kept.parent.mkdir(exist_ok=True)
            path.replace(kept)
    page = render(__package__, "collected.html", report=report, notes=notes, sums=sums(report))
    write_whole(course.root / "collected.html", page)
    rows = [
        [t.student, t.assignment, t.file, t.how, "review" if t.review else "taken", "; ".join(t.odd)]
        for t in report.taken
    ]
    rows += [["", "", file, "", "held back", why] for file, why in report.held]
    rows += [["", "", file, "", "not placed", why] for file, why in report.refused]
    rows += [[s, "", "", "", "not in the roster", ""] for s in report.strangers]
    rows += [[s, a, "", "", "nothing handed in", ""] for a, missing in report.nothing.items() for s in missing]
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    heads = ["student", "assignment", "file", "found by", "state", "notes"]
    writer.writerows([heads, *([harmless(printable(text)) for text in row] for row in rows)])
    write_whole(course.root / "collected.csv", text.getvalue())
    return ["collected.html", "collected.csv"]
