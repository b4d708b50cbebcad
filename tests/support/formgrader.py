"""nbgrader's formgrader as staff run it, on a port of this machine, for tests that talk to it or look at it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

TOKEN = "formgrader-test"


class Server:
    """A running formgrader: `url` of its pages, and its own API as the pages use it."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.url = f"{self.base}/formgrader"

    def ask(self, path: str, method: str = "GET", **body) -> object:
        head = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self.url}{path}", data, head, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read().decode()
            return json.loads(text) if "json" in answer.headers["Content-Type"] or text[:1] in "[{" else text

    def submissions(self, assignment: str) -> dict[str, str]:
        """student → id of the submitted notebook."""
        return {s["student"]: s["id"] for s in self.ask(f"/api/submitted_notebooks/{assignment}/{assignment}")}

    def grade(self, submission: str, name: str) -> dict:
        return next(g for g in self.ask(f"/api/grades?submission_id={submission}") if g["name"] == name)

    def comment(self, submission: str, name: str) -> dict:
        return next(c for c in self.ask(f"/api/comments?submission_id={submission}") if c["name"] == name)


@contextlib.contextmanager
def running(root: Path, home: Path):
    """A server of its own in the course folder `root`; its settings and logs lie in `home`."""
    home.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", f"--ServerApp.port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={root}"]
    own = {"JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_RUNTIME_DIR": str(home / "runtime")}
    with open(home / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=root, env=os.environ | own, stdout=log, stderr=log)
    server = Server(port)
    try:
        until = time.monotonic() + 180  # on a machine that has other things to do, too
        while True:
            try:
                server.ask("/api/assignments")
                break
            except (urllib.error.URLError, ConnectionError):
                said = (home / "log").read_text()[-3000:]
                assert process.poll() is None and time.monotonic() < until, said
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait(20)
