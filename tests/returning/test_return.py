"""Feedback reaches each student by the system's own archive or by mail, once, and again only where it has changed."""

import csv
import email
import email.policy
import re
import socket
import zipfile

import pytest
from aiosmtpd.controller import Controller
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from coursework.cli.commands import app
from coursework.core.course import Course, StaffError
from coursework.core.files import write_json
from coursework.returning import delivery, mail

ROSTER = """id,last,first,email,number
jdoe,Doe,Jane,jane@uni.example,101
doe2,Doe,Jane,jane.doe2@uni.example,102
nomail,Moe,N,,103
"""
INBOX = {
    "jdoe": "doejane_LATE_101_9001_Doe_Jane_hw0-tiny-1.ipynb",
    "doe2": "download.zip/Jane Doe_77_assignsubmission_file_/my work.ipynb",
    "nomail": "loose/Moe_N_hw0-tiny.ipynb",
}
CONFIG = """
c.CourseworkSettings.roster = 'roster.csv'
c.CourseworkSettings.smtp = '127.0.0.1:{port}'
c.CourseworkSettings.smtp_security = 'none'
c.CourseworkSettings.mail_from = 'Deep Learning <dl@uni.example>'
"""


@pytest.fixture
def course(tiny, monkeypatch):
    """Three who are graded, as far as this stage looks."""
    (tiny.root / "roster.csv").write_text(ROSTER)
    with (tiny.root / "nbgrader_config.py").open("a") as config:
        config.write(CONFIG.format(port=1))
    for student, inbox in INBOX.items():
        folder = tiny.autograded(student, "hw0-tiny")
        folder.mkdir(parents=True)
        (folder / "hw0-tiny.ipynb").write_text("{}")
        write_json(folder / "verdict.json", {"cells": {}, "state": "graded"})
        write_json(tiny.submitted(student, "hw0-tiny") / "repair.json", {"inbox": inbox, "original": "original/x"})
        page = tiny.feedback(student, "hw0-tiny") / "hw0-tiny.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<p>for {student}</p>")
    return Course(tiny.root)


def run(course, *words):
    return CliRunner().invoke(app, ["return", "hw0-tiny", *words, "--course", str(course.root)])


def canvas_finds(name: str) -> tuple[str, str]:
    """(user, attachment) as Canvas's own importer reads a file's name: the first two numbers between underscores."""
    numbers = [part for part in name.split("_") if re.fullmatch(r"\d+", part)]
    return numbers[0], numbers[1]


def moodle_finds(name: str) -> tuple[int, str, str, str]:
    """(participant, plugin type, plugin, file) as Moodle's importer reads a path."""
    folder, _, file = name.partition("/")
    info = folder.split("_", 4)
    assert len(info) >= 4
    return int(info[1]), info[2], info[3], (info[4] if len(info) > 4 else "") + file


def test_canvas_takes_the_archive(course):
    out = run(course, "--by", "canvas")
    with zipfile.ZipFile(course.report("hw0-tiny") / "hw0-tiny-canvas.zip") as archive:
        (name,) = archive.namelist()
        assert archive.read(name) == b"<p>for jdoe</p>"
    assert canvas_finds(name) == ("101", "9001") and name.endswith("_hw0-tiny-feedback.html")
    left = "left out: doe2 (Jane Doe), nomail (N Moe): its submission does not come from Canvas's download"
    assert out.exit_code == 3 and left in out.output  # one line for one reason


def test_moodle_takes_the_archive(course):
    run(course, "--by", "moodle")
    with zipfile.ZipFile(course.report("hw0-tiny") / "hw0-tiny-moodle.zip") as archive:
        (name,) = archive.namelist()
    assert moodle_finds(name) == (77, "assignfeedback", "file", "hw0-tiny-feedback.html")


@pytest.mark.parametrize("way", ["moodle", "mail"])
def test_pages_that_wait_for_a_grader_are_named(course, way):
    with Gradebook(course.db_url) as gradebook:
        gradebook.add_assignment("hw0-tiny")
        gradebook.add_notebook("hw0-tiny", "hw0-tiny")
        gradebook.add_grade_cell("q1-3-why", "hw0-tiny", "hw0-tiny", max_score=2, cell_type="markdown")
        gradebook.add_student("doe2")
        gradebook.add_submission("hw0-tiny", "doe2")
        gradebook.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", "doe2").needs_manual_grade = True
        gradebook.db.commit()
    out = run(course, "doe2", "--by", way)
    assert out.exit_code == 3, out.output
    assert "! feedback page for doe2 (Jane Doe) is not complete: 1.3 waits for a grader" in out.output


