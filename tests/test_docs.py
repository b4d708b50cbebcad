"""The site builds, and what its pages show is so: every command is run (the messages: tests/test_messages.py).

A page's `hw1-mlp` becomes the `hw0-tiny` of conftest.py, its INBOX an inbox, and so on (`TINY`). What cannot be run
here stands in `NOT_RUN` with the reason.
"""

import contextlib
import csv
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import nbformat
import pytest
from distributed import Client
from distributed.security import Security
from typer.testing import CliRunner

from coursework.cli.commands import app
from coursework.core import deadlines
from coursework.core.course import Course
from coursework.core.roster import Roster
from coursework.returning import pdf
from coursework.sandbox import keys
from tests.support.course import BANK, answered
from tests.support.processes import dask_commands, free_port

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
PROGRAMS = (
    "apt-get", "conda", "coursework", "cp", "dask", "docker", "jupyter", "jupytext", "make", "mkdocs", "nbgrader",
    "pip", "podman", "python",
)  # fmt: skip

TINY = {
    **dict.fromkeys((*(p.stem for p in ROOT.glob("source/*/*.ipynb")), "<assignment>", "ASSIGNMENT"), "hw0-tiny"),
    **dict.fromkeys(("q2-1-mlp", "<item>", "ITEM"), "q1-1-double"),
    "INBOX": "inbox", "FOLDER": "../public", "NOTEBOOK.ipynb": "release/hw0-tiny/hw0-tiny.ipynb", "STUDENT": "jdoe",
    '"points": 104': '"points": 13', "HOST": "127.0.0.1",
}  # fmt: skip
# The order in which the commands of all pages make sense; within one, as the pages have them.
ORDER = ("sandbox", "prove", "release", "collect", "versions", "autograde", "status", "marking", "feedback", "pdf",
         "grades", "report", "similarity", "regrade")  # fmt: skip
NBGRADER_ORDER = ("--version", "validate", "cp", "db", "zip_collect", "autograde", "generate_feedback", "export")
EXIT_CODES = {"collect": (0, 3), "feedback": (0, 3)}  # the others must end with 0

