"""Commands of who writes the course: release, prove, data, sandbox, demo."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from coursework.cli.app import Anew, By, Where, Which, app, console, course_of
from coursework.cli.console import imported, matrix, simple_progress
from coursework.core.cells import grade_id_of, is_asserted, labelled
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.tables import show
from coursework.sandbox import warm


@app.command()
def new(
    assignment: Annotated[str, typer.Argument(help="its id, e.g. hw6-attention")],
    title: Annotated[str, typer.Option(help="as people call it")] = "",
    course: Where = None,
) -> None:
    """Begin an assignment: a small complete one with its bank, which proves and releases at once."""
    from coursework.authoring import new as stage

    for folder in stage.new(Course.find(course), assignment, title):
        console.print(f"[green]✓[/] {folder}")
    console.print(f"Next: coursework prove {assignment}, then coursework release {assignment}.")


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="a source notebook of nbgrader's, or an assignment's folder of them")],
    name: Annotated[str, typer.Option(help="its id here; default: from the notebook's name")] = "",
    course: Where = None,
) -> None:
    """Take a plain nbgrader assignment into source/: its asserts as probes where they can be, and a report by cell."""
    here = Course.find(course)
    warm.ahead(here.data)
    from coursework.authoring import importing as stage
    from coursework.sandbox.selftest import start_up

    found = stage.notebooks(path)
    if name and len(found) > 1:
        raise StaffError(f"{path} has {len(found)} notebooks, each an assignment of its own: leave --name out")
    names = {one: name or stage.name_of(one, alone=len(found) == 1) for one in found}
    for one, known in names.items():
        stage.place(here, one, known)  # what is wrong there is said before the self-test
    start_up(here.root)
    results = []
    for one, known in names.items():
        results.append(stage.convert(here, one, known, whole=path.is_dir()))
        imported(console, results[-1], here.settings.assert_tests)
    raise typer.Exit(max(result.exit_code for result in results))


@app.command()
def release(
    assignment: Which,
    check: Annotated[bool, typer.Option("--check", help="change nothing; fail if release/ is out of date")] = False,
    unproven: Annotated[bool, typer.Option("--unproven", help="release without a proof record")] = False,
    publish: Annotated[Path | None, typer.Option(help="copy this release into a public folder or clone")] = None,
    course: Where = None,
) -> None:
    """Make release/ASSIGNMENT from source/ASSIGNMENT: solutions, hidden tests and mark schemes gone, nothing leaked."""
    from coursework.authoring import publish as public
    from coursework.authoring import release as stage

    here = Course.find(course)
    if check and publish:
        raise StaffError("--check changes nothing: leave it or --publish out")
    if check:
        reason = stage.difference(here, assignment, unproven)
        if reason:
            raise StaffError(reason)
        console.print(f"[green]✓[/] release/{assignment} is what source/{assignment} gives")
        return
    if unproven:
        console.print("[bold red]UNPROVEN RELEASE:[/] nobody has shown that these tests accept right answers.")
    mark = stage.release(here, assignment, unproven)
    console.print(f"[green]✓[/] release/{assignment}/{assignment}.ipynb is {mark}")
    _say_asserted(here, assignment)
    if publish:
        for line in public.publish(here, assignment, publish):
            console.print(line)


def _say_asserted(course: Course, assignment: str) -> None:
    """Name the tests that no grader decides."""
    source = read_notebook(course.source(assignment))
    if names := [grade_id_of(cell) for cell in source.cells if is_asserted(cell)]:
        told = labelled(f"Decided in the student's process, by asserts: {', '.join(names)}")
        console.print(f"[yellow]{escape(told)}[/]", soft_wrap=True)


@app.command()
def prove(
    assignment: Annotated[str | None, typer.Argument(help="the assignment's id; or --all")] = None,
    everything: Annotated[bool, typer.Option("--all", help="every assignment that has a source")] = False,
    item: Annotated[str | None, typer.Option(help="only this item; writes no proof record")] = None,
    mutants: Annotated[bool, typer.Option("--mutants", help="plant faults in the reference solutions, too")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="run everything again, whatever is on record")] = False,
    anew: Anew = False,
    engine: By = "",
    course: Where = None,
) -> None:
    """Grade every answer of the bank and print the matrix: each must get exactly the score in its file name."""
    here = course_of(course, engine, anew)
    from coursework.proving import prove as stage
    from coursework.sandbox.selftest import start_up

    if not assignment and not everything:
        raise StaffError("name an assignment, or say --all")
    if assignment and item:
        item = stage.named(here, assignment, item)  # what is wrong there is said before the self-test
    console.print(start_up(here.root))
    clean = True
    for name in here.assignments if everything else [assignment or ""]:
        with simple_progress(console, f"proving {name}") as tell:
            found = stage.prove(here, name, mutants, item, tell, fresh)
        matrix(console, found)
        _say_asserted(here, name)
        clean = clean and found.clean
    raise typer.Exit(0 if clean else 1)


@app.command()
def data(
    names: Annotated[list[str] | None, typer.Argument(help="mnist, fashion-mnist, cifar10; default: all")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="download nothing, only check what is there")] = False,
    course: Where = None,
) -> None:
    """Fetch and verify the data sets."""
    from coursework.notebook import download as stage

    here = Course.find(course)
    raise typer.Exit(stage.fetch(names or [], here.data_folder, verify_only=verify))


@app.command()
def sandbox() -> None:
    """Prove each limit of the sandbox on this machine and show which are in force."""
    warm.ahead(None)
    from coursework.sandbox.selftest import self_test

    table = Table("limit", "in force", "seen", box=None)
    proofs = self_test()
    for proof in proofs:
        table.add_row(proof.name, "[green]yes[/]" if proof.in_force else "[bold red]NO[/]", proof.detail)
    show(console, table)
    raise typer.Exit(0 if all(p.in_force for p in proofs) else 1)


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option(help="where; default demo/ in the course folder")] = None,
    course: Where = None,
) -> None:
    """Make a class of twelve from the bank, collect, grade and return it, and compare with what must come out."""
    here = Course.find(course)
    warm.ahead(here.data)
    from coursework.cli import demo as stage

    raise typer.Exit(stage.demo(here, folder or here.root / "demo", console))
