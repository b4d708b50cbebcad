"""The matrix of a proof: each notebook that is run, what it must get, and what came of it."""

from dataclasses import dataclass, field

from nbformat.notebooknode import NotebookNode

WHOLE = "whole notebook"


@dataclass
class Result:
    """What came of one case, as the record keeps it.

    Attributes:
        got: Points, or the fraction of the probes of an item without points.
        seconds: Of the run.
        message: What staff read of the first test that failed.
        named: Whether the answer's own misconception is said.
        broken: grade_id of a test → clauses whose probes were emitted and are wrong; "" for probes that were not.
        faults: What is wrong besides the points: a right answer that trips a visible check, a given cell that fails.
    """

    got: float
    seconds: float = 0.0
    message: str = ""
    named: bool = False
    broken: dict[str, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass
class Case:
    """One notebook of the matrix. `expected` is a score; None for a mutant, which must only stay below `points`."""

    item: str
    name: str
    expected: float | None
    points: float
    nb: NotebookNode
    misconception: str | None = None
    note: str = ""
    apart: frozenset[str] = frozenset()  # evidence cells: their points come from a submission's weights
    rewrites: tuple[str, ...] = ()  # what was done to a right answer to make this one (`rewrites.KINDS`)
    everything: bool = False  # cells that need not run when a class is graded run, too
    result: Result | None = None
    fresh: bool = False  # whether it was judged now, and not read from the record
    cut_short: bool = False  # whether a limit ended its run
    variant: int = 0  # row of the item's numbers

    @property
    def got(self) -> float | None:
        return self.result.got if self.result else None

    @property
    def of_bank(self) -> bool:
        """Whether it is an answer of the bank as it is written there."""
        return self.item != WHOLE and self.expected is not None and not self.rewrites

    @property
    def right(self) -> bool:
        """Whether it must get all points."""
        return self.expected is not None and self.expected == (self.points or 1)

    @property
    def ok(self) -> bool:
        if self.result is None:
            return False
        if self.expected is None:
            return self.result.got < self.points or bool(self.note)
        told = self.misconception is None or self.result.named
        return abs(self.result.got - self.expected) < 1e-6 and told and not self.result.faults


@dataclass
class Proof:
    assignment: str
    cases: list[Case] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    clauses: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # see `clauses.table`

    @property
    def clean(self) -> bool:
        return not self.problems and all(case.ok for case in self.cases)

    @property
    def surprises(self) -> list[str]:
        """Each answer, mutant or contract that is not as it must be, by name."""
        return [f"{c.item}/{c.name}: {_surprise(c)}" for c in self.cases if not c.ok] + self.problems


def _surprise(case: Case) -> str:
    if case.result is None:
        return "was not run"
    if case.expected is None:
        return f"a planted fault that keeps all {case.points:g} points"
    if abs(case.result.got - case.expected) >= 1e-6:
        said = f" ({case.result.message})" if case.result.message else ""
        return f"must get {case.expected:g} and got {case.result.got:g}{said}"
    return "; ".join(case.result.faults) or f"its own sentence is not said: {case.misconception}"
