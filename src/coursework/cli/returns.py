"""Commands that give a graded assignment back: pages, archives and mails, PDFs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from coursework.cli.app import Where, Which, app, console
from coursework.core.course import Course, StaffError
from coursework.core.files import incomplete
from coursework.core.text import by_reason, counted, listed

if TYPE_CHECKING:  # each command imports its own stage alone
    from coursework.returning.delivery import Return


@app.command()
def feedback(
    assignment: Which,
    students: Annotated[list[str] | None, typer.Argument(help="only these students")] = None,
    staff: Annotated[bool, typer.Option("--staff", help="everything, for staff, into report/…/staff/")] = False,
    course: Where = None,
) -> None:
    """Write feedback/STUDENT/ASSIGNMENT/ as HTML: points and messages, never a hidden test."""
    from coursework.returning import feedback as stage

    here = Course.find(course)
    if staff:
        from coursework.returning import staff as pages

        written = pages.write(here, assignment, students or None)
        console.print(f"{counted(len(written), 'staff page')} in {written[0].parent}")
        return
    report = stage.write_feedback(here, assignment, students or None)
    for line in report.lines():
        console.print(line, markup=False, soft_wrap=True)
    raise typer.Exit(report.exit_code)


@app.command("return")
def return_(
    assignment: Which,
    students: Annotated[list[str] | None, typer.Argument(help="only these students")] = None,
    by: Annotated[str, typer.Option("--by", help="canvas, moodle or mail")] = "",
    send: Annotated[bool, typer.Option("--send", help="mail: send, after the dry run has shown what")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="the PDF in place of the page")] = False,
    again: Annotated[bool, typer.Option("--again", help="what was returned before and is unchanged, too")] = False,
    out: Annotated[Path | None, typer.Option(help="the archive, or the folder of the mails")] = None,
    course: Where = None,
) -> None:
    """Give feedback back: an archive that Canvas or Moodle takes, or mails. Once more: only what has changed."""
    from coursework.core.deadlines import named
    from coursework.returning import archives, delivery, mail

    here = Course.find(course)
    if by not in (*archives.SHAPES, "mail"):
        raise StaffError("say by which way: --by canvas, --by moodle or --by mail (Gradescope takes no feedback files)")
    if send and by != "mail":
        raise StaffError("--send is for mail: upload the archive yourself")
    found = delivery.plan(here, assignment, by, students or None, pdf, again)
    failed = 0
    if by == "mail":
        mail.require_server(here)
        mail.addressed(found)
        failed = _mailed(here, found, send, out or here.report(assignment) / "mail")
    else:
        path = out or here.report(assignment) / f"{assignment}-{by}.zip"
        for name, parcel in archives.write(found, path).items():
            delivery.note(here, assignment, parcel, by, name)
        if found.parcels:
            console.print(f"[green]✓[/] {escape(str(path))}: {counted(len(found.parcels), 'student')}", soft_wrap=True)
    for why, left in by_reason(found.left_out):
        who = listed([named(here, student) for student in left])
        console.print(f"[yellow]left out:[/] {escape(who)}: {escape(why)}", soft_wrap=True)
    for line in incomplete("feedback page", [(named(here, student), what) for student, what in found.open]):
        console.print(f"[yellow]{escape(line)}[/]", soft_wrap=True)
    if found.unchanged:
        console.print(f"{len(found.unchanged)} unchanged since they were returned; --again takes them, too")
    if not found.parcels:
        console.print("There is nothing to return.")
    raise typer.Exit(1 if failed else found.exit_code)


def _mailed(course: Course, found: "Return", really: bool, folder: Path) -> int:
    """Send, or write the drafts; returns how many were not sent."""
    from coursework.core.deadlines import named
    from coursework.returning import delivery, mail

    if not really:
        written = mail.drafts(course, found, folder)
        for parcel in found.parcels:
            files = ", ".join(name for name, _ in parcel.files)
            to = f"{named(course, parcel.student.id)} <{parcel.student.email}>: {files}"
            console.print(f"would send to {escape(to)}", soft_wrap=True)
        if written:
            console.print(
                f"[green]✓[/] {counted(len(written), 'draft')} in {escape(str(folder))}; --send sends "
                f"{'it' if len(written) == 1 else 'them'}",
                soft_wrap=True,
            )
        return 0
    failed = 0
    for parcel, why in mail.send(course, found) if found.parcels else ():
        who = named(course, parcel.student.id)
        if why:
            failed += 1
            console.print(f"[red]not sent:[/] {escape(f'{who}: {why}')}", soft_wrap=True)
        else:
            delivery.note(course, found.assignment, parcel, "mail", parcel.student.email)
            console.print(f"[green]✓[/] {escape(f'{who} <{parcel.student.email}>')}", soft_wrap=True)
    return failed


@app.command()
def pdf(
    target: Annotated[str, typer.Argument(help="an assignment's id, or one notebook file")],
    students: Annotated[list[str] | None, typer.Argument(help="only these students")] = None,
    submissions: Annotated[bool, typer.Option("--submissions", help="the submissions instead of the feedback")] = False,
    staff: Annotated[bool, typer.Option("--staff", help="the staff's pages instead of the feedback")] = False,
    out: Annotated[Path | None, typer.Option(help="where, for one notebook; default: beside it")] = None,
    course: Where = None,
) -> None:
    """PDFs of a class's feedback (or submissions), or of one notebook: formulas drawn, lines wrapped."""
    from coursework.returning import pdf as stage

    single = target.endswith(".ipynb")
    if out and not single:
        raise StaffError("--out is for one notebook: a class's PDFs lie beside its pages")
    if submissions and staff:
        raise StaffError("--submissions or --staff: say one of them")
    if single and (students or submissions or staff):
        raise StaffError(f"{target} is one notebook: leave students, --submissions and --staff out")
    if single:
        report = stage.print_notebook(Path(target), out or Path(target).with_suffix(".pdf"))
    else:
        report = stage.print_class(Course.find(course), target, students or None, submissions, staff)
    for line in report.lines():
        console.print(line, markup=False, soft_wrap=True)
    raise typer.Exit(report.exit_code)
