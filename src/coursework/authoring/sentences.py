"""What a teacher wrote for the student whose answer fails a test: the message of an assert, as the text of a probe.

The reference's run says it, never the student's. So a place that a message fills with the student's own value becomes
"…". Of a hidden test only a text that is written there word for word is taken: a value in it could be an input.
"""

import ast
import re

from coursework.authoring.comparisons import Theirs

SAID = """def _said(message):
    try:
        return " ".join(str(message()).split()).rstrip(".")[:200]
    except Exception:
        return ''"""
PLACES = re.compile(r"\{[^{}]*\}|%[-+#0-9.]*[a-z]")  # of str.format and of %
KEYWORDS = ("err_msg", "msg")
BEHIND = {  # test function → how many arguments come before its message
    "assert_true": 1, "assertTrue": 1, "assert_false": 1, "assertFalse": 1, "assert_": 1, "assertIsNone": 1,
    "assert_equal": 2, "assert_equals": 2, "assert_array_equal": 2, "assertEqual": 2, "assertEquals": 2,
    "assertListEqual": 2, "assertDictEqual": 2, "assertTupleEqual": 2, "assertIsInstance": 2, "assertAlmostEqual": 3,
    "assert_almost_equal": 3, "assert_array_almost_equal": 3, "assert_allclose": 5,
}  # fmt: skip


def of_call(call: ast.Call, name: str) -> ast.expr | None:
    """The message that a call of the test function `name` has."""
    words = [k.value for k in call.keywords if k.arg in KEYWORDS]
    place = BEHIND.get(name, len(call.args))
    return next(iter([*words, *call.args[place : place + 1]]), None)


def of_failure(node: ast.Try | ast.With) -> ast.expr | None:
    """What a test that expects an exception says where none came: `raise AssertionError("…")`, `assert False, "…"`."""
    for one in ast.walk(node):
        if isinstance(one, ast.Assert):
            return one.msg
        if isinstance(one, ast.Raise) and isinstance(one.exc, ast.Call) and one.exc.args:
            return one.exc.args[0]
    return None


def said(message: ast.expr | None, theirs: Theirs, hidden: bool) -> str:
    """The code that gives the message where the reference runs; "" when there is nothing to say.

    Args:
        message: What the teacher wrote, if anything.
        theirs: Whether a part of it is made of the student's values.
        hidden: Whether the test is in a hidden region.
    """
    if message is None or isinstance(message, ast.Lambda) or (hidden and not isinstance(message, ast.Constant)):
        return ""
    if theirs(message):
        message = _without(message, theirs)
    if isinstance(message, ast.Constant):
        text = " ".join(message.value.split()).rstrip(".")[:200] if isinstance(message.value, str) else ""
        return repr(text) if text else ""
    return f"_said(lambda: {ast.unparse(message)})"


def _without(message: ast.expr, theirs: Theirs) -> ast.expr:
    """The message with "…" in the place of what is the student's."""
    if isinstance(message, ast.JoinedStr):
        parts = [ast.Constant("…") if theirs(part) else part for part in message.values]
        return ast.JoinedStr(parts) if any(isinstance(p, ast.FormattedValue) for p in parts) else _joined(parts)
    first: ast.AST = message
    while isinstance(first, (ast.BinOp, ast.Call, ast.Attribute)):
        first = (
            first.left if isinstance(first, ast.BinOp) else first.func if isinstance(first, ast.Call) else first.value
        )
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return ast.Constant("")
    added = isinstance(message, ast.BinOp) and isinstance(message.op, ast.Add)
    return ast.Constant(f"{first.value}…" if added else PLACES.sub("…", first.value))


def _joined(parts: list[ast.expr]) -> ast.Constant:
    return ast.Constant("".join(str(part.value) for part in parts if isinstance(part, ast.Constant)))
