"""A PostgreSQL server of a test's own, on a port of this machine."""

import contextlib
import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile

FOUND = next(iter(sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)), shutil.which("initdb"))


@contextlib.contextmanager
def running(durable=False):
    """Yields the address of an empty database. As root the server runs as `nobody`: PostgreSQL refuses root.

    A test needs nothing that outlives a loss of power; what is `durable` waits for the disk, as PostgreSQL's default.
    """
    bin_folder = os.path.dirname(FOUND)
    user = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid} if os.geteuid() == 0 else {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="coursework-postgres-")
    if user:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, user["group"])

    def run(tool, *words):
        subprocess.run([f"{bin_folder}/{tool}", "-D", f"{folder}/data", *words], check=True, cwd=folder, timeout=60,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user)  # fmt: skip

    try:
        run("initdb", "-U", "course", "--auth=trust", "--no-sync")
        run(
            "pg_ctl",
            "-w",
            "-o",
            f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync={'on' if durable else 'off'}",
            "start",
        )
        yield f"postgresql+psycopg://course@127.0.0.1:{port}/postgres"
    finally:
        with contextlib.suppress(subprocess.SubprocessError):
            run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
