#!/usr/bin/env bash
# A Dask client keeps the arguments of the last thousand tasks, also of those that it has released
#
# Versions: distributed 2026.8.0, Python 3.11.7.
# Expected: a future's result is read and the future released, so the scheduler forgets the task, and nothing of it stays.
# Seen: the scheduler has forgotten all tasks, and the client's process still holds each argument, half a megabyte here. It
#     holds fewer with distributed.admin.low-level-log-length, 1,000 by default, "of various logs for developers". Of
#     messages of a megabyte and more it keeps two words.
# Why it matters: a class is sent as one task a notebook. The process that grades it grew by 1.4 MiB with each, up to a
#     thousand (docs/benchmarks.md, "As a class grows"; tests/sandbox/test_clusters.py).
# Source: BatchedSend in distributed/batched.py: recent_message_log is a deque of whole messages, and a client sends its
#     tasks through one.
set -euo pipefail
. "$(dirname "$0")/environment"
environment distributed==2026.8.0

cat >tasks.py <<'PY'
import gc
import sys
import time

import dask
from distributed import Client, LocalCluster


def kept(message):
    """MB of a message's serialized task."""
    frames = message["expr_ser"].frames if "expr_ser" in message else []
    return sum(map(len, frames)) / 1e6


if __name__ == "__main__":
    with dask.config.set({"distributed.admin.low-level-log-length": int(sys.argv[1])}):
        with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
            for number in range(40):
                future = client.submit(len, "x" * 500_000, pure=False)
                future.result()
                future.release()
            del future
            time.sleep(1)
            gc.collect()
            log = client.scheduler_comm.recent_message_log
            sent = [message for batch in log if isinstance(batch, list) for message in batch]
            print(f"{sys.argv[1]:>5}: the scheduler knows {len(cluster.scheduler.tasks)} tasks,", end=" ")
            found = sum(map(kept, sent))
            print("of 20 MB the client keeps", "all" if found >= 20 else "a quarter at most" if found < 6 else found)
PY
python tasks.py 1000 >output
python tasks.py 10 >>output
seen <<'SEEN'
 1000: the scheduler knows 0 tasks, of 20 MB the client keeps all
   10: the scheduler knows 0 tasks, of 20 MB the client keeps a quarter at most
SEEN
