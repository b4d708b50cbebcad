"""A test cell of plain nbgrader, read statement by statement: which asserts can be probes, and which stay asserts.

A probe emits a value that the student's code made, and the grader compares it outside the student's process. So an
assert can be one where it sets a student's value beside the teacher's: equal, close, between, of a type, raising. What
compares two values of the student's, or calls a test function, stays an assert, which the student's process decides.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from coursework.authoring import sentences
from coursework.authoring.comparisons import Probe, of_call, of_test, raises_of

SILENT = ("print", "display", "pprint", "plt", "warnings")  # calls of these test nothing
AUTOTEST = "_autotest_"
NAMED = '''def _named(name, seen={}):
    seen[name] = seen.get(name, 0) + 1
    return f"{name} ({seen[name]})"'''
RAISES = """def _raises(kind, call):
    try:
        call()
    except kind:
        return True
    return False"""
LIKE = """def _like(wanted, value):
    import numpy
    return numpy.broadcast_to(wanted, numpy.shape(value))"""


@dataclass
class Read:
    """What came of one test cell.

    Attributes:
        lines: Python of the hidden part; empty when nothing became a probe.
        probes: name of a probe → what it is made of.
        kept: (statement, why it stays an assert).
    """

    lines: list[str] = field(default_factory=list)
    probes: dict[str, Probe] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)


class Reader:
    """Reads the statements of one cell.

    Args:
        students: Names that answers define.
        helpers: Bare name of a test function → the module it was imported from.
        hidden: Lines, from 1, that are in a hidden region.
        keep: Texts of statements that must stay asserts, with the reason.
        plain: Probes (by name) whose reference value is the solution's own, not the teacher's.
        spread: Probes whose wanted value, as 1.0 for a whole array, is one for each entry.
    """

    def __init__(
        self,
        students: set[str],
        helpers: dict[str, str],
        hidden: set[int],
        keep: dict[str, str] | None = None,
        plain: frozenset[str] = frozenset(),
        spread: frozenset[str] = frozenset(),
    ) -> None:
        self.students, self.helpers, self.hidden = set(students), helpers, hidden
        self.keep, self.plain, self.spread, self.out = keep or {}, plain, spread, Read()
        self._uses: set[str] = set()
        self._waiting: list[tuple[str, str]] = []  # calls that only a later probe makes count

    def read(self, body: list[ast.stmt]) -> Read:
        lines = list(self._block(body, within=False))
        self.out.kept += self._waiting
        if self.out.probes:
            known = (("_named", NAMED), ("_raises", RAISES), ("_said", sentences.SAID), ("_like", LIKE))
            helpers = [text for name, text in known if name in self._uses]
            self.out.lines = [*helpers, *lines]
        return self.out

    def theirs(self, node: ast.AST) -> bool:
        """Whether a student's name is looked up in it."""
        return any(isinstance(n, ast.Name) and n.id in self.students for n in ast.walk(node))

    def _block(self, body: list[ast.stmt], within: bool) -> Iterator[str]:
        for statement in body:
            yield from self._statement(statement, within)

    def _statement(self, node: ast.stmt, within: bool) -> Iterator[str]:
        text = ast.unparse(node)
        if text in self.keep:
            yield self._kept(text, self.keep[text])
        elif isinstance(node, ast.Assert):
            yield from self._assert(node, text, within)
        elif isinstance(node, ast.Expr):
            yield from self._expression(node, text, within)
        elif isinstance(node, (ast.Try, ast.With)) and (found := raises_of(node)):
            kind, call, after = found
            law = f"{ast.unparse(call)} raises {ast.unparse(kind)}"
            value = ast.parse(f"_raises({ast.unparse(kind)}, lambda: {ast.unparse(call)})", mode="eval").body
            yield from self._probe(node, Probe(value, law=law, name=law), text, within, sentences.of_failure(node))
            yield from self._block(after, within)
        elif isinstance(node, (ast.For, ast.With)) and self._has_tests(node):
            yield from self._compound(node, text)
        elif self._has_tests(node) and self.theirs(node) and not isinstance(node, ast.FunctionDef):
            yield self._kept(text, "what it tests depends on the student's code")
        else:
            self._bind(node)
            yield text

    def _compound(self, node: ast.For | ast.With, text: str) -> Iterator[str]:
        heads: list[ast.AST] = [node.iter] if isinstance(node, ast.For) else list(node.items)
        if any(self.theirs(head) for head in heads) or (isinstance(node, ast.For) and node.orelse):
            yield self._kept(text, "how often it tests depends on the student's code")
            return
        inner = list(self._block(node.body, within=True))
        head = ast.unparse(type(node)(**{**vars(node), "body": [ast.Pass()]})).splitlines()[0]
        yield "\n".join([head, *(f"    {line}" for part in inner for line in part.splitlines())])

    def _assert(self, node: ast.Assert, text: str, within: bool) -> Iterator[str]:
        parts = node.test.values if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And) else None
        for test in parts or [node.test]:
            found = of_test(test, self.theirs)
            if isinstance(found, Probe):
                yield from self._probe(node, found, text, within, node.msg)
            elif found:
                yield self._kept(ast.unparse(ast.Assert(test, node.msg)), found)
            else:
                yield ast.unparse(ast.Assert(test, node.msg))

    def _expression(self, node: ast.Expr, text: str, within: bool) -> Iterator[str]:
        call = node.value
        if isinstance(call, ast.Constant):  # a text that says what is tested
            return
        if not isinstance(call, ast.Call) or not self.theirs(call):
            yield text
            return
        root = call.func
        while isinstance(root, ast.Attribute):
            root = root.value
        name = root.id if isinstance(root, ast.Name) else ""
        if name == AUTOTEST:
            for value in call.args:
                yield from self._probe(node, Probe(value), text, within)
            return
        found = of_call(call, self.theirs, self.helpers)
        if isinstance(found, list):
            last = call.func.attr if isinstance(call.func, ast.Attribute) else name
            for probe in found:
                yield from self._probe(node, probe, text, within, sentences.of_call(call, last))
        elif found:
            yield self._kept(text, found)
        elif name in SILENT:
            yield text
        elif name in self.students and self._is_answer(call.func):
            self.students |= {n.id for a in call.args for n in ast.walk(a) if isinstance(n, ast.Name)}
            self._waiting.append((text, "it passes as long as nothing is raised"))
            yield text
        else:
            yield self._kept(text, "it calls a test of the teacher's own")

    def _is_answer(self, func: ast.expr) -> bool:
        return isinstance(func, (ast.Name, ast.Attribute))

    def _probe(
        self, node: ast.stmt, probe: Probe, text: str, within: bool, message: ast.expr | None = None
    ) -> Iterator[str]:
        shown = probe.name or ast.unparse(probe.value)
        names = [n.id for n in ast.walk(probe.value) if isinstance(n, ast.Name) and n.id in self.students]
        if node.lineno in self.hidden:  # its inputs are nobody's business
            shown = f"{names[0] if names else 'the answer'}, hidden test"
            probe.law = "what the question asks for" if probe.law else ""
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        name, number = shown, 1
        while name in self.out.probes:
            number += 1
            name = f"{shown} #{number}"
        probe.name, probe.statement = name, text
        self.out.probes[name] = probe
        self._waiting.clear()  # an error before a probe keeps it from being emitted
        self._uses |= {"_named"} if within else set()
        value = ast.unparse(probe.value)
        self._uses |= {"_raises"} if value.startswith("_raises(") else set()
        said = repr(name)
        if within:
            yield f"_name = _named({name!r})"
            said = "_name"
        rules = "".join(f", {key}={code}" for key, code in probe.rules.items())
        law = f", law={probe.law!r}" if probe.law else ""
        told = sentences.said(message, self.theirs, node.lineno in self.hidden)
        self._uses |= {"_said"} if told.startswith("_said(") else set()
        rules += f", said={told}" if told else ""
        yield f"check.probe({said}, lambda: {value}{rules}{law})"
        if probe.wanted is not None and name not in self.plain:
            wanted = ast.unparse(probe.wanted)
            if name in self.spread:
                self._uses.add("_like")
                wanted = f"lambda: _like({wanted}, {value})"
            elif self.theirs(probe.wanted):
                wanted = f"lambda: {wanted}"  # the student's shape may be none at all
            yield f"check.probe({said} + ' [wanted]', {wanted}, clause='wanted')"

    def _kept(self, text: str, why: str) -> str:
        if (text, why) not in self.out.kept:
            self.out.kept.append((text, why))
        return text

    def _has_tests(self, node: ast.AST) -> bool:
        return any(
            isinstance(n, (ast.Assert, ast.Raise))
            or (
                isinstance(n, ast.Call)
                and (isinstance(of_call(n, self.theirs, self.helpers), list) or _is(n, AUTOTEST))
            )
            for n in ast.walk(node)
        )

    def _bind(self, node: ast.stmt) -> None:
        """What a statement makes of the student's values is the student's, too."""
        if not self.theirs(node):
            return
        self.students |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            self.students.add(node.name)


def _is(call: ast.Call, name: str) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == name
