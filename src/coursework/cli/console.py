"""What the commands print: progress bars and tables. No decisions here."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from coursework.core.cells import labelled
from coursework.core.tables import show
from coursework.core.text import counted, shortened

if TYPE_CHECKING:  # each command imports its own stage alone
    from coursework.authoring.importing import Imported
    from coursework.grading.autograde import Graded, Summary
    from coursework.grading.regrade import Regrade
    from coursework.proving.matrix import Case, Proof

SILENT = 30  # seconds between two lines of progress where no terminal shows a bar


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("ETA"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=console,
        transient=not console.is_terminal,
    )


@contextmanager
def grading_progress(console: Console, assignment: str) -> Iterator["Callable[[int, int, Graded | None], None]"]:
    """A bar with time left and the slowest cell so far; a line per student where no terminal shows the bar."""
    slowest: tuple[float, str] = (0.0, "")
    with _progress(console) as progress:
        bar = progress.add_task(f"grading {assignment}", total=None, note="")

        def tell(done: int, todo: int, last: "Graded | None") -> None:
            nonlocal slowest
            if last is not None and last.slowest:
                cell, _, seconds = last.slowest.removesuffix(" s").rpartition(" ")
                slowest = max(slowest, (float(seconds), f"{last.student} {cell}"))
            note = f"slowest cell: {slowest[1]} {slowest[0]:.1f} s" if slowest[1] else ""
            progress.update(bar, completed=done, total=todo, note=note)
            if last is not None and not console.is_terminal:
                mark = "error" if last.error else f"{last.score:g}/{last.points:g}"
                console.print(f"  {done}/{todo} {last.student}: {mark} in {last.seconds:.1f} s", markup=False)

        yield tell


@contextmanager
def simple_progress(console: Console, title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar; where no terminal shows it, a line at the beginning and then every `SILENT` seconds."""
    last = -float("inf")
    with _progress(console) as progress:
        bar = progress.add_task(title, total=None, note="")

        def tell(done: int, todo: int) -> None:
            nonlocal last
            progress.update(bar, completed=done, total=todo)
            if todo and not console.is_terminal and time.monotonic() - last >= SILENT:
                last = time.monotonic()
                console.print(f"  {title}: {done} of {todo}", markup=False)

        yield tell


def summary(console: Console, result: "Summary") -> None:
    """One line a student: automatic points, what waits for a human, seconds, and why it needs review."""
    table = Table(
        "student", "automatic", "waiting", "s", "slowest cell", "", title=f"{result.assignment}", title_justify="left"
    )
    for row in result.rows:
        who = f"{row.student} ({row.name})" if row.name else row.student
        if row.error:
            table.add_row(escape(who), "", "", "", "", f"[red]not graded: {escape(labelled(row.error))}[/]")
            continue
        marks = ["needs review"] * (row.state == "review") + ["unchanged"] * (not row.fresh)
        note = labelled("; ".join([*marks, *(reason.rstrip(".") for reason in row.reasons)]))
        colour = "yellow" if row.state == "review" else "default"
        score = f"{row.score:g} / {row.points:g}"
        table.add_row(
            escape(who), score, str(row.waiting), f"{row.seconds:.1f}", row.slowest, f"[{colour}]{escape(note)}[/]"
        )
    show(console, table)
    review = sum(row.state == "review" for row in result.rows)
    errors = sum(bool(row.error) for row in result.rows)
    need = "needs" if review == 1 else "need"
    many = counted(len(result.rows), "submission")
    console.print(f"{many}, {review} {need} review, {errors} not graded for a fault on our side.")


def regraded(console: Console, found: "Regrade") -> None:
    """Old and new points of one item, and what else has changed since it was graded."""
    table = Table("student", "old", "new", f"of {found.points:g}", "")
    for change in found.changes:
        moved = change.error or change.new != change.old
        table.add_row(
            change.student, f"{change.old:g}", "?" if change.error else f"{change.new:g}",
            "[yellow]changes[/]" if moved else "", escape(change.error or change.message),
        )  # fmt: skip
    show(console, table)
    if found.others:
        console.print(
            f"[yellow]Other cells have changed, too[/]: {labelled(', '.join(found.others))}. "
            f"Run `coursework autograde {found.assignment}`: it grades whole submissions again."
        )


