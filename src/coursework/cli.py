"""The `coursework` command. Each says what it did, and ends with 0, 3 (some need a look) or 1 (a fault of ours)."""

import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from coursework.course import Course, StaffError
from coursework.show import grading_progress, matrix, simple_progress, summary

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
console = Console()
Where = Annotated[Path | None, typer.Option("--course", help="the course folder; default: the one you are in")]
Which = Annotated[str, typer.Argument(help="the assignment's id, e.g. hw1-mlp")]


@app.command()
def release(
    assignment: Which,
    check: Annotated[bool, typer.Option("--check", help="change nothing; fail if release/ is out of date")] = False,
    unproven: Annotated[bool, typer.Option("--unproven", help="release without a proof record")] = False,
    publish: Annotated[Path | None, typer.Option(help="copy release/ into this folder or clone")] = None,
    course: Where = None,
) -> None:
    """Make release/ASSIGNMENT from source/ASSIGNMENT: solutions, hidden tests and mark schemes gone, nothing leaked."""
    from coursework import publish as public
    from coursework import release as stage

    here = Course.find(course)
    if check:
        reason = stage.difference(here, assignment)
        if reason:
            raise StaffError(reason)
        console.print(f"[green]✓[/] release/{assignment} is what source/{assignment} gives")
        return
    if unproven:
        console.print("[bold red]UNPROVEN RELEASE:[/] nobody has shown that these tests accept right answers.")
    mark = stage.release(here, assignment, unproven)
    console.print(f"[green]✓[/] release/{assignment}/{assignment}.ipynb is {mark}")
    if publish:
        for line in public.publish(here, publish):
            console.print(line)


@app.command()
def collect(
    inbox: Annotated[Path, typer.Argument(help="folder or zip: a download of your system, or any pile of files")],
    match: Annotated[list[str] | None, typer.Option(help="FILE=ID: say whose a file is; may be repeated")] = None,
    course: Where = None,
) -> None:
    """Take hand-ins into submitted/: who is it, which assignment, artefacts out, answers into the pristine skeleton."""
    from coursework import collect as stage
    from coursework import intake

    here = Course.find(course)
    matches = dict(pair.rpartition("=")[::2] for pair in match or [])
    if wrong := [pair for pair in match or [] if not all(pair.rpartition("="))]:
        raise StaffError(f"--match {wrong[0]}: say FILE=ID")
    report = stage.collect(here, inbox, matches)
    intake.show(report, console)
    console.print(f"The same, to keep: {', '.join(intake.keep(here, report))}")
    raise typer.Exit(report.exit_code)


@app.command()
def autograde(
    assignment: Which,
    students: Annotated[list[str] | None, typer.Argument(help="only these students")] = None,
    force: Annotated[bool, typer.Option("--force", help="grade again what is graded and unchanged")] = False,
    course: Where = None,
) -> None:
    """Grade the hand-ins in submitted/ that are new or changed, each in its own sandbox."""
    from coursework import autograde as stage
    from coursework import sandbox
    from coursework.selftest import start_up

    here = Course.find(course)
    console.print(sandbox.in_force(here.settings))
    console.print(start_up())
    with grading_progress(console, assignment) as tell:
        result = stage.autograde(here, assignment, students or None, force, tell)
    summary(console, result)
    raise typer.Exit(result.exit_code)


@app.command()
def regrade(
    assignment: Which,
    item: Annotated[str, typer.Argument(help="whose tests were changed, e.g. q2-1-mlp")],
    yes: Annotated[bool, typer.Option("--yes", help="write without asking")] = False,
    course: Where = None,
) -> None:
    """Grade one item again after its tests were corrected and released: old and new points first, then the writing."""
    from coursework import regrade as stage

    here = Course.find(course)
    found = stage.plan(here, assignment, item)
    table = Table("student", "old", "new", f"of {found.points:g}", "")
    for change in found.changes:
        moved = change.error or change.new != change.old
        table.add_row(
            change.student, f"{change.old:g}", "?" if change.error else f"{change.new:g}",
            "[yellow]changes[/]" if moved else "", change.error or change.message,
        )  # fmt: skip
    console.print(table)
    if found.others:
        console.print(
            f"[yellow]Other tests have changed, too[/]: {', '.join(found.others)}. Regrade or autograde them."
        )
    if not yes and not typer.confirm("Write these points?"):
        console.print("Nothing was written.")
        raise typer.Exit(0)
    stage.write(here, found)
    console.print(f"[green]✓[/] {item} of {len(found.changes)} hand-ins is graded again")
    raise typer.Exit(found.exit_code)


@app.command()
def feedback(
    assignment: Which,
    students: Annotated[list[str] | None, typer.Argument(help="only these students")] = None,
    staff: Annotated[bool, typer.Option("--staff", help="everything, for staff, into report/…/staff/")] = False,
    course: Where = None,
) -> None:
    """Write feedback/STUDENT/ASSIGNMENT/ as HTML: points and messages, never a hidden test."""
    from coursework import feedback as stage

    here = Course.find(course)
    if staff:
        from coursework import staff as pages

        written = pages.write(here, assignment, students or None)
        console.print(f"{len(written)} staff pages in {written[0].parent}")
        return
    report = stage.write_feedback(here, assignment, students or None)
    for line in report.lines():
        console.print(line)
    raise typer.Exit(report.exit_code)


