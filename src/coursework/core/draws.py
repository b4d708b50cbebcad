"""Numbers of one's own: which row of a question's table an id draws, and the line that tells a student theirs.

`release` copies it into notebooks where a course has variants, so the rules of `coursework.notebook` hold here. The
grader draws by the id of the submission; what a notebook claims has no say there.
"""

import hashlib
import unicodedata


def plain(student_id: str) -> str:
    """An id without case, accents, blanks and punctuation: those that look alike draw alike."""
    return "".join(c for c in unicodedata.normalize("NFKD", str(student_id)).casefold() if c.isalnum())


def drawn(student_id: str, item: str, count: int) -> int:
    """Which of `count` rows this id draws for an item, from 0."""
    return int(hashlib.sha256(f"{item} {plain(student_id)}".encode()).hexdigest(), 16) % count


def told(row: dict) -> str:
    """The numbers of a row as a student reads them: "n0 = 120, n1 = 40"."""
    return ", ".join(f"{name} = {tuple(value) if isinstance(value, list) else value}" for name, value in row.items())


def numbers(item: str, rows: list, student_id: str) -> None:
    """Print the numbers that this id draws from the rows of an item."""
    if not plain(student_id):
        print("Write your id into the cell `student_id` near the top, run that cell, then run this one again.")
        return
    mine = drawn(student_id, item, len(rows))
    print(f"Your numbers, drawn by the id {student_id} (variant {mine + 1}): {told(rows[mine])}")
