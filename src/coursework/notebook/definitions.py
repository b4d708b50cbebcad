"""Which names a cell of Python defines at its top; by them an answer is found when its cell is not where it was.

Copied into the released notebooks like `coursework.notebook.checks`, by the same rules.
"""

import ast
import re

from coursework.notebook.dialect import code_tree


def defined(source: str) -> set:
    """Functions, classes and assigned variables of the text; a rough guess when it does not parse."""
    try:
        body = code_tree(source).body
    except ValueError:
        functions = re.findall(r"^(?:def|class)\s+(\w+)", source, re.M)
        return set(functions) | set(re.findall(r"^(\w+)\s*=", source, re.M))
    names: set = set()
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                names |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    return names
