"""Commands of who runs the class, from the inbox to the report."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from coursework.cli.app import Anew, By, Where, Which, app, console, course_of
from coursework.cli.console import grading_progress, regraded, simple_progress, summary
from coursework.core.course import Course, StaffError, alone
from coursework.core.tables import show
from coursework.core.text import counted


@app.command()
def collect(
    inbox: Annotated[Path, typer.Argument(help="folder or zip: a download of your system, or any pile of files")],
    match: Annotated[
        list[str] | None, typer.Option(help="FILE=ID: whose a file is (of a group ID,ID); may be repeated")
    ] = None,
    times: Annotated[
        Path | None, typer.Option(help="table of submission times, for downloads without them (Canvas)")
    ] = None,
    course: Where = None,
) -> None:
    """Take submissions into submitted/: whose, of which assignment, with the answers in the pristine skeleton."""
    from coursework.intake import collect as stage
    from coursework.reporting import intake_report

    here = Course.find(course)
    matches: dict[str, str] = {}
    for file, _, ids in (pair.rpartition("=") for pair in match or []):
        matches[file] = f"{matches[file]},{ids}" if file in matches else ids
    if wrong := [pair for pair in match or [] if not all(pair.rpartition("="))]:
        raise StaffError(f"--match {wrong[0]}: write FILE=ID")
    with simple_progress(console, "taking") as tell:
        report = stage.collect(here, inbox, matches, table=times, tell=tell)
    intake_report.show(report, console)
    console.print(f"The same, to keep: {', '.join(intake_report.keep(here, report))}")
    raise typer.Exit(report.exit_code)


@app.command()
def autograde(
    assignment: Which,
    students: Annotated[list[str] | None, typer.Argument(help="only these students")] = None,
    force: Annotated[bool, typer.Option("--force", help="grade again what is graded and unchanged")] = False,
    anew: Anew = False,
    engine: By = "",
    course: Where = None,
) -> None:
    """Grade the submissions in submitted/ that are new or changed, each in its own sandbox."""
    here = course_of(course, engine, anew)
    from coursework.core.deadlines import roster
    from coursework.grading import autograde as stage
    from coursework.grading import progress
    from coursework.grading import versions as ran_on
    from coursework.sandbox import bubblewrap, clusters
    from coursework.sandbox.selftest import start_up

    here.source(assignment), here.data, roster(here)  # what is wrong there is said before the self-test

    def head() -> None:
        console.print(bubblewrap.in_force(here.settings))
        console.print(start_up(here.root))
        for line in ran_on.warnings(here, assignment, students or None):
            console.print(f"[yellow]{escape(line)}[/]", soft_wrap=True)
        if warning := clusters.in_clear(here):
            console.print(f"[yellow]{escape(warning)}[/]", soft_wrap=True)

    with (
        clusters.begun(here, stage.expected(here, assignment, students or None, force)),
        alone(here, assignment),
        grading_progress(console, assignment) as tell,
        progress.told(here, assignment, tell) as (told, began),
    ):
        result = stage.autograde(here, assignment, students or None, force, told, began, head)
    summary(console, result)
    raise typer.Exit(result.exit_code)


@app.command()
def versions(assignment: Which, course: Where = None) -> None:
    """What the notebooks were run on, beside what the grader has, and what is known to differ."""
    from coursework.grading import versions as stage

    here = Course.find(course)
    here.source(assignment)
    table = Table("", "grader", "students")
    for row in stage.table(here, assignment):
        table.add_row(*row)
    show(console, table)
    for line in stage.warnings(here, assignment):
        console.print(f"[yellow]{escape(line)}[/]", soft_wrap=True)


@app.command()
def regrade(
    assignment: Which,
    item: Annotated[str, typer.Argument(help="whose tests were changed, e.g. q2-1-mlp, or 2.1")],
    yes: Annotated[bool, typer.Option("--yes", help="write without asking")] = False,
    why: Annotated[str, typer.Option(help="the reason, for changes.csv")] = "",
    anew: Anew = False,
    engine: By = "",
    course: Where = None,
) -> None:
    """Grade one item again after its tests were corrected and released: old and new points first, then the writing."""
    here = course_of(course, engine, anew)
    from coursework.grading import regrade as stage
    from coursework.grading.history import because
    from coursework.sandbox.selftest import start_up

    item = stage.named(here, assignment, item)  # what is wrong there is said before the self-test
    console.print(start_up(here.root))
    with alone(here, assignment):
        found = stage.plan(here, assignment, item)
        regraded(console, found)
        if not yes and not typer.confirm("Write these points?"):
            console.print("Nothing was written.")
            raise typer.Exit(0)
        with because(f"coursework regrade {item}", why):
            stage.write(here, found)
    for change in found.changes:
        if change.error and change.executed is not None:
            console.print(f"[red]{escape(change.student)} was not written: {escape(change.error)}[/]", soft_wrap=True)
    done = sum(not change.error for change in found.changes)
    mark = "[green]✓[/] " if done or not found.changes else ""
    console.print(f"{mark}{item} of {counted(done, 'submission')} is graded again")
    raise typer.Exit(found.exit_code)


@app.command()
def requests(
    assignment: Which,
    folder: Annotated[Path, typer.Argument(help="the requests: a text file for each student")],
    course: Where = None,
) -> None:
    """Regrade requests beside the answers, the tests' messages and the history of points, for staff."""
    from coursework.reporting import requests as stage

    here = Course.find(course)
    found, refused = stage.read(here, assignment, folder)
    odd = stage.fill(here, assignment, found)
    for file, why in refused:
        console.print(f"[yellow]{escape(file)}: {escape(why)}[/]", soft_wrap=True)
    for line in odd:
        console.print(f"[yellow]{escape(line)}[/]", soft_wrap=True)
    console.print(
        f"[green]✓[/] {stage.write(here, assignment, found)}: {counted(len(found), 'request')}", soft_wrap=True
    )
    raise typer.Exit(3 if refused or odd else 0)


