"""nbgrader looks for files by patterns that begin with the course's path, where `[WS 2026]` would be a pattern, too.

Of a pattern, what is there as a folder is a folder. nbgrader has no setting for it, so the modules that look for files
get a `glob` that knows.
"""

import glob
import os
import re
from types import SimpleNamespace
from typing import Any

import nbgrader.apps.api
import nbgrader.converters.base
import nbgrader.utils


def literal(pattern: str) -> str:
    """The pattern with its folders that exist taken by the letter."""
    for end in [m.start() for m in re.finditer("/", pattern)][::-1]:
        folder = pattern[:end]
        if glob.has_magic(folder) and os.path.isdir(folder):
            return glob.escape(folder) + pattern[end:]
    return pattern


def _glob(pattern: str, **how: Any) -> list[str]:
    return glob.glob(literal(pattern), **how)


def allow() -> None:
    """From now on nbgrader works in a course folder of any name."""
    known: Any = SimpleNamespace(glob=_glob, iglob=glob.iglob, escape=glob.escape)
    for module in (nbgrader.apps.api, nbgrader.converters.base, nbgrader.utils):
        module.glob = known  # type: ignore[attr-defined]
