"""What one assert compares, as a probe: the student's value, the law, and the teacher's value where it decides.

The tolerances are those of the functions named here, by their documentation: NumPy's numpy.testing, torch.testing,
math.isclose, unittest and nose.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

Theirs = Callable[[ast.AST], bool]
BOTH = "both sides are the student's"
FAR = "1e308"  # in the place of no bound
# function → (rtol, atol) where the call names none
CLOSE = {
    "assert_allclose": ("1e-07", "0"),
    "assert_close": ("1.3e-06", "1e-05"),
    "allclose": ("1e-05", "1e-08"),
    "isclose": ("1e-05", "1e-08"),
    "math.isclose": ("1e-09", "0"),
}
EQUAL = (
    *("assert_equal", "assert_equals", "assert_array_equal", "assertEqual", "assertEquals", "assertListEqual"),
    *("assertDictEqual", "assertTupleEqual", "assert_list_equal", "assert_dict_equal"),
)
ALMOST = {  # function → (name of its argument, decimals by default, half of the last decimal)
    "assert_almost_equal": ("decimal", 7, 1.5),
    "assert_array_almost_equal": ("decimal", 6, 1.5),
    "assertAlmostEqual": ("places", 7, 0.5),
}
OPPOSITE: dict[type, type] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.NotEq: ast.Eq,
}  # fmt: skip
OPEN = ("assert_array_less", "assert_in", "assertIn", "assert_not_equal", "assertNotEqual", "assert_raises_regex")


@dataclass
class Probe:
    """One probe.

    Attributes:
        value: What is emitted.
        rules: Keyword → code of `check.probe`.
        wanted: The teacher's value, where the solution's own may differ within the tolerance.
        law: What is said where a truth value is wrong.
        name: As messages call it; "" for its own text.
        statement: The assert that it was.
    """

    value: ast.expr
    rules: dict[str, str] = field(default_factory=dict)
    wanted: ast.expr | None = None
    law: str = ""
    name: str = ""
    statement: str = ""


def of_test(test: ast.expr, theirs: Theirs) -> Probe | str:
    """What `assert test` is as a probe; else why it stays an assert, "" where it does not concern the student."""
    if not theirs(test):
        return ""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and _own(test.operand, theirs):
        return _truth(test.operand, f"{ast.unparse(test.operand)} is false")
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = test.operand
        if isinstance(inner, ast.Compare) and len(inner.ops) == 1 and type(inner.ops[0]) in OPPOSITE:
            test = ast.Compare(inner.left, [OPPOSITE[type(inner.ops[0])]()], inner.comparators)
    if isinstance(test, ast.Compare):
        return _compare(test, theirs)
    if isinstance(test, ast.Call):
        return _call_test(test, theirs)
    if _own(test, theirs):
        return _truth(test, f"{ast.unparse(test)} is true")
    return "only the student's process can say whether it holds"


def _own(node: ast.expr, theirs: Theirs) -> bool:
    """Whether it is a value of the student's itself: a name, a call of their function, a part of one."""
    if isinstance(node, ast.Call):
        return theirs(node.func) and not isinstance(node.func, ast.Call)
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return _own(node.value, theirs)
    return isinstance(node, ast.Name) and theirs(node)


SHAPES = ("shape", "ndim", "size", "dtype")
OF_A_SHAPE = ("len", "ones_like", "zeros_like", "full_like", "shape", "ndim", "size")


def _sides(first: ast.expr, second: ast.expr, theirs: Theirs) -> tuple[ast.expr, ast.expr] | None:
    """(the student's value, the teacher's); None where both are values of the student's.

    A side that is made of the shape of the student's value alone, as `np.ones(len(S))`, is the teacher's.
    """
    for mine, other in ((first, second), (second, first)):
        if not theirs(other) or (_only_shape(other, theirs) and not _only_shape(mine, theirs)):
            return mine, other
    return None


def _only_shape(node: ast.AST, theirs: Theirs) -> bool:
    """Whether a value of the student's is looked up in it for nothing but its shape."""
    if not theirs(node) or (isinstance(node, ast.Attribute) and node.attr in SHAPES):
        return True
    if isinstance(node, ast.Call) and _last(node) in OF_A_SHAPE and node.args:
        return all(_only_shape(part, theirs) for part in [*node.args[1:], *(k.value for k in node.keywords)])
    inner = list(ast.iter_child_nodes(node))
    return not isinstance(node, ast.Name) and all(_only_shape(part, theirs) for part in inner)


def _truth(node: ast.expr, law: str) -> Probe:
    return Probe(ast.Call(ast.Name("bool", ast.Load()), [node], []), law=law, name=ast.unparse(node))