def test_a_second_run_has_only_what_changed(course):
    assert len(delivery.plan(course, "hw0-tiny", "canvas").parcels) == 3
    run(course, "--by", "canvas")
    found = delivery.plan(course, "hw0-tiny", "canvas", ["jdoe"])
    assert not found.parcels and found.unchanged == ["jdoe"]
    assert "nothing to return" in run(course, "jdoe", "--by", "canvas").output
    assert len(delivery.plan(course, "hw0-tiny", "moodle", ["jdoe"]).parcels) == 1  # by another way it was not
    (course.feedback("jdoe", "hw0-tiny") / "hw0-tiny.html").write_text("<p>corrected</p>")
    assert len(delivery.plan(course, "hw0-tiny", "canvas", ["jdoe"]).parcels) == 1
    (line,) = csv.DictReader((course.root / "returned.csv").open())
    assert (line["student"], line["name"], line["way"]) == ("jdoe", "Jane Doe", "canvas") and "101_9001" in line["to"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--by", "gradescope"], "Gradescope takes no feedback files"),
        (["--by", "canvas", "--send"], "--send is for mail"),
        (["nobody", "--by", "canvas"], "nobody is not graded"),
    ],
)
def test_what_makes_no_sense_is_refused(course, words, why):
    with pytest.raises(StaffError, match=why):
        CliRunner().invoke(
            app,
            ["return", "hw0-tiny", *words, "--course", str(course.root)],
            catch_exceptions=False,
            standalone_mode=False,
        )


def test_who_has_no_page_or_no_pdf_is_named(course):
    (course.feedback("jdoe", "hw0-tiny") / "hw0-tiny.html").unlink()
    assert ("jdoe", "no page: run `coursework feedback hw0-tiny`") in delivery.plan(course, "hw0-tiny", "mail").left_out
    left = dict(delivery.plan(course, "hw0-tiny", "mail", pdf=True).left_out)
    assert left["doe2"] == "no PDF: run `coursework pdf hw0-tiny`"


class Inbox:
    """Keeps what a real SMTP server gets; refuses one address."""

    def __init__(self):
        self.got = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == "jane.doe2@uni.example":
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def server(course):
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    path = course.root / "nbgrader_config.py"
    path.write_text(path.read_text().replace("127.0.0.1:1'", f"127.0.0.1:{port}'"))
    yield inbox
    controller.stop()


def test_mail_is_shown_first_then_sent_once(course, server):
    (course.root / "mail.txt").write_text(
        "Subject: {assignment} for {first}\n\nDear {first} {last} ({id}),\nhere it is.\n"
    )
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.CourseworkSettings.mail_template = 'mail.txt'\n")
    dry = run(course, "--by", "mail")
    assert "would send to jdoe (Jane Doe) <jane@uni.example>" in dry.output and not server.got
    assert (course.report("hw0-tiny") / "mail" / "jdoe.eml").exists()
    sent = run(course, "--by", "mail", "--send")
    (message,) = server.got
    assert message["Subject"] == "hw0-tiny for Jane" and message["To"] == "Jane Doe <jane@uni.example>"
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "hw0-tiny-feedback.html" and "for jdoe" in attachment.get_content()
    assert sent.exit_code == 1 and "not sent: doe2" in sent.output and "no e-mail address" in sent.output
    again = run(course, "--by", "mail", "--send")
    assert len(server.got) == 1 and "1 unchanged" in again.output  # who was refused is tried again
    run(course, "jdoe", "--by", "mail", "--send", "--again")
    assert len(server.got) == 2


def test_a_server_that_is_not_there_is_one_line(course):
    found = delivery.plan(course, "hw0-tiny", "mail")
    with pytest.raises(StaffError, match=r"mail server 127\.0\.0\.1:1 cannot be used"):
        list(mail.send(course, found))


@pytest.mark.parametrize("text", ["Dear {first}", "Subject: x\n\n{grade}", "Subject: x\n\n", "Subject: x\n\n{first.x}"])
def test_a_template_that_cannot_be_used_is_refused(course, text):
    (course.root / "mail.txt").write_text(text)
    course.settings.mail_template = "mail.txt"
    with pytest.raises(StaffError):
        mail.template(course)


@pytest.mark.parametrize("end", ["\v", "\f", "\x85", "\u2028"])
def test_a_name_makes_no_header(course, monkeypatch, end):
    """Names with other ends of lines do not get so far: the roster is refused."""
    (course.root / "roster.csv").write_text(f'id,last,first,email\njdoe,"Doe{end}Bcc: x@y.z",Jane,jane@uni.example\n')
    parcel = delivery.plan(Course(course.root), "hw0-tiny", "mail", ["jdoe"]).parcels[0]
    assert mail.message(course, "hw0-tiny", parcel)["Bcc"] is None
