"""Run one notebook in one sandboxed kernel and keep whatever it reached.

`SandboxExecute` is nbgrader's Execute with limits; plain `nbgrader autograde` uses it through nbgrader_config.py, and
everything else through `tasks`.
"""

import asyncio
import os
import time
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import jupyter_client
import nbclient
import nbformat
import nbgrader
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Integer, default

from coursework.core.cells import is_given, is_test
from coursework.core.files import too_deep
from coursework.sandbox import bubblewrap, fenced, messages, needed, own_cells
from coursework.sandbox.messages import MADE_UP

KERNEL = "coursework-sandbox"
DIED, EXITED = "the kernel died", "exit()"
GIVEN = 6  # times the limit of a cell, for those that are the course's own
RUN_KEY = "coursework_run"  # in the notebook's metadata, from the run to the judge


class SandboxExecute(Execute):
    """Execute in the sandbox; a dead or stuck kernel ends the run but keeps the executed prefix.

    Leaves ``nb.metadata.coursework_run``: wall and CPU seconds, the slowest cell, what was stopped and why
    (`stopped`: {"cell", "reason"} or None), and per-cell remarks (`cells`: {cell id: sentence}).
    """

    skip: frozenset[str] = frozenset()  # cells that do not run, if no answer needs them
    output_bytes = Integer(4 * 2**20, help="outputs kept of one cell, bytes").tag(config=True)
    iopub_timeout = 10  # a kernel that is not back this long after an interrupt counts as stuck

    @default("timeout_func")
    def _limit_of(self) -> Any:
        return self.patient

    def patient(self, cell: NotebookNode) -> int:
        """Seconds after which nbclient gives a cell up, whatever its own limit is (`_time_is_over`)."""
        limit = self.limit(cell)
        return max(limit, self.timeout * GIVEN) if limit and limit > 0 else limit

    def limit(self, cell: NotebookNode) -> int:
        """Seconds for this cell. A given cell, the set-up for one, may wait for a busy machine: that is not the
        student's fault, and the notebook's own limit still holds."""
        if (
            cell.id in self._remarks and self.timeout and self.timeout > 0
        ):  # its visible part was stopped: what loops again is soon known
            return max(3, self.timeout // 4)
        return self.timeout * GIVEN if is_given(cell) and self.timeout and self.timeout > 0 else self.timeout

    def create_kernel_manager(self):
        km = super().create_kernel_manager()
        if km.kernel_name == KERNEL:
            bubblewrap.require_sandbox()
            km.session, km.client_factory = messages.ForgivingSession(parent=km), messages.NarrowClient
        return km

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: Any) -> AsyncIterator[None]:
        """A kernel, without nbclient's reaction to Ctrl-C: it would end the kernel, which the student would be graded
        for, and go on."""

        def refuse(*_: Any) -> None:
            raise RuntimeError("Ctrl-C is not nbclient's")

        loop: Any = asyncio.get_running_loop()
        loop.add_signal_handler = refuse
        try:
            async with super().async_setup_kernel(**kwargs):
                yield
        finally:
            del loop.add_signal_handler

    def preprocess(self, nb: NotebookNode, resources: dict, km: Any = None) -> tuple[NotebookNode, dict]:
        """Run the notebook; once more without cells of the student's own that ended Python, and once more with what
        such cells have overwritten put back (see `own_cells`)."""
        self._undone = False
        self.skip = needed.left_out(nb, self.skip)
        self._hidden_names = fenced.own_names(nb)
        nb, resources = self._pass(nb, resources, km)
        left_out: dict[str, str] = {}
        stopped = nb.metadata[RUN_KEY].stopped
        if km is None and stopped and (found := own_cells.culprits(nb, stopped["cell"])):
            left_out = {cell.id: stopped["reason"] for cell in found}
            texts = {cell.id: cell.source for cell in found}
            for cell in found:
                cell.source = own_cells.LEFT_OUT
            nb, resources = self._pass(nb, resources)
            for cell in nb.cells:
                cell.source = texts.get(cell.id, cell.source)
        run = nb.metadata[RUN_KEY]
        run.left_out = left_out
        run.endings = {id: call for id, call in own_cells.endings(nb).items() if id not in left_out}
        overwritten = own_cells.overwriting(nb)
        if km is None and overwritten and not left_out and not run.stopped:
            self._undone = True
            again, _ = self._pass(nbformat.from_dict(nb), resources)
            run.again = {cell.id: cell.outputs for cell in again.cells if is_test(cell)}
            run.overwritten = overwritten
        return nb, resources

    def _pass(self, nb: NotebookNode, resources: dict, km: Any = None) -> tuple[NotebookNode, dict]:
        """Run it; once more where the kernel died and no limit or call says why: who ended it cannot be seen from here.
        The machine may have been short of memory, or somebody has killed it; a notebook that ends itself does it again.
        """
        nb, resources = self._one_pass(nb, resources, km)
        stopped = nb.metadata[RUN_KEY].stopped
        return (
            self._one_pass(nb, resources) if km is None and stopped and stopped["reason"] == DIED else (nb, resources)
        )

    def _one_pass(self, nb: NotebookNode, resources: dict, km: Any = None) -> tuple[NotebookNode, dict]:
        started = time.perf_counter()
        self._sizes: dict[int, int] = {}
        self._timed: list[tuple[float, str]] = []
        self._remarks: dict[str, str] = {}
        self._visible: dict[str, int] = {}
        self.reached: NotebookNode | None = None
        self._provisioner: Any = None
        self._clock: asyncio.TimerHandle | None = None
        stopped = None
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        with_stream = bool(os.environ.get("NBGRADER_EXECUTION"))
        if not with_stream:
            os.environ["NBGRADER_EXECUTION"] = "autograde"
        try:
            super().preprocess(nb, resources, km)
        except (DeadKernelError, CellTimeoutError) as error:
            stopped = {"cell": self.reached.id if self.reached else None, "reason": self._reason(error)}
        except MADE_UP as error:
            if self.reached is None or _is_ours(error):
                raise
            stopped = {"cell": self.reached.id, "reason": "the kernel sent something that is not a Jupyter message"}
        finally:
            self._stop_clock()
            if not with_stream:
                os.environ.pop("NBGRADER_EXECUTION", None)
        messages.keep_sound(nb)
        nb.metadata.pop("widgets", None)  # their state is student-made, unbounded and unused here
        slowest = max(self._timed, default=(0.0, None))
        usage = self._usage()
        nb.metadata[RUN_KEY] = NotebookNode(
            wall=round(time.perf_counter() - started, 2),
            cpu=round(float(usage.get("cpu", 0.0)), 2),
            peak_memory=int(usage.get("peak_memory", 0)),
            slowest=round(slowest[0], 2),
            slowest_cell=slowest[1],
            stopped=stopped,
            cells=self._remarks,
            visible=self._visible,  # how many outputs of a test cell are those of its visible part
        )
        return nb, resources

    def _reason(self, error: Exception) -> str:
        if hit := getattr(self._provisioner, "limit_hit", None):
            return str(hit)
        if isinstance(error, CellTimeoutError):
            limit = self.limit(self.reached) if self.reached else self.timeout
            return f"stopped: no reply within {limit} s, and the interrupt was ignored"
        return "the kernel died" if str(error) == EXITED else DIED

    def on_cell_start(self, cell: NotebookNode, cell_index: int) -> None:
        self.reached, self._started = cell, time.perf_counter()
        if self.km is not None:
            self._provisioner = self.km.provisioner or self._provisioner

    def on_cell_execute(self, cell: NotebookNode, cell_index: int) -> None:
        limit = self.limit(cell)
        self._stop_clock()
        if limit and limit > 0:
            self._clocked = time.perf_counter() - self._waited()
            self._clock = asyncio.get_running_loop().call_later(limit, self._time_is_over, cell, limit)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _waited(self) -> float:
        return float(self._usage().get("waited", 0.0))

    def _usage(self) -> dict[str, float]:
        return getattr(self._provisioner, "usage", None) or {}

    def _time_is_over(self, cell: NotebookNode, limit: int) -> None:
        """Interrupt a cell at its limit, and end the run where it ignores that.

        The time in which its processes are ready and have no core is not counted: it says how busy the machine is, and
        nothing of the code. A loop and a cell that sleeps get no more than on a quiet machine.
        """
        loop, left = asyncio.get_running_loop(), limit - (time.perf_counter() - self._waited() - self._clocked)
        if left > 0:
            self._clock = loop.call_later(max(left, 0.2), self._time_is_over, cell, limit)
            return
        self._remarks.setdefault(cell.id, f"stopped after {limit} s")
        if self.km is not None:
            self._interrupt = asyncio.ensure_future(self.km.interrupt_kernel())
        if watcher := getattr(self._provisioner, "watcher", None):
            ignored = f"stopped: no reply within {limit} s, and the interrupt was ignored"
            self._clock = loop.call_later(self.iopub_timeout, watcher.end, ignored)

    def on_cell_executed(self, **kwargs: Any) -> None:
        super().on_cell_executed(**kwargs)
        self._stop_clock()
        cell = kwargs["cell"]
        self._timed.append((time.perf_counter() - self._started, cell.id))
        if kwargs["execute_reply"]["content"].get("ename") == self.error_on_timeout["ename"]:
            self._remarks.setdefault(cell.id, f"stopped after {self.limit(cell)} s")
        payload = kwargs["execute_reply"]["content"].get("payload")
        if isinstance(payload, list) and any(isinstance(p, dict) and p.get("source") == "ask_exit" for p in payload):
            raise DeadKernelError(EXITED)  # it goes when it comes to it, perhaps within the next cell

    def execute_cell(self, cell: NotebookNode, cell_index: int, **kwargs: Any) -> NotebookNode:
        """Run a test cell's visible and hidden part one after the other, so that a failed visible check, which ends its
        own part, does not keep the probes from being emitted (they may know the misconception). Nor does a visible part
        that never ends: what loops may be another item's answer, for which the hidden part has a right one."""
        if cell.id in self.skip:
            return cell
        whole, outputs = cell.source, []
        parts = fenced.HIDDEN.split(own_cells.marked(cell, self._undone), maxsplit=1)
        if cell.cell_type != "code":
            return super().execute_cell(cell, cell_index, **kwargs)
        try:
            for number, part in enumerate(parts):
                cell.source = fenced.fenced(part, self._hidden_names.get(cell.id, ())) if number else part
                if part.strip():
                    super().execute_cell(cell, cell_index, **kwargs)
                    outputs += cell.outputs
                if number == 0:
                    self._visible[cell.id] = len(outputs)
                if self._sizes.get(cell_index, 0) > self.output_bytes:  # no probe could be kept
                    break
        finally:
            cell.source = whole
        cell.outputs = outputs
        return cell

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        """Take a message as long as its cell's outputs are not too many; drop one that only a student can have made."""
        try:
            return None if too_deep(msg["content"], messages.DEEPEST) else self._taken(msg, cell, cell_index)
        except MADE_UP:
            return None

    def _taken(self, msg: dict, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        if added := messages.size(msg):
            before = self._sizes.get(cell_index, 0)
            self._sizes[cell_index] = before + added
            if before <= self.output_bytes < before + added and self.km is not None:
                limit = self.output_bytes // 2**20
                self._remarks[cell.id] = f"stopped: more than {limit} MiB of output"
                self._interrupt = asyncio.ensure_future(self.km.interrupt_kernel())
            # What a widget would be told is read by nobody here, and nothing takes back a probe that was emitted.
            unread = msg["msg_type"].startswith("comm") or msg["msg_type"] in ("clear_output", "update_display_data")
            if before + added > self.output_bytes or unread:
                return None
        return super().process_message(msg, cell, cell_index)

    def output(self, outs: list[NotebookNode], msg: dict, display_id: str | None, cell_index: int) -> None:
        """Keep an output as it came: here no widget takes it, and nothing replaces it. Whether it is sound is asked at
        the end, of all at once (`messages.keep_sound`), which is ten times as fast as nbformat's way, one by one."""
        kind, content = msg["header"]["msg_type"], msg["content"]
        if kind in messages.OUTPUTS:
            outs.append(nbformat.from_dict({"output_type": kind} | {n: content[n] for n in messages.OUTPUTS[kind]}))


def _is_ours(error: BaseException) -> bool:
    """Whether an error arose in this package, and not in what reads a kernel's messages: then it is not a student's."""
    here = str(Path(__file__).parents[1])
    readers = [str(Path(package.__file__ or "").parent) for package in (nbclient, nbgrader, jupyter_client)]
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    innermost = [file for file in files if file.startswith((here, *readers))]
    return bool(innermost) and innermost[-1].startswith(here)
