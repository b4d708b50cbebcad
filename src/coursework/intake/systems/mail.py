"""E-mail: folders named by the sender, `jane@uni.edu` or `Jane Doe <jane@uni.edu>`, or saved messages, `.eml`.

A message's time is when the course's own mail server received it (the topmost `Received:`); only where no server has
noted it, the `Date:`, which is the sender's word.
"""

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import PurePosixPath
from typing import Any, cast

from coursework.core.names import addresses
from coursework.core.text import printable
from coursework.intake.found import Found
from coursework.intake.systems.base import LONGEST, Origin, System

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Mail(System):
    name = "the message"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        several = addresses(part) > 1  # then it is no sender: never only the first of two
        match = None if last or several or part.lower().endswith(".eml") else ADDRESS.search(part)
        return Origin(part, self.name, part[: match.start()].strip(" <\"'"), email=match[0]) if match else None

    def unpack(self, file: Found, own: bool) -> Iterator[Found] | None:
        return attachments(file, own) if file.path.suffix.lower() == ".eml" else None


def attachments(file: Found, own: bool) -> Iterator[Found]:
    """The attachments of an .eml file, in a folder that is named by its sender, with the time of the message.

    A message that a student has handed in (`own`) is only a container: its sender and its time are the student's word.
    """
    try:
        message = cast(EmailMessage, email.message_from_bytes(file.payload, policy=email.policy.default))
        people = message["from"].addresses if message["from"] else ()
        when = file.changed if own else received(message) or file.changed
        parts = list(_attached(message))
        body = message.get_body(("plain", "html"))
        words = body.get_content() if body is not None else ""
    except Exception:  # a malformed message; the library raises many kinds
        return
    if not message.keys():
        return
    folder = file.path
    if people and not own:
        # The name is what the sender likes; only the address may look like one.
        name = re.sub(r"[/\\@<>]", " ", people[0].display_name)[:LONGEST]
        folder /= printable(f"{name} <{people[0].addr_spec.replace('/', ' ')}>".strip(), 2 * LONGEST)
    kept = 0
    for part in parts:
        try:
            name = PurePosixPath(printable(part.get_filename() or "").replace("\\", "/")).name
            payload = part.get_payload(decode=True)
        except Exception:  # an encoding that does not exist
            continue
        if name and isinstance(payload, bytes):
            kept += 1
            yield Found(folder / name, payload, when)
    if not kept:  # a link, or words, are what was submitted
        subject = re.sub(r"[^\w.@+-]+", " ", str(message["subject"] or ""))[:LONGEST].strip()
        yield Found(folder / f"{subject or 'message'}.mail.txt", str(words).encode("utf-8", "replace"), when)


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    """The attachments of a message, and those of messages that it forwards."""
    for part in message.iter_attachments():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            if isinstance(inner, EmailMessage):
                yield from _attached(inner)
        else:
            yield cast(EmailMessage, part)


def received(message: EmailMessage) -> datetime | None:
    """When the last server on the way noted the message, else its date, UTC; None when neither can be read."""
    texts = [str(line).rpartition(";")[2] for line in message.get_all("received", [])[:1]]
    for text in [*texts, str(message["date"] or "")]:
        try:
            when = email.utils.parsedate_to_datetime(text.strip())
        except (ValueError, TypeError, IndexError):
            continue
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    return None
