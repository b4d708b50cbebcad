"""The host's end of a kernel's messages: their sender may be hostile, and none of them may end or fill the grader."""

import json
from typing import Any

import nbformat
import zmq
import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.session import Session

# Bytes of one message's frame. ZeroMQ hangs up for good on a longer one before it is read, so that the cells below stay
# without output: a loop that prints fills some MiB before its interrupt, and must not come near.
LARGEST = 256 * 2**20
DEEPEST = 50  # lists and dictionaries within each other in a message
# What a message may raise that no kernel sends, only a student's code.
MADE_UP = (AttributeError, LookupError, TypeError, ValueError, RecursionError, nbformat.ValidationError)
UNCOUNTED = ("status", "execute_input")  # of each run cell, and nothing of them is kept
# What a notebook keeps of a message.
OUTPUTS = {
    "stream": ("name", "text"),
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
    "error": ("ename", "evalue", "traceback"),
}
PARTS = ("header", "parent_header", "metadata", "content")


class ForgivingSession(Session):
    """One to which a message that cannot be read says nothing, instead of ending the run."""

    def feed_identities(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().feed_identities(*args, **kwargs)
        except MADE_UP:
            return [], []

    def deserialize(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            found = super().deserialize(*args, **kwargs)
            if all(isinstance(found[name], dict) for name in PARTS):
                return found
        except MADE_UP:
            pass
        nothing: dict[str, dict] = {name: {} for name in PARTS}
        return {**nothing, "msg_id": "", "msg_type": "", "buffers": []}


class NarrowClient(AsyncKernelClient):
    """A kernel's client whose sockets refuse a message beyond `LARGEST`."""

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.setsockopt(zmq.MAXMSGSIZE, LARGEST)
        return context


def size(msg: dict[str, Any]) -> int:
    """Bytes by which a message counts against what a cell may print."""
    if msg["msg_type"] in UNCOUNTED:
        return 0
    return len(json.dumps(msg["content"], default=str)) + sum(len(one) for one in msg.get("buffers", ()))


def keep_sound(nb: nbformat.NotebookNode) -> None:
    """Take out of an executed notebook what Jupyter would not write: whatever a process sends, the file is valid."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    for about in (*cells, *(o for cell in cells for o in cell.outputs if o.get("output_type") == "execute_result")):
        count = about.get("execution_count")
        if type(count) is not int or count < 0:
            about["execution_count"] = None
    if not nbformat.validator.isvalid(nb):
        for cell in cells:
            cell.outputs = [output for output in cell.outputs if _is_sound(output)]


def _is_sound(output: Any) -> bool:
    try:
        nbformat.validate(output, ref="output", version=4)
    except (nbformat.ValidationError, *MADE_UP):
        return False
    return True
