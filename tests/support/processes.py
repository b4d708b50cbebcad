"""Dask's own commands as processes of this machine, as a terminal would start them, and ports for them."""

import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextlib.contextmanager
def dask_commands(commands: Sequence[Sequence[str]], folder: Path) -> Iterator[int]:
    """How many of the commands run in `folder`: each is `dask scheduler …` or `dask worker …`, in words.

    They are ended, the last one first, when the block is left.
    """
    running: list[subprocess.Popen] = []
    try:
        for _, part, *options in commands:
            line = [sys.executable, "-m", f"distributed.cli.dask_{part}", *options]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            running.append(subprocess.Popen(line, cwd=folder, **quiet))
        yield len(running)
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(timeout=60)
