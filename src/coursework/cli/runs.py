"""Commands about long runs, and the machines that they use."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from coursework.cli.app import Where, Which, app, console
from coursework.core.cells import labelled
from coursework.core.course import Course


@app.command()
def status(assignment: Which, course: Where = None) -> None:
    """How far `coursework autograde` is, from another terminal: graded, running where, waiting, failed, time left."""
    from coursework.grading import progress

    here = Course.find(course)
    here.source(assignment)
    zone = here.settings.zone

    def written(seconds: float) -> str:
        moment = datetime.fromtimestamp(seconds, zone)
        return moment.strftime("%H:%M:%S" if moment.date() == datetime.now(zone).date() else "%Y-%m-%d %H:%M:%S")

    for line in progress.report(here, assignment, written):
        console.print(labelled(line), markup=False, highlight=False, soft_wrap=True)


cluster = typer.Typer(no_args_is_help=True, help="Machines that grade together.")
app.add_typer(cluster, name="cluster")


@cluster.command("keys")
def cluster_keys(folder: Annotated[Path, typer.Argument(help="a new folder, outside of what students get")]) -> None:
    """Make certificates, so that submissions travel encrypted and nobody else's code reaches the workers (TLS)."""
    from coursework.sandbox import keys

    made = keys.make(folder)
    console.print(f"[green]✓[/] {escape(str(folder))}: {', '.join(path.name for path in made)}", soft_wrap=True)
    console.print("Keep them secret: with one of them anybody can run code on all workers, and read all submissions.")
