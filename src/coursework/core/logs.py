"""nbgrader and nbconvert report through logging; a command of ours shows one line instead and keeps the rest."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from coursework.core.text import plainly


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += record.getMessage().splitlines()


@contextmanager
def log_to_list() -> Iterator[list[str]]:
    """Collect the lines that traitlets' applications log meanwhile, instead of printing them."""
    logger = logging.getLogger("traitlets")
    collector = _Collector()
    kept, propagate, level = logger.handlers[:], logger.propagate, logger.level
    logger.handlers, logger.propagate = [collector], False
    logger.setLevel(logging.WARNING)
    try:
        yield collector.lines
    finally:
        logger.handlers, logger.propagate = kept, propagate
        logger.setLevel(level)


def cause(lines: list[str]) -> str | None:
    """The message of the last exception in collected lines (nbgrader logs whole tracebacks); None if there is none."""
    found = [m for line in lines if (m := re.match(r"(?:[\w]+\.)*([A-Z]\w*): (.+)", line))]
    return plainly(found[-1][2]) if found else None
