"""Notebooks that were written or sent in another way than as JSON: as Python prints them, with commas, comments and
constants that JSON does not have, as base64."""

import ast
import base64
import re
from typing import Any

MAX_LITERAL = 8_000_000  # characters that are read as Python's way to write a value; a second for each million
COMMENT = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|//[^\n]*|/\*.*?\*/""", re.S)
BASE64 = re.compile(r"\s*(?:data:[^,\s]{0,100};base64,)?\s*([A-Za-z0-9+/_\-\s]{100,}={0,2})\s*\Z")
CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None, "Infinity": None}


class _Names(ast.NodeTransformer):
    """JSON's and JavaScript's names for constants in a Python literal."""

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.copy_location(ast.Constant(CONSTANTS[node.id]), node) if node.id in CONSTANTS else node


def value(text: str) -> Any:
    """What the whole text says, by the rules of Python and of JSON, comments aside; None where it breaks them."""
    if len(text) > MAX_LITERAL or "cell" not in text or text.rstrip()[-1:] not in ("}", "]"):
        return None
    plain = re.sub(r"\\(.)", lambda m: "/" if m[1] == "/" else m[0], text.strip(), flags=re.S)
    for form in dict.fromkeys((plain, COMMENT.sub(lambda m: m[1] or " ", plain))):
        try:
            return ast.literal_eval(_Names().visit(ast.parse(form, mode="eval")))
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
    return None


def decoded(text: str) -> bytes:
    """What a text of base64, perhaps with a data URI's head, holds, if it may be a notebook; else nothing."""
    match = BASE64.match(text)
    if not match:
        return b""
    try:
        inside = base64.b64decode(re.sub(r"\s", "", match[1]).translate({45: "+", 95: "/"}) + "==")
    except ValueError:
        return b""
    return inside if b"cell" in inside else b""