def matrix(console: Console, found: "Proof") -> None:
    """The proof matrix: per answer what it must get and got; mutants as one line an item, survivors by name."""
    from coursework.proving.matrix import Result

    table = Table(
        "item", "answer", "must get", "got", "s", "what the student reads", title=found.assignment, title_justify="left"
    )
    for item, group in groupby(found.cases, key=lambda c: c.item):
        rows = list(group)
        for case in rows:
            if case.expected is None or case.rewrites:
                continue
            colour = "green" if case.ok else "bold red"
            result = case.result or Result(0.0)
            note = shortened(result.message)
            if not case.ok and result.got == case.expected:
                note = result.faults[0] if result.faults else f"its own sentence is not said: {case.misconception}"
            got = f"[{colour}]{result.got:g}[/]" if case.result else ""
            table.add_row(item, case.name, f"{case.expected:g}", got, f"{result.seconds:.1f}", escape(labelled(note)))
            item = ""
        if others := [c for c in rows if c.rewrites]:
            kept = sum(c.ok for c in others)
            table.add_row("", counted(len(others), "rewrite"), "", f"{kept} right", "", ", ".join(kinds(others)))
        tried = [c for c in rows if c.expected is None]
        if tried:
            dead = sum(c.got is not None and c.got < c.points for c in tried)
            listed = sum(bool(c.note) for c in tried)
            table.add_row("", counted(len(tried), "mutant"), "", f"{dead} dead", "", f"{listed} listed as equivalent")
            for case in tried:
                if not case.ok:
                    table.add_row(
                        "", f"mutant: {case.name}", f"< {case.points:g}", f"[bold red]{case.got:g}[/]", "", "survives"
                    )
    show(console, table, keys=2)
    contracts(console, found)
    kept = sum(case.result is not None and not case.fresh for case in found.cases)
    rewrites = sum(bool(case.rewrites) for case in found.cases)
    mutants = sum(case.expected is None for case in found.cases)
    answers = len(found.cases) - rewrites - mutants
    verdict = "[green]clean[/]" if found.clean else f"[bold red]{counted(len(found.surprises), 'surprise')}[/]"
    again = f" ({kept} as in the last proof, which nothing has changed)" if kept else ""
    many = f"{counted(answers, 'answer')}, {counted(rewrites, 'rewrite')}, {counted(mutants, 'mutant')}"
    console.print(f"{found.assignment}: {many}{again}: {verdict}")
    for surprise in found.surprises:
        console.print(f"[bold red]✗[/] {escape(labelled(surprise))}", soft_wrap=True)


def kinds(cases: "list[Case]") -> list[str]:
    """What was done to right answers, each once."""
    from coursework.proving.rewrites import KINDS

    return [kind for kind in KINDS if any(kind in case.rewrites for case in cases)]


def contracts(console: Console, found: "Proof") -> None:
    """Per clause of each item the wrong answers that break it and nothing else."""
    table = Table("item", "clause", "broken alone by", title="contracts, clause by clause", title_justify="left")
    for item, row in found.clauses.items():
        for clause, killers in row.items():
            names = ", ".join(killers[:6]) + (f" and {len(killers) - 6} more" if len(killers) > 6 else "")
            table.add_row(item, clause, escape(names) or "[bold red]none[/]")
            item = ""
    show(console, table, keys=2)


def imported(console: Console, found: "Imported", allowed: bool) -> None:
    """What became of each cell of an import, and what comes next."""
    table = Table("cell", "here", "", "", title=found.assignment, title_justify="left")
    colours = {"kept": "yellow", "refused": "red", "converted": "green"}
    for row in found.rows:
        colour = colours.get(row.what, "default")
        table.add_row(escape(row.before), row.now, f"[{colour}]{row.what}[/]", escape(row.why))
    show(console, table)
    count = Counter(row.what for row in found.rows)
    console.print(
        f"[green]✓[/] {found.folder}: {found.points:g} point{'s' * (found.points != 1)}; "
        f"{counted(count['converted'], 'test')} converted, {count['kept']} kept as asserts, {count['refused']} refused",
        soft_wrap=True,
    )
    if found.kept and not allowed:
        console.print(
            "[yellow]The student's process decides the tests that are kept as asserts: allow them with "
            "c.CourseworkSettings.assert_tests = True, or write probes.[/]",
            soft_wrap=True,
        )
    console.print(f"Next: coursework release {found.assignment} --unproven, or a bank and coursework prove.")
