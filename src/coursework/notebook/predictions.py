"""The file of predictions that a student hands in: `id,label`, one row for each image, in the order of the images.

Copied into the released notebooks like `checks`, by the same rules: notebook and grader say the same.
"""


def read_predictions(text: str, rows: int, classes: int = 10) -> tuple[list, str]:
    """(labels, problem): the labels in the order of the ids, or an empty list and one sentence that says what is wrong.

    Line ends, blanks around numbers and a byte order mark do not matter; the order of the rows does not either.
    """
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    head = "".join(lines[0].split()).lower().replace('"', "") if lines else ""
    if head != "id,label":
        return [], f"its first line must be id,label, not {lines[0][:40]!r}" if lines else "it is empty"
    if len(lines) - 1 != rows:
        return [], f"it has {len(lines) - 1:,} rows below the header, expected {rows:,}"
    labels: dict = {}
    for number, line in enumerate(lines[1:], 2):
        parts = [part.strip().strip('"') for part in line.split(",")]
        if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts):
            return [], f"line {number} is {line[:40]!r}: expected two whole numbers, as in 0,3"
        index, label = int(parts[0]), int(parts[1])
        if index in labels:
            return [], f"the id {index} is there twice (line {number})"
        if label >= classes:
            return [], f"line {number} has the label {label}: labels are 0 to {classes - 1}"
        labels[index] = label
    if set(labels) != set(range(rows)):
        return [], f"its ids must be 0 to {rows - 1:,}; the lowest is {min(labels)}, the highest {max(labels):,}"
    return [labels[index] for index in range(rows)], ""
