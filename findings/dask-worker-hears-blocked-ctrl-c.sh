#!/usr/bin/env bash
# A Dask worker that is started where Ctrl-C is blocked hears it all the same, unless multiprocessing was used before
#
# Versions: distributed 2026.8.0, Python 3.11.7.
# Expected: a process inherits which signals are blocked. So a LocalCluster that is made while SIGINT is blocked has
#     workers that a terminal's Ctrl-C, which goes to all processes of the command, cannot reach while they start.
# Seen: it reaches them, and they print a KeyboardInterrupt from the middle of their imports. Only when multiprocessing's
#     resource tracker runs already, as for a second cluster, is SIGINT blocked in the workers.
# Why it matters: a grading command that is stopped while its workers start is to say one line, and not five tracebacks
#     (tests/core/test_stopping.py).
# Source: ensure_running in CPython's multiprocessing/resource_tracker.py: it starts its helper with SIGINT blocked and
#     then lets it through, whatever was blocked before. The first mp.Queue calls it, in the thread that starts workers.
set -euo pipefail
. "$(dirname "$0")/environment"
environment distributed==2026.8.0

cat >workers.py <<'PY'
import signal
import sys
from multiprocessing import resource_tracker


def blocked():
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


if __name__ == "__main__":
    from distributed import Client, LocalCluster

    if sys.argv[1] == "after":
        resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        print(f"{sys.argv[2]:28}", "blocked in the workers:", *client.run(blocked).values())
PY
python workers.py before "nothing used multiprocessing" >output
python workers.py after "its tracker runs already" >>output
seen <<'SEEN'
nothing used multiprocessing blocked in the workers: False False
its tracker runs already     blocked in the workers: True True
SEEN
