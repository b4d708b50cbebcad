"""The names that a cell defines, read line by line: a student's copy asks where an answer is, and decides nothing."""

import re


def defined(source: str) -> set:
    """Functions, classes and variables that the text defines at its top."""
    functions = re.findall(r"^(?:def|class)\s+(\w+)", source, re.M)
    return set(functions) | set(re.findall(r"^(\w+)\s*=(?!=)", source, re.M))
