"""What the parts of the `coursework` command have in common."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

HELP = "The `coursework` command. Each says what it did, and ends with 0, 3 (some need review) or 1 (a fault of ours)."
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=HELP)
console = Console()
Where = Annotated[Path | None, typer.Option("--course", help="the course folder; default: the one you are in")]
Which = Annotated[str, typer.Argument(help="the assignment's id, e.g. hw1-mlp")]
