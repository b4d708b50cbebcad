"""What the parts of the `coursework` command have in common."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from traitlets import TraitError

from coursework.core.course import Course, StaffError
from coursework.sandbox import warm

HELP = "The `coursework` command. Each says what it did, and ends with 0, 3 (some need review) or 1 (a fault of ours)."
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=HELP)
console = Console(soft_wrap=not sys.stdout.isatty())  # in a file a line stays one
Where = Annotated[Path | None, typer.Option("--course", help="the course folder; default: the one you are in")]
By = Annotated[str, typer.Option("--engine", help="dask or serial (one by one, in this process); default: the setting")]
Anew = Annotated[
    bool,
    typer.Option("--self-test", help="run into every wall of the sandbox, also where that was done within the hour"),
]
Which = Annotated[str, typer.Argument(help="the assignment's id, e.g. hw1-mlp")]


def course_of(folder: Path | None, engine: str = "", anew: bool = False) -> Course:
    """The course folder, with the engine that the command names; raises StaffError when there is none of them.

    The command will run notebooks: the warm process starts before the settings are read, which imports all of nbgrader.
    With `anew` it will run into every wall of the sandbox, whatever is remembered of them.
    """
    here = Course.find(folder)
    warm.ahead(here.data)
    if anew:
        from coursework.sandbox import remembered

        remembered.forget(here.root)
    if engine:
        try:
            here.settings.engine = engine
            if engine == "serial":
                here.settings.scheduler, here.settings.cluster = "", {}
        except TraitError:
            raise StaffError(f"there is no engine {engine!r}: name dask or serial") from None
    return here