MINUTES = "it measures for minutes"
ENGINE = "it needs a container engine and a registry; the page says what was tried"
NETWORK = "it downloads"
MACHINE = "it changes the machine"
NOT_RUN = {
    "coursework cluster keys keys": "the page that shows it is run as a whole",
    "pip install -e '.[cluster]'": NETWORK,
    "coursework collect INBOX --times times.csv": "a system exports it; tests/intake/test_systems.py has some",
    "apt-get install bubblewrap chromium": MACHINE,
    "apt-get install fonts-noto-cjk fonts-noto-core": MACHINE,
    "conda env create -f environment.yml": NETWORK,
    "coursework new hw6-attention": "tests/authoring/test_new.py runs it",
    **dict.fromkeys(
        (
            "coursework return hw1-mlp --by canvas",
            "coursework return hw1-mlp --by moodle",
            "coursework return hw1-mlp --by mail",
            "coursework return hw1-mlp --by mail --send",
        ),
        "it needs a system's download or a mail server; tests/returning/test_return.py has both",
    ),
    "coursework requests hw1-mlp REQUESTS": "tests/reporting/test_requests.py runs it",
    "coursework import ../old-course/source/ps1": "tests/authoring/test_importing.py runs it",
    "coursework data": f"{NETWORK}; tests/test_datasets.py has its code",
    "coursework data blobs": "tests/notebook/test_sets.py runs it",
    "docker build -f containers/Containerfile -t coursework .": ENGINE,
    "docker build -f containers/Containerfile --build-arg UID=$(id -u) -t coursework .": ENGINE,
    "docker run --rm -it -v .:/course --security-opt seccomp=unconfined --security-opt systempaths=unconfined "
    "coursework": ENGINE,
    "docker run --rm -it -v .:/course -p 127.0.0.1:8888:8888 --security-opt seccomp=unconfined "
    "--security-opt systempaths=unconfined coursework jupyter lab --no-browser --ip 0.0.0.0 "
    "--LabApp.default_url=/formgrader": ENGINE,
    "docker run --rm -it -v .:/course --user root --cap-add SYS_ADMIN --cap-add NET_ADMIN "
    "--security-opt seccomp=unconfined --security-opt apparmor=unconfined coursework": ENGINE,
    "docker exec -it $(docker ps -lq) bash": ENGINE,
    "podman build -f containers/Containerfile -t coursework .": ENGINE,
    "podman run --rm -it -v .:/course --userns=keep-id:uid=1000,gid=1000 --security-opt seccomp=unconfined "
    "--security-opt unmask=ALL coursework": ENGINE,
    "jupyter lab --LabApp.default_url=/formgrader": "a server; returning/test_formgrader.py opens it in a browser",
    "mkdocs serve": "a server; `mkdocs build` is run",
    "pip install --upgrade nbgrader": NETWORK,
    "pip install weasyprint": NETWORK,
    'pip install "psycopg[binary]"': NETWORK,
    "COURSEWORK_DATA=DIR python -m benchmarks.full_mode ASSIGNMENT": MINUTES,
    "COURSEWORK_DATA=DIR python -m benchmarks.gpu": "needs a GPU",
    "python -m benchmarks.operations": MINUTES,
    "python -m benchmarks.record": MINUTES,
    "python -m benchmarks.rounding": MINUTES,
    "python -m benchmarks.cifar 6": MINUTES,
    "python -m benchmarks.damage": MINUTES,
    "python -m benchmarks.cases FOLDER": MINUTES,
    "python -m benchmarks.hw6": MINUTES,
    "python -m benchmarks.imports": MINUTES,
    "python -m benchmarks.intake": MINUTES,
    "python -m benchmarks.kills FOLDER": MINUTES,
    "python -m benchmarks.gradebooks sqlite": MINUTES,
    "python -m benchmarks.scale SUBMISSIONS WORKERS": MINUTES,
    "python -m benchmarks.flat COUNT ASSIGNMENT": MINUTES,
    "python -m benchmarks.scratch": MINUTES,
    "python -m benchmarks.memory TREE": MINUTES,
    "python -m benchmarks.walk TREE": MINUTES,
    "python -m benchmarks.leaks": MINUTES,
    "python -m benchmarks.run hw1-mlp --class 60 --plain 10 --before TREE": MINUTES,
    "python -m benchmarks.run hw4-backprop --class 24 --plain 4 --before TREE": MINUTES,
    "python -m benchmarks.pages": MINUTES,
    "python -m benchmarks.slurm": MINUTES,
    "python -m benchmarks.systems FOLDER": MINUTES,
    "python -m benchmarks.tables": MINUTES,
    "python -m benchmarks.versions colab": NETWORK,
    "python -m benchmarks.warm": MINUTES,
}


# What the pages show


def lines_of(block: str) -> list[str]:
    """The commands of a block, one a line; a backslash at the end joins lines, a comment is cut off."""
    joined = re.sub(r"\s*\\\n\s*", " ", block)
    return [text for line in joined.splitlines() if (text := re.sub(r"\s+#\s.*$", "", line).strip())]


def program(command: str) -> str:
    """The first word that is no VARIABLE=value."""
    return next((word for word in command.split() if not re.match(r"[A-Z_]+=", word)), "")


