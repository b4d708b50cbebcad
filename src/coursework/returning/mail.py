"""Feedback by mail: a message for each student, by a template, through the SMTP server that the course names.

The password is in the environment, `COURSEWORK_SMTP_PASSWORD`, and never in a file of the course.
"""

import mimetypes
import os
import smtplib
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import formataddr, make_msgid, parseaddr
from pathlib import Path

from coursework.core.course import Course, StaffError, read_text
from coursework.returning.delivery import Parcel, Return

PASSWORD = "COURSEWORK_SMTP_PASSWORD"
TEMPLATE = """Subject: {assignment}: your feedback

Dear {first} {last},

the feedback on {assignment} is attached. Open it in a browser.
"""
FIELDS = ("first", "last", "id", "assignment", "course")


def template(course: Course) -> tuple[str, str]:
    """(subject, text) as the course's `mail_template` says. Raises StaffError when it cannot be used."""
    name = course.settings.mail_template
    text = read_text(course.root / name) if name else TEMPLATE
    head, _, body = text.partition("\n\n")
    if not head.startswith("Subject:") or "\n" in head or not body.strip():
        raise StaffError(f"{name or 'the template'} must begin with a line `Subject: …`, an empty line, and the text")
    subject = head.removeprefix("Subject:").strip()
    try:
        for part in (subject, body):
            part.format_map(dict.fromkeys(FIELDS, ""))
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise StaffError(
            f"{name or 'the template'} has a field {error} that does not exist: there are {known}"
        ) from None
    return subject, body


def message(course: Course, assignment: str, parcel: Parcel) -> EmailMessage:
    """What one student gets."""
    student = parcel.student
    subject, body = template(course)
    about = {"first": student.first, "last": student.last, "id": student.id, "assignment": assignment}
    about["course"] = str(course.config.CourseDirectory.get("course_id") or "")
    mail = EmailMessage()
    mail["From"] = course.settings.mail_from
    mail["To"] = formataddr((" ".join(student.name.split()), student.email))
    mail["Subject"] = " ".join(subject.format_map(about).split())
    mail["Message-ID"] = make_msgid()
    mail.set_content(body.format_map(about))
    for name, path in parcel.files:
        kind = (mimetypes.guess_type(name)[0] or "application/octet-stream").split("/")
        mail.add_attachment(path.read_bytes(), maintype=kind[0], subtype=kind[1], filename=name)
    return mail


def addressed(found: Return) -> None:
    """A student without an address moves to `left_out`."""
    for parcel in found.parcels:
        if "@" not in parseaddr(parcel.student.email)[1]:
            found.left_out.append((parcel.student.id, "no e-mail address in the roster"))
    found.parcels = [p for p in found.parcels if "@" in parseaddr(p.student.email)[1]]


def require_server(course: Course) -> None:
    """Raises StaffError when the settings do not name a server and a sender."""
    if not course.settings.smtp or "@" not in parseaddr(course.settings.mail_from)[1]:
        raise StaffError(
            'mail needs c.CourseworkSettings.smtp = "smtp.uni.example:587" and mail_from = "dl-course@uni.example"'
        )


def connect(course: Course) -> smtplib.SMTP:
    """A connection to the course's server, encrypted as its settings say. Raises StaffError."""
    settings = course.settings
    host, _, port = settings.smtp.rpartition(":") if ":" in settings.smtp else (settings.smtp, "", "")
    if port and not port.isdecimal():
        raise StaffError(f"c.CourseworkSettings.smtp: {settings.smtp!r} is not HOST:PORT")
    try:
        if settings.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, int(port or 465), timeout=30, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, int(port or 587), timeout=30)
            if settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, os.environ.get(PASSWORD, ""))
    except (OSError, smtplib.SMTPException) as error:
        hint = f"; is {PASSWORD} set?" if isinstance(error, smtplib.SMTPAuthenticationError) else ""
        raise StaffError(f"the mail server {settings.smtp} cannot be used: {error}{hint}") from None
    return server


def send(course: Course, found: Return) -> Iterator[tuple[Parcel, str]]:
    """Send every parcel; yields each with "" or why it was not sent. One refused address stops nobody else's mail."""
    messages = [(parcel, message(course, found.assignment, parcel)) for parcel in found.parcels]
    server = connect(course)
    try:
        for parcel, mail in messages:
            try:
                server.send_message(mail)
                yield parcel, ""
            except smtplib.SMTPServerDisconnected:
                server = connect(course)
                try:
                    server.send_message(mail)
                    yield parcel, ""
                except (OSError, smtplib.SMTPException) as error:
                    yield parcel, _why(error)
            except (OSError, smtplib.SMTPException) as error:
                yield parcel, _why(error)
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def drafts(course: Course, found: Return, folder: Path) -> list[Path]:
    """The messages as `.eml` files, for a look before they are sent."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for parcel in found.parcels:
        path = folder / f"{parcel.student.id}.eml"
        path.write_bytes(bytes(message(course, found.assignment, parcel)))
        written.append(path)
    return written