@app.command()
def pdf(
    target: Annotated[str, typer.Argument(help="an assignment's id, or one notebook file")],
    students: Annotated[list[str] | None, typer.Argument(help="only these students")] = None,
    submissions: Annotated[bool, typer.Option("--submissions", help="the hand-ins instead of the feedback")] = False,
    out: Annotated[Path | None, typer.Option(help="where, for one notebook; default: beside it")] = None,
    course: Where = None,
) -> None:
    """PDFs of a class's feedback (or hand-ins), or of one notebook: formulas drawn, lines wrapped, pages numbered."""
    from coursework import pdf as stage

    if target.endswith(".ipynb"):
        report = stage.print_notebook(Path(target), out or Path(target).with_suffix(".pdf"))
    else:
        report = stage.print_class(Course.find(course), target, students or None, submissions)
    for line in report.lines():
        console.print(line)
    raise typer.Exit(report.exit_code)


@app.command()
def grades(
    assignment: Annotated[str | None, typer.Argument(help="the assignment's id; none: the whole course")] = None,
    shape: Annotated[str, typer.Option(help="plain, canvas, moodle or gradescope")] = "plain",
    out: Annotated[Path | None, typer.Option(help="the file; default grades-ASSIGNMENT.csv")] = None,
    course: Where = None,
) -> None:
    """Write a quoted CSV with a column per question, one of the whole course, or what another system imports."""
    from coursework import exports
    from coursework import grades as stage

    here = Course.find(course)
    name = assignment or "course"
    if shape != "plain":
        if not assignment:
            raise StaffError(f"--shape {shape} needs an assignment")
        ending = "" if shape == "gradescope" else ".csv"
        console.print(
            "[green]✓[/]", exports.write(here, assignment, shape, out or here.root / f"grades-{name}-{shape}{ending}")
        )
        return
    path = out or here.root / f"grades-{name}.csv"
    table = stage.grade_table(here, assignment) if assignment else exports.course_table(here)
    stage.write_csv(table, path)
    console.print(f"[green]✓[/] {path}: {len(table)} students")


@app.command()
def report(assignment: Which, course: Where = None) -> None:
    """The class at a glance, for staff: report/ASSIGNMENT/report.html, and a CSV behind every table."""
    from coursework import report as stage

    here = Course.find(course)
    files = stage.write(here, assignment, here.root / "report" / assignment)
    console.print(f"[green]✓[/] {here.root / 'report' / assignment / 'report.html'}, and {len(files) - 1} CSV files")


@app.command()
def likeness(
    assignment: Which,
    least: Annotated[float, typer.Option(help="show pairs from this likeness on, 0 to 1")] = 0.4,
    course: Where = None,
) -> None:
    """Pairs of hand-ins that are more alike than the release explains, side by side: a hint for a human."""
    from coursework import likeness as stage

    here = Course.find(course)
    count, page = stage.write(here, assignment, here.root / "report" / assignment, least)
    console.print(f"[green]✓[/] {page}: {count} pairs from {least:.0%} on; all pairs in likeness.csv")


@app.command()
def prove(
    assignment: Annotated[str | None, typer.Argument(help="the assignment's id; or --all")] = None,
    everything: Annotated[bool, typer.Option("--all", help="every assignment that has a source")] = False,
    item: Annotated[str | None, typer.Option(help="only this item; writes no proof record")] = None,
    mutants: Annotated[bool, typer.Option("--mutants", help="plant faults in the reference solutions, too")] = False,
    course: Where = None,
) -> None:
    """Grade every answer of the bank and print the matrix: each must get exactly the score in its file name."""
    from coursework import prove as stage

    here = Course.find(course)
    if not assignment and not everything:
        raise StaffError("name an assignment, or say --all")
    clean = True
    for name in here.assignments if everything else [assignment or ""]:
        with simple_progress(console, f"proving {name}") as tell:
            found = stage.prove(here, name, mutants, item, tell)
        matrix(console, found)
        clean = clean and found.clean
    raise typer.Exit(0 if clean else 1)


@app.command()
def data(
    names: Annotated[list[str] | None, typer.Argument(help="mnist, fashion-mnist, cifar10; default: all")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="download nothing, only check what is there")] = False,
    course: Where = None,
) -> None:
    """Fetch and verify the data sets."""
    from coursework import fetch as stage

    here = Course.find(course)
    raise typer.Exit(stage.fetch(names or [], here.data or here.root / "data", verify_only=verify))


@app.command()
def sandbox() -> None:
    """Prove each limit of the sandbox on this machine and show which are in force."""
    from coursework.selftest import self_test

    table = Table("limit", "in force", "seen", box=None)
    proofs = self_test()
    for proof in proofs:
        table.add_row(proof.name, "[green]yes[/]" if proof.in_force else "[bold red]NO[/]", proof.detail)
    console.print(table)
    raise typer.Exit(0 if all(p.in_force for p in proofs) else 1)


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option(help="where; default demo/ in the course folder")] = None,
    course: Where = None,
) -> None:
    """Make a class of twelve from the bank, collect, grade and return it, and compare with what must come out."""
    from coursework import demo as stage

    here = Course.find(course)
    raise typer.Exit(stage.demo(here, folder or here.root / "demo", console))


def main() -> None:
    """Entry point: our own errors are one line on stderr and exit code 1."""
    # What these say of their own insides (sessions, ids, ports) is nothing that a user of ours can act on.
    warnings.filterwarnings("ignore", module="nbgrader|nbformat|distributed")
    try:
        app()
    except (StaffError, OSError) as error:
        print(f"coursework: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