def blocks(page: Path) -> list[tuple[str, str]]:
    """(language, content) of a page's fenced blocks, in order."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)


def shown(page: Path) -> tuple[list[str], list[str]]:
    """(commands that stand in a block or alone in a table's first column, commands in running text)."""
    text = page.read_text(encoding="utf-8")
    own = [line for language, block in blocks(page) if language == "sh" for line in lines_of(block)]
    text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    indented = re.findall(r"^ {4}(\S.*)$", text, re.M)
    own += [line for line in lines_of("\n".join(indented)) if program(line) in PROGRAMS]
    own += [c for c in re.findall(r"^\| `([^`]+)` \|", text, re.M) if program(c) in PROGRAMS]
    text = re.sub(r"^ {4}\S.*$", "", text, flags=re.M)
    inline = [" ".join(code.split()) for code in re.findall(r"(?<!`)`([^`]+)`(?!`)", text)]
    inline = [c for c in inline if program(c) in PROGRAMS and len(c.split()) > 1 and "…" not in c]
    return own, [c for c in inline if c not in own]


def everything() -> dict[str, str]:
    """command → a page that shows it. In running text, what is a part of another command is just its name."""
    found, named = {}, {}
    for page in PAGES:
        own, inline = shown(page)
        name = page.relative_to(ROOT).as_posix()
        found |= {c: name for c in own if c not in found}
        named |= dict.fromkeys(inline, name)
    whole = [tiny(c).split() for c in {**found, **named}]
    return found | {c: page for c, page in named.items() if not any(is_name(tiny(c).split(), w) for w in whole)}


def is_name(words: list[str], whole: list[str]) -> bool:
    """Whether the words stand in a longer command in this order: `coursework release --publish`, say."""
    rest = iter(whole)
    return len(words) < len(whole) and all(word in rest for word in words)


def tiny(command: str) -> str:
    for word, ours in TINY.items():
        command = command.replace(word, ours)
    return command


def words_of(command: str) -> list[str]:
    """The words of a command that the tests below run here, without settings in front."""
    return [w for w in shlex.split(tiny(command)) if not re.match(r"[A-Z_]+=", w)]


def runner(command: str) -> str:
    """Which of the tests below runs a command; "" when none does."""
    words = words_of(command)
    if words[0] == "make":
        return "make"
    if words[0] in ("jupytext", "dask"):
        return "page"  # the page that shows it is run as a whole
    if words[0] in ("nbgrader", "cp"):
        return "nbgrader" if {words[0], words[1]} & set(NBGRADER_ORDER) else ""
    return "week" if words[0] == "coursework" and words[1] in ORDER else ""


def of(kind: str, order: tuple[str, ...] = ()) -> list[str]:
    """The commands of all pages that are of this kind, in an order that makes sense."""
    mine = list({tiny(c): c for c in everything() if c not in NOT_RUN and runner(c) == kind}.values())

    def place(command: str) -> int:
        words = words_of(command)
        return order.index(words[0] if words[0] in order else words[1])

    return sorted(mine, key=place) if order else mine


# The tests


def test_the_site_builds_and_loads_nothing(tmp_path):
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 20
    for path in [*pages, *(tmp_path / "site").rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        loads = re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"?((?:https?:)?//[^\"\s>]+)", text)
        loads += re.findall(r"url\([\"']?((?:https?:)?//[^)]+)", text)
        assert not loads, f"{path.name} loads {loads}"


def test_every_command_is_run_or_on_the_list():
    found = everything()
    unknown = {c: page for c, page in found.items() if c not in NOT_RUN and not runner(c)}
    assert not unknown, "shown, and neither run here nor in NOT_RUN"
    assert not set(NOT_RUN) - set(found), "in NOT_RUN, and no page shows it any more"
    by_pages = {line for name in ("new-question", "clusters") for line in shown(DOCS / "instructors" / f"{name}.md")[0]}
    assert set(of("page")) <= by_pages
    modules = [word for command in NOT_RUN for word in command.split() if word.startswith("benchmarks.")]
    assert modules and all((ROOT / f"{module.replace('.', '/')}.py").exists() for module in modules)


def test_make_knows_the_targets():
    targets = {words_of(command)[1] for command in of("make")}
    assert {"demo", "docs", "prove", "test"} <= targets
    for target in targets:
        subprocess.run(["make", "--dry-run", "--silent", target], cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[str]:
    """The settings of the page on clusters, with the scheduler and two workers that its commands have started."""
    page = DOCS / "instructors" / "clusters.md"
    port = str(free_port())
    folder, commands = tmp_path_factory.mktemp("cluster"), []
    for command in shown(page)[0]:
        words = words_of(command.replace("8786", port).replace("--nworkers 4", "--nworkers 2"))
        if words[0] == "dask":
            commands.append([word.replace("keys", f"{folder}/keys") if word[:4] == "keys" else word for word in words])
        else:
            keys.make(Path(f"{folder}/keys"))
    with dask_commands(commands, folder) as count:
        assert count == 2
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex((TINY["HOST"], int(port))) == 0:
                    break
            time.sleep(0.1)
        settings = tiny("".join(text for language, text in blocks(page) if language == "python"))
        yield settings.replace("8786", port).replace('"keys"', f'"{folder}/keys"')


def test_the_page_on_clusters(cluster):
    scheduler, folder = (re.search(rf'{name} = "(.*)"', cluster)[1] for name in ("scheduler", "cluster_keys"))
    files = {"ca_file": "ca", "client_cert": "client", "client_key": "client-key"}
    security = Security(**{f"tls_{name}": f"{folder}/{file}.pem" for name, file in files.items()})
    with Client(scheduler, timeout="30s", security=security) as client:
        client.wait_for_workers(2, timeout=60)
        assert set(client.nthreads().values()) == {1}


def set_up(course: Course, settings: str) -> None:
    """Let the small course have these settings, as a grader would write them into nbgrader_config.py."""
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("\nconfigure(c)", f"\n{settings}\nconfigure(c)"))


@pytest.fixture
def course(proven, cluster, monkeypatch) -> Course:
    """The small course with workers, a roster and an inbox of three submissions, one under a wrong name."""
    deadline = 'c.CourseworkSettings.deadlines = {"hw0-tiny": "2026-10-05 23:59"}'
    set_up(proven, f'{cluster}c.CourseworkSettings.roster = "roster.csv"\n{deadline}')
    people = "id,last,first,email,section\njdoe,Doe,Jane,j@uni.example,A\nrroe,Roe,Rita,r@uni.example,B\n"
    (proven.root / "roster.csv").write_text(people + "mmoe,Moe,Nina,m@uni.example,A\nepoe,Poe,Ed,e@uni.example,B\n")
    inbox = proven.root / "inbox"
    inbox.mkdir()
    misconception = BANK["q1-1-double"]["00_square.py"].split("\n", 1)[1]
    nbformat.write(answered(proven), inbox / "Doe_Jan_hw0-tiny.ipynb")
    nbformat.write(answered(proven, double=misconception), inbox / "Roe_Rita_hw0-tiny.ipynb")
    nbformat.write(answered(proven, why="*Your answer here.*"), inbox / "Moe_Nina_hw0-tiny.ipynb")
    for file in inbox.iterdir():
        os.utime(file, (1.79e9, 1.79e9))
    monkeypatch.chdir(proven.root)
    return Course(proven.root)


def coursework(command: str) -> str:
    """Run a command of ours as the command line does; what it printed."""
    words = words_of(command)
    result = CliRunner().invoke(app, words[1:], input="y\n")
    allowed = EXIT_CODES.get(words[1], (0,))
    assert result.exit_code in allowed, f"{command}: {result.exit_code}\n{result.output}\n{result.exception!r}"
    return result.output


def test_the_commands_of_all_pages(course):
    set_up(course, 'c.CourseworkSettings.badge_base = "uni/dl/blob/main/hw"')
    no_browser = not any(map(shutil.which, pdf.BROWSERS))
    said = {}
    for command in of("week", ORDER):
        if "q9-1-clip" not in command and not (no_browser and words_of(command)[1] == "pdf"):
            said[tiny(command)] = coursework(command)
    assert "jdoe (Jane Doe)" in said["coursework collect inbox"]  # the file that the page's --match is about
    assert "7 / 7" in said["coursework autograde hw0-tiny"] and "3 / 7" in said["coursework autograde hw0-tiny"]
    made = ["feedback/jdoe/hw0-tiny/hw0-tiny.html", "grades-hw0-tiny.csv", "grades-hw0-tiny-canvas.csv",
            "report/hw0-tiny/report.html", "report/hw0-tiny/similarity.html", "report/hw0-tiny/staff/jdoe.html",
            "../public/hw/hw0-tiny/hw0-tiny.ipynb", "collected.html"]  # fmt: skip
    made += [] if no_browser else ["feedback/jdoe/hw0-tiny/hw0-tiny.pdf"]
    assert [name for name in made if not (course.root / name).exists()] == []
    with open("grades-hw0-tiny.csv", encoding="utf-8") as file:
        totals = {row["student"]: row["total"] for row in csv.DictReader(file)}
    assert totals == {"epoe": "", "jdoe": "7", "mmoe": "7", "rroe": "3"}  # of Poe there is nothing yet


def nbgrader(words: list[str]) -> None:
    """An nbgrader command in this process, which has it imported already."""
    from jupyter_core.application import NoStart
    from nbgrader.apps.nbgraderapp import NbGraderApp

    application = NbGraderApp.instance()
    try:
        application.initialize(words)
        with contextlib.suppress(NoStart):  # what a command with subcommands raises at its end
            application.start()
    except SystemExit as end:
        assert not end.code, f"nbgrader {words}: exit code {end.code}"
    finally:
        last = application
        while last is not None:
            type(last).clear_instance()
            last = getattr(last, "subapp", None)


def test_nbgraders_own_commands(course):
    coursework("coursework collect INBOX --match Doe_Jan_hw1-mlp.ipynb=jdoe")
    coursework("coursework autograde hw1-mlp jdoe")
    archive = Path("downloaded/hw0-tiny/archive")
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "all.zip", "w") as packed:
        packed.write("inbox/Roe_Rita_hw0-tiny.ipynb", "Poe_Ed_hw0-tiny.ipynb")
    commands = of("nbgrader", NBGRADER_ORDER)
    assert len(commands) > 6
    for command in commands:
        words = words_of(command)
        if words[0] == "cp":
            subprocess.run(words, check=True)
        else:
            nbgrader(words[1:])
    assert Path("feedback/jdoe/hw0-tiny/hw0-tiny.html").exists() and Path("gradebook-try.db").exists()
    assert Path("submitted/epoe/hw0-tiny/hw0-tiny.ipynb").exists()
    assert '"Doe, Jane"' in Path("grades-hw0-tiny-canvas.csv").read_text(encoding="utf-8")