@app.command()
def marking(
    assignment: Which,
    graders: Annotated[str, typer.Option("--graders", "--readers", help="who marks, e.g. ann,bob")],
    by: Annotated[
        str, typer.Option(help="question: one grader a question; section: the roster's sections")
    ] = "question",
    names: Annotated[bool, typer.Option("--names", help="show whose the answers are")] = False,
    address: Annotated[str, typer.Option(help="where formgrader is")] = "http://localhost:8888/formgrader",
    course: Where = None,
) -> None:
    """Share the answers that a human marks: a page of links into formgrader for each grader, and what still waits."""
    from coursework.reporting import marking as stage

    here = Course.find(course)
    shares = stage.share(here, assignment, [g.strip() for g in graders.split(",") if g.strip()], by)
    table = Table("grader", by, "answers", "waiting")
    for one in shares:
        table.add_row(one.grader, ", ".join(one.groups) or "nothing", str(len(one.answers)), str(one.waiting))
    show(console, table)
    for path in stage.write(here, assignment, shares, address, names):
        console.print(f"[green]✓[/] {path}")


@app.command()
def grades(
    assignment: Annotated[str | None, typer.Argument(help="the assignment's id; none: the whole course")] = None,
    shape: Annotated[str, typer.Option(help="plain, canvas, moodle or gradescope")] = "plain",
    column: Annotated[str, typer.Option(help="what the assignment is called there: 'Homework 1 (4711)'")] = "",
    out: Annotated[Path | None, typer.Option(help="the file; default grades-ASSIGNMENT.csv")] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="pseudonyms in place of people")] = False,
    course: Where = None,
) -> None:
    """Write a quoted CSV with a column per question, one of the whole course, or what another system imports."""
    from coursework.reporting import exports
    from coursework.reporting import grades as stage
    from coursework.reporting.anonymous import anonymised

    here = Course.find(course)
    name = assignment or "course"
    if anonymous and shape != "plain":
        raise StaffError(f"--anonymous is for a table of our own: {shape} finds people by their names")
    if shape != "plain":
        if not assignment:
            raise StaffError(f"--shape {shape} needs an assignment")
        ending = "" if shape == "gradescope" else ".csv"
        path = out or here.root / f"grades-{name}-{shape}{ending}"
        console.print("[green]✓[/]", escape(exports.write(here, assignment, shape, path, column)), soft_wrap=True)
        return
    if column:
        raise StaffError("--column names the assignment in another system: say --shape canvas or moodle, too")
    path = out or here.root / f"grades-{name}{'-anonymous' if anonymous else ''}.csv"
    table = stage.grade_table(here, assignment) if assignment else exports.course_table(here)
    stage.write_csv(anonymised(here, table) if anonymous else table, path)
    console.print(f"[green]✓[/] {escape(str(path))}: {counted(len(table), 'student')}", soft_wrap=True)
    for state in ("not graded yet", "outdated"):
        if assignment and (names := list(table[table["state"] == state]["student"])):
            text = f"{state}: {', '.join(names)}; run `coursework autograde {assignment}`"
            console.print(f"[yellow]{escape(text)}[/]", soft_wrap=True)


@app.command()
def report(assignment: Which, course: Where = None) -> None:
    """The class at a glance, for staff: report/ASSIGNMENT/report.html, and a CSV behind every table."""
    from coursework.reporting import report as stage

    here = Course.find(course)
    files = stage.write(here, assignment, here.report(assignment))
    console.print(f"[green]✓[/] {here.report(assignment) / 'report.html'}, and {counted(len(files) - 1, 'CSV file')}")
    console.print(f"[green]✓[/] {here.root / 'report' / 'course.html'}: progress over all assignments")


@app.command()
@app.command("likeness", hidden=True)  # its name until 0.1
def similarity(
    assignment: Which,
    least: Annotated[float, typer.Option(help="show pairs from this similarity on, 0 to 1")] = 0.4,
    course: Where = None,
) -> None:
    """Pairs of submissions that are more alike than the release explains, and equal files: a hint for a human."""
    from coursework.reporting import similarity as stage

    here = Course.find(course)
    count, equal, page = stage.write(here, assignment, here.report(assignment), least)
    console.print(
        f"[green]✓[/] {page}: {counted(count, 'pair')} from {least:.0%} on, {counted(equal, 'file')} that several "
        "have; all in similarity.csv and equal-files.csv"
    )