def _compare(test: ast.Compare, theirs: Theirs) -> Probe | str:
    if len(test.ops) == 2 and all(isinstance(op, (ast.Lt, ast.LtE)) for op in test.ops):
        low, middle, high = test.left, *test.comparators
        if theirs(middle) and not theirs(low) and not theirs(high):
            return Probe(middle, {"between": f"({ast.unparse(low)}, {ast.unparse(high)})"})
    if len(test.ops) > 1:
        return "it compares more than two values"
    left, op, right = test.left, test.ops[0], test.comparators[0]
    if not (sides := _sides(left, right, theirs)):
        return BOTH
    mine, other = sides
    if isinstance(op, (ast.Eq, ast.Is)) and isinstance(mine, ast.Call) and _last(mine) == "type":
        return Probe(test, law=ast.unparse(test), name=ast.unparse(mine.args[0] if mine.args else mine))
    if isinstance(op, ast.Eq) or (isinstance(op, ast.Is) and isinstance(other, ast.Constant)):
        truth = isinstance(other, ast.Constant) and isinstance(other.value, bool)
        return _approx(mine, other) or Probe(mine, law=ast.unparse(test) if truth else "")
    up = isinstance(op, (ast.Lt, ast.LtE)) == (mine is left)  # the student's value is the smaller one
    if isinstance(op, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)):
        bound = ast.unparse(other)
        least = "0" if _last(mine) in ("abs", "norm", "fabs") else f"-{FAR}"
        return Probe(mine, {"between": f"({least}, {bound})" if up else f"({bound}, {FAR})"})
    return "only the student's process can say whether it holds"


def _approx(mine: ast.expr, other: ast.expr) -> Probe | None:
    """`mine == pytest.approx(other)`."""
    if not isinstance(other, ast.Call) or _last(other) != "approx":
        return None
    words = {k.arg: ast.unparse(k.value) for k in other.keywords}
    return Probe(mine, {"rtol": words.get("rel", "1e-06"), "atol": words.get("abs", "1e-12")}, other.args[0])


def _call_test(test: ast.Call, theirs: Theirs) -> Probe | str:
    name, args = _last(test), test.args
    if name == "isinstance" and len(args) == 2 and theirs(args[0]) and not theirs(args[1]):
        return Probe(test, law=f"{ast.unparse(args[0])} is a {ast.unparse(args[1])}", name=ast.unparse(args[0]))
    if name in ("allclose", "isclose") and len(args) >= 2:
        return _close(test, theirs, "math.isclose" if ast.unparse(test.func) == "math.isclose" else name)
    if name in ("array_equal", "equal") and len(args) == 2 and (sides := _sides(args[0], args[1], theirs)):
        return Probe(sides[0])
    whole = test.func.value if isinstance(test.func, ast.Attribute) and name == "all" and not args else None
    whole = args[0] if name == "all" and len(args) == 1 and isinstance(test.func, ast.Attribute) else whole
    if isinstance(whole, ast.Compare) and len(whole.ops) == 1 and isinstance(whole.ops[0], ast.Eq):
        return _compare(whole, theirs)
    if isinstance(whole, ast.Call) and _last(whole) == "isclose" and len(whole.args) >= 2:
        return _close(whole, theirs, "isclose")
    module = isinstance(test.func, ast.Attribute) and not theirs(test.func)
    if _own(test, theirs) or (module and name in ("all", "any") and len(args) == 1 and not test.keywords):
        return _truth(test, f"{ast.unparse(test)} is true")
    return "only the student's process can say whether it holds"


def of_call(call: ast.Call, theirs: Theirs, helpers: dict[str, str]) -> list[Probe] | str:
    """What a call of a known test function is as probes; "" for other calls, else why it stays."""
    name, args = _last(call), call.args
    numpy = ast.unparse(call.func).startswith(("np.", "numpy.")) or helpers.get(name, "").startswith("numpy")
    if name in ("assert_raises", "assertRaises") and len(args) >= 2 and theirs(call):
        inner = ast.unparse(ast.Call(args[1], args[2:], call.keywords))
        law = f"{inner} raises {ast.unparse(args[0])}"
        value = ast.parse(f"_raises({ast.unparse(args[0])}, lambda: {inner})", mode="eval").body
        return [Probe(value, law=law, name=law)]
    if name in ("assert_true", "assertTrue", "assert_false", "assertFalse", "assert_") and args:
        right = name in ("assert_true", "assertTrue", "assert_")
        found = of_test(args[0] if right else ast.UnaryOp(ast.Not(), args[0]), theirs)
        return [found] if isinstance(found, Probe) else found
    if name in ("assert_is_instance", "assertIsInstance") and len(args) >= 2:
        found = of_test(
            ast.parse(f"isinstance({ast.unparse(args[0])}, {ast.unparse(args[1])})", mode="eval").body, theirs
        )
        return [found] if isinstance(found, Probe) else found
    if name in ("assert_is_none", "assertIsNone") and args and theirs(args[0]):
        return [Probe(args[0])]
    known = name in CLOSE or name in EQUAL or name in ALMOST or name == "assert_approx_equal"
    if name.startswith("assert") and len(args) >= 2 and known:
        return _two(call, theirs, name, numpy)
    if name in OPEN and theirs(call):
        return "only the student's process can say whether it holds"
    return ""


