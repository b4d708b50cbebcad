"""The entry point of the `coursework` command."""

import logging
import sqlite3
import sys
import warnings

from coursework.core import stopping


def main() -> None:
    """Entry point: our own errors are one line on stderr and exit code 1; Ctrl-C is one line at any moment."""
    stopping.listen()  # before the imports that take a second
    from coursework.cli.commands import app
    from coursework.core.cells import labelled
    from coursework.core.course import StaffError
    from coursework.core.text import plainly

    # What these say of their own insides (sessions, ids, ports) is nothing that a user of ours can act on.
    warnings.filterwarnings("ignore", module="nbgrader|nbformat|distributed")
    # nbgrader logs a database's error with its traceback, and raises it, too.
    logging.getLogger("tornado.application").setLevel(logging.CRITICAL)
    try:
        app()
    except (StaffError, OSError) as error:
        said = plainly(str(error)) if isinstance(error, OSError) else str(error)
        print(f"coursework: {labelled(said)}", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        if not _of_a_database(error):
            raise
        why = plainly(str(getattr(error, "orig", None) or error).splitlines()[0])
        print(f"coursework: the gradebook cannot be read or written: {why}", file=sys.stderr)
        sys.exit(1)


def _of_a_database(error: Exception) -> bool:
    """What SQLAlchemy raises was imported by then; many a command does without it."""
    known = sys.modules.get("sqlalchemy.exc")
    return isinstance(error, sqlite3.Error) or (known is not None and isinstance(error, known.SQLAlchemyError))


if __name__ == "__main__":
    main()
