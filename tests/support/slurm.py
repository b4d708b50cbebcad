"""A Slurm of a test's own: munged, slurmctld and several nodes (slurmd) on this machine, with ports of their own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from tests.support.processes import free_port

TOOLS = ("munged", "slurmctld", "slurmd", "sbatch", "scancel", "squeue", "sinfo")
CONF = """
ClusterName=coursework
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SwitchType=switch/none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SlurmdParameters=config_overrides
ReturnToService=2
SlurmdTimeout=60
KillWait=1
SchedulerParameters=sched_interval=1,bf_interval=1
{nodes}
PartitionName=cpu Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def missing() -> str:
    """Why no Slurm can run here; "" when it can."""
    if os.geteuid() != 0:
        return "only root can start a Slurm"
    lacking = [tool for tool in TOOLS if shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin") is None]
    return f"apt-get install slurm-wlm munge: {lacking[0]} is missing" if lacking else ""


@contextlib.contextmanager
def running(nodes: int) -> Iterator[dict[str, subprocess.Popen]]:
    """node's name → its slurmd, which may be killed; sbatch and the others reach it by $SLURM_CONF."""
    folder = Path(tempfile.mkdtemp(prefix="coursework-slurm-", dir="/tmp"))
    folder.chmod(0o755)
    names = [f"node{n}" for n in range(1, nodes + 1)]
    host = socket.gethostname()
    about = f"NodeHostname={host} NodeAddr=127.0.0.1 CPUs=1 RealMemory=64000 State=UNKNOWN"
    lines = [f"NodeName={name} {about} Port={free_port()}" for name in names]
    (folder / "slurm.conf").write_text(CONF.format(host=host, port=free_port(), folder=folder, nodes="\n".join(lines)))
    (folder / "state").mkdir()
    key = folder / "munge.key"
    key.write_bytes(os.urandom(64))
    key.chmod(0o400)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    place = {"SLURM_CONF": str(folder / "slurm.conf"), "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    before = {name: os.environ.get(name) for name in place}
    started: list[subprocess.Popen] = []
    try:
        os.environ.update(place)
        munge = ["munged", "--foreground", "--force", f"--key-file={key}", f"--socket={folder}/munge.socket"]
        munge += [f"--{name}-file={folder}/munge.{name}" for name in ("pid", "log", "seed")]
        started.append(subprocess.Popen(munge, **quiet))
        _wait(lambda: (folder / "munge.socket").exists(), "munged")
        started.append(subprocess.Popen(["slurmctld", "-D", "-c"], **quiet))
        slurmds = {name: subprocess.Popen(["slurmd", "-D", "-N", name], **quiet) for name in names}
        started += slurmds.values()
        _wait(lambda: _idle() == nodes, "slurmctld and its nodes")
        yield slurmds
    finally:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(["scancel", "--full", "--user=root"], timeout=20, **quiet)
            time.sleep(2)
        for process in reversed(started):
            process.send_signal(signal.SIGKILL)
            process.wait()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        shutil.rmtree(folder, ignore_errors=True)


def take_away(slurmds: dict[str, subprocess.Popen], node: str) -> int:
    """Kill a node's slurmd and all that runs in its jobs, as a power cut does; how many processes those were."""
    slurmds[node].send_signal(signal.SIGKILL)
    killed = 0
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("SLURMD_NODENAME") == node:
                process.kill()
                killed += 1
    return killed


def _idle() -> int:
    said = subprocess.run(["sinfo", "-h", "-N", "-o", "%t"], capture_output=True, text=True).stdout
    return said.split().count("idle")


def _wait(ready: Callable[[], bool], what: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            raise RuntimeError(f"{what} did not start")
        time.sleep(0.2)
