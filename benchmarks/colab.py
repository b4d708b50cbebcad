"""The pictures of docs/students/colab.md, taken anew from the notebook that is released.

    python -m benchmarks.colab [FOLDER]

JupyterLab shows hw1-mlp with an answer or two; nothing is trained. Needs Chromium and Playwright.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from coursework.core.course import Course

ASSIGNMENT, NAME = "hw1-mlp", "Curie_Marie_hw1-mlp.ipynb"
WRONG = "def accuracy(y, predicted):\n    return [a == b for a, b in zip(y, predicted)]"
WINDOW = {"width": 964, "height": 610}


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """A JupyterLab server in `folder`; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--port-retries=0"]
    line += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={folder}"]
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(folder / ".config"), "JUPYTERLAB_WORKSPACES_DIR": str(folder / ".w")}
    server = subprocess.Popen(line, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            with suppress(OSError):
                urllib.request.urlopen(f"{address}/api/status").close()
                break
            time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()


def written(source: Path, target: Path, answers: dict[str, str], run: bool = False, but: str = "") -> list[str]:
    """Put the released notebook with these answers into a folder; returns the ids of its cells in their order.

    `run`: all is answered, and as if it had been run, `but` this cell.
    """
    nb = json.loads(source.read_text(encoding="utf-8"))
    for cell in nb["cells"]:
        solution = cell["metadata"].get("nbgrader", {}).get("solution")
        text = answers.get(cell["id"], "x = 1" if run and solution and cell["id"] != "file-name" else None)
        if text is not None:
            cell["source"] = text
        if run and cell["cell_type"] == "code" and cell["id"] != but:
            cell["execution_count"] = 1
    target.write_text(json.dumps(nb), encoding="utf-8")
    return [cell["id"] for cell in nb["cells"]]


class Notebook:
    """One notebook in the browser."""

    def __init__(self, page: Any, address: str, name: str, ids: list[str]):
        self.page, self.ids = page, ids
        page.goto(f"{address}/doc/tree/{name}?reset")  # the simple interface: no side bars
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
        page.wait_for_selector("[data-status=idle]", timeout=120_000, state="attached")
        for text in ("No", "Dismiss"):
            with suppress(Exception):
                page.get_by_role("button", name=text, exact=True).click(timeout=1500)

    def cell(self, name: str) -> Any:
        """The cell of this id; what is far below the window is drawn when it is scrolled to."""
        place = f".jp-Notebook .jp-Cell[data-windowed-list-index='{self.ids.index(name)}']"
        for _ in range(80):
            if self.page.locator(place).count():
                break
            self.page.mouse.wheel(0, 700)
            self.page.wait_for_timeout(60)
        cell = self.page.locator(place)
        cell.scroll_into_view_if_needed()
        return cell

    def run(self, name: str) -> None:
        """Run the cell, and wait until it has run. A click would unfold it, so the one above runs first."""
        above = self.ids[self.ids.index(name) - 1]
        self.cell(above).locator(".jp-InputPrompt").click()
        for keys in ("Shift+Enter", "Control+Enter"):
            self.page.keyboard.press(keys)
            self.page.wait_for_timeout(1000)
            self.page.wait_for_selector("[data-status=idle]", timeout=300_000, state="attached")

    def picture(self, path: Path, first: str, last: str) -> None:
        """The cells from `first` to `last`, which fit into a tall window."""
        self.page.set_viewport_size({"width": WINDOW["width"], "height": 1400})
        self.cell(last)
        self.page.wait_for_timeout(800)
        self.page.mouse.move(5, 300)
        top, end = (self.cell(name).bounding_box() for name in (first, last))
        clip = {"x": top["x"], "y": top["y"], "width": top["width"], "height": end["y"] + end["height"] - top["y"]}
        self.page.screenshot(path=path, clip=clip)


def pictures(page: Any, root: Path, source: Path, out: Path) -> None:
    """Write the pictures; `root` is the server's folder."""
    answers = {"q1-1-count": "ans_1_1 = 12345", "q2-2-accuracy": WRONG, "file-name": f'FILE_NAME = "{NAME}"'}
    with lab(root) as address:
        ids = written(source, root / f"{ASSIGNMENT}.ipynb", answers)
        page.set_viewport_size(WINDOW)
        notebook = Notebook(page, address, f"{ASSIGNMENT}.ipynb", ids)
        page.screenshot(path=out / "colab-1-open.png")
        for name, entry in (("colab-2-copy", "Save Notebook As…"), ("colab-5-download", "Download")):
            page.get_by_role("menuitem", name="File", exact=True).click()
            page.locator(".lm-Menu-item", has_text=entry).first.hover()
            page.wait_for_timeout(300)
            page.screenshot(path=out / f"{name}.png")
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
        for name in ("setup", "q1-1-count", "q1-1-count--value"):
            notebook.run(name)
        notebook.picture(out / "colab-3-pass.png", "q1-1-task", "q1-1-count--value")
        for name in ("q2-2-accuracy", "setup-devices", "q2-2-accuracy--classes"):
            notebook.run(name)
        notebook.picture(out / "colab-3-fail.png", "q2-2-accuracy--classes", "q2-2-accuracy--classes")
        odd: dict[str, str | None] = {"q1-2-working": None, "q2-2-accuracy--rows": "x = 1"}
        for name, changes, but in (("check", odd, "q2-3-plot"), ("ready", {}, "")):
            ids = written(source, root / NAME, {**answers, **_stubs(source, changes)}, run=True, but=but)
            notebook = Notebook(page, address, NAME, ids)
            for cell in ("file-name", "hand-in"):
                notebook.run(cell)
            notebook.picture(out / f"colab-4-{name}.png", "file-name", "hand-in")


def _stubs(source: Path, changes: dict[str, str | None]) -> dict[str, str]:
    """The texts of cells that are to differ; None is as released."""
    cells = {c["id"]: "".join(c["source"]) for c in json.loads(source.read_text(encoding="utf-8"))["cells"]}
    return {name: cells[name] if text is None else text for name, text in changes.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/images"))
    out = parser.parse_args().folder.resolve()
    out.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    course = Course.find(Path.cwd())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        pictures(browser.new_page(), Path(folder).resolve(), course.released(ASSIGNMENT), out)
        browser.close()
    print(*sorted(path.name for path in out.glob("colab-*.png")), sep="\n")


if __name__ == "__main__":
    main()