def test_the_example_of_a_new_question(proven, cluster, monkeypatch):
    from jupytext.cli import jupytext

    set_up(proven, cluster)
    monkeypatch.chdir(proven.root)
    bank = proven.bank("hw0-tiny") / "q9-1-clip"
    bank.mkdir()
    did = []
    for language, text in blocks(DOCS / "instructors" / "new-question.md"):
        answers = re.split(r"^# (\d\d_\w+\.py)\n", text, flags=re.M)
        if language == "json":
            (bank / "equivalent.json").write_text(text)
            coursework(did[-1])  # it was not clean before, and is now
        elif text.startswith("# %%"):
            Path("question.py").write_text(Path("question.py").read_text() + "\n" + text)
        elif len(answers) > 1:
            for name, answer in zip(answers[1::2], answers[2::2], strict=True):
                (bank / name).write_text(answer.strip() + "\n")
        else:
            assert language == "sh"
            for command in lines_of(text):
                did.append(command)
                if "--mutants" in command:
                    result = CliRunner().invoke(app, words_of(command)[1:])
                    assert result.exit_code == 1, result.output
                    assert "9 answers, 3 rewrites, 7 mutants: 1 surprise\n" in result.output, result.output
                elif command.startswith("jupytext"):
                    assert not jupytext(words_of(command)[1:])
                else:
                    coursework(command)
    assert len(list(bank.glob("*.py"))) == 9 and did[-1] == "coursework release hw1-mlp"
    cells = {c.id: c.source for c in nbformat.read(proven.released("hw0-tiny"), as_version=4).cells}
    assert 'raise NotImplementedError("9.1: clip")' in cells["q9-1-clip"] and "probe" not in cells["q9-1-clip--long"]


def test_the_days_of_the_deadlines_page(proven):
    page = DOCS / "instructors" / "deadlines.md"
    settings = next(text for language, text in blocks(page) if language == "python")
    settings = tiny(settings).replace("grace_days = 3", "grace_days = 0")
    set_up(proven, settings)
    rows = re.findall(r"^\| (2026-\S+ \S+) \| (\d+) \| (\S+) \|$", page.read_text(encoding="utf-8"), re.M)
    assert len(rows) >= 7
    stamp = proven.submitted("jdoe", "hw0-tiny") / "timestamp.txt"
    stamp.parent.mkdir(parents=True)
    for when, days, factor in rows:
        moment = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
        stamp.write_text(f"{moment:%Y-%m-%d %H:%M:%S} UTC")
        found = deadlines.late(Course(proven.root), "hw0-tiny", "jdoe")
        assert (found.days, found.factor) == (int(days), pytest.approx(float(factor))), when
    roster = next(text for language, text in blocks(page) if language == "text")
    (proven.root / "roster.csv").write_text(tiny(roster))
    assert [s.extension("hw0-tiny") for s in Roster.read(proven.root / "roster.csv").students] == [7, 2]
