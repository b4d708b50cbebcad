"""Tables as spreadsheets save them: any separator and encoding, and identifiers that were numbers for a while."""

import codecs
import csv
import io
import re
from pathlib import Path

from coursework.core.course import StaffError
from coursework.core.text import counted

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NUMBERED = re.compile(r"^[+-]?\d+(?:[.,]\d+)?[eE][+-]? ?\d+$|^\d+[.,]0+$")  # 1.24E+05, 123.0
LOST = re.compile(r"^#+$|^#(?:N/?A|NAME|REF|VALUE|NUM|DIV|NULL)\b")  # a column too narrow, an error
MONTHS = (
    "jan|feb|mar|mär|mrz|apr|abr|avr|may|mai|mag|mei|jun|jui|giu|jul|lug|aug|ago|aoû|sep|set|oct|okt|ott|nov|dec|dez"
    "|dic|déc"
)
DATED = re.compile(rf"^\d{{1,2}}[-.] ?(?:{MONTHS})[^\W\d_]{{0,2}}\.?(?:[-.]\d{{2,4}})?$", re.I)  # 5-Jan, of 1-5
EXACT = 15  # digits of a number that spreadsheets keep
FORMULA = re.compile(r'^="(.*)"$')  # text as some systems protect it
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def text_of(path: Path, what: str) -> str:
    """The text of a file that a spreadsheet saved: by its byte order mark, as UTF-8, UTF-16 or Windows-1252."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StaffError(f"{what} {path} cannot be read: {error}") from None
    named = next((encoding for bom, encoding in BOMS if raw.startswith(bom)), None)
    wide = "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be" if raw[:1] == b"\0" else None
    for encoding in filter(None, (named, wide, "utf-8", "cp1252")):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StaffError(f"{what} {path} cannot be read as text: save it as CSV, UTF-8")


def read(path: Path, what: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """(the headers, (line number, header → value) of every row that is not blank). Raises StaffError.

    The separator is the comma, semicolon, tab or bar that the first line has most of; Excel's line "sep=;" names it.
    """
    text = text_of(path, what).replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("PK\x03\x04") or text.lstrip()[:9].lower().startswith(("<html", "<!doctype", "<table", "<?xml")):
        raise StaffError(f"{what} {path.name} is a workbook or a page: open it and save it as CSV, UTF-8")
    first, rest = next((line for line in text.split("\n") if line.strip(",;\t| ")), ""), text.partition("\n")[2]
    skipped, named = 1, re.match(r'^"?sep=(.)"?$', first.strip(), re.I)
    if named:
        text, first, skipped = rest, rest.partition("\n")[0], 2
    separator = named[1] if named else max(",;\t|", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise StaffError(f"{what} {path.name} cannot be read as a table ({error}): save it as CSV, UTF-8") from None
    rows = [[FORMULA.sub(r"\1", UNSEEN.sub("", value).strip()) for value in row] for row in rows]
    blank = next((n for n, row in enumerate(rows) if any(row)), 0)  # rows above the headers
    heads = rows[blank] if rows else []
    found = []
    for number, row in enumerate(rows[blank + 1 :], skipped + blank + 1):
        if len(heads) > 1 and any(row[len(heads) :]):  # one alone is a title above the headers, which is said elsewhere
            raise StaffError(
                f"{what} {path.name}, line {number}: it has {counted(len(row), 'value')} under "
                f"{counted(len(heads), 'header')}: a value with {separator!r} in it needs quotation marks"
            )
        if any(value.strip() for value in row):
            found.append((number, dict(zip(heads, [*row, *[""] * len(heads)], strict=False))))
    return heads, found


def whole_identifier(value: str, where: str, column: str) -> None:
    """Raises StaffError when a spreadsheet has made a number of an identifier."""
    if LOST.match(value) or DATED.match(value):
        raise StaffError(
            f"{where}: {column} {value!r} is what a spreadsheet shows instead of an identifier: export the list again "
            "and import the column as text"
        )
    if NUMBERED.match(value):
        raise StaffError(
            f"{where}: {column} {value!r} is a number that a spreadsheet has rewritten, and who it was is lost: "
            "export the list again and import the column as text"
        )


def no_lost_zeros(values: list[str], lines: list[int], what: str, column: str) -> None:
    """Raises StaffError when some identifiers of a column have leading zeros and others are shorter numbers."""
    long = [(v, line) for v, line in zip(values, lines, strict=True) if v.isdecimal() and len(v) > EXACT]
    if len(long) > 1 and all(set(v[EXACT:]) == {"0"} for v, _ in long):
        raise StaffError(
            f"{what}, line {long[0][1]}: {column} {long[0][0]!r} has lost its last digits, as have the others (a "
            f"spreadsheet keeps {EXACT}): export the list again and import the column as text"
        )
    longest = max((len(v) for v in values if v.isdecimal() and v[0] == "0" and len(v) > 1), default=0)
    for value, line in zip(values, lines, strict=True):
        if value.isdecimal() and value[0] != "0" and len(value) < longest:
            raise StaffError(
                f"{what}, line {line}: {column} {value!r} has lost its leading zeros (others have {longest} digits): "
                "export the list again and import the column as text"
            )
