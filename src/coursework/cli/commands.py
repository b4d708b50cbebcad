"""`app` with all of its commands."""

from coursework.cli import author, classes, returns, runs  # noqa: F401  # they add theirs
from coursework.cli.app import app

__all__ = ["app"]