def _two(call: ast.Call, theirs: Theirs, name: str, numpy: bool) -> list[Probe] | str:
    if not (sides := _sides(call.args[0], call.args[1], theirs)):
        return BOTH
    mine, other = sides
    words = {k.arg or "": ast.unparse(k.value) for k in call.keywords}
    if name in EQUAL:
        return [Probe(mine)]
    if name in ALMOST:
        word, decimals, half = ALMOST[name]
        word, half = (word, half) if numpy or name != "assert_almost_equal" else ("places", 0.5)
        given = words.get(word) or (ast.unparse(call.args[2]) if len(call.args) > 2 else str(decimals))
        atol = words.get("delta") or f"{half} * 10 ** -({given})"
        return [Probe(mine, {"rtol": "0", "atol": atol}, other)]
    if name == "assert_approx_equal":
        given = words.get("significant") or (ast.unparse(call.args[2]) if len(call.args) > 2 else "7")
        return [Probe(mine, {"rtol": f"10 ** -(({given}) - 1)", "atol": "0"}, other)]
    found = _close(call, theirs, name)
    assert isinstance(found, Probe)
    if name != "assert_close" or words.get("check_dtype") == "False":
        return [found]
    dtype = ast.parse(f"str(({ast.unparse(mine)}).dtype)", mode="eval").body
    return [found, Probe(dtype, name=f"dtype of {ast.unparse(mine)}")]


def _close(call: ast.Call, theirs: Theirs, name: str) -> Probe | str:
    if not (sides := _sides(call.args[0], call.args[1], theirs)):
        return BOTH
    mine, other = sides
    rtol, atol = CLOSE[name]
    given = [ast.unparse(a) for a in call.args[2:4]]
    words = {k.arg or "": ast.unparse(k.value) for k in call.keywords}
    rtol = words.get("rtol") or words.get("rel_tol") or (given[0] if given else rtol)
    atol = words.get("atol") or words.get("abs_tol") or (given[1] if len(given) > 1 else atol)
    return Probe(mine, {"rtol": rtol, "atol": atol}, other)


def _last(node: ast.expr) -> str:
    """The last name of what is called: `assert_equal` of `np.testing.assert_equal(…)`."""
    func = node.func if isinstance(node, ast.Call) else None
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def raises_of(node: ast.Try | ast.With) -> tuple[ast.expr, ast.expr, list[ast.stmt]] | None:
    """(the exception, what must raise it, what is done afterwards) of the usual ways to say so; None for others.

    `try: f(0)` / `except E: pass` / `else: raise …` (or the `raise`, or `assert False`, behind the call), and
    `with raises(E): f(0)`.
    """
    if isinstance(node, ast.With):
        call = node.items[0].context_expr
        named = isinstance(call, ast.Call) and _last(call) in ("raises", "assert_raises", "assertRaises")
        if named and len(call.args) == 1 and not call.keywords and _one_call(node.body):  # type: ignore[attr-defined]
            return call.args[0], node.body[0].value, []  # type: ignore[attr-defined]
        return None
    if (
        len(node.handlers) != 1
        or node.handlers[0].type is None
        or any(not isinstance(s, ast.Pass) and not _prints(s) for s in node.handlers[0].body)
    ):
        return None
    behind = node.body[1:] + node.orelse
    fails = len(behind) == 1 and _fails(behind[0])
    if fails and _one_call(node.body[:1]):
        return node.handlers[0].type, node.body[0].value, node.finalbody  # type: ignore[attr-defined]
    return None


def _one_call(body: list[ast.stmt]) -> bool:
    if len(body) != 1:
        return False
    one = body[0]
    return isinstance(one, (ast.Expr, ast.Assign)) and isinstance(one.value, ast.Call)


def _prints(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _last(node.value) == "print"


def _fails(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise):
        return True
    return isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant) and not node.test.value
