"""Probes, typed: what a hidden test says of one value, and by which rules it is compared.

In a notebook's outputs a probe is JSON (docs/architecture.md, "The wire"). The record of the reference's run is the
course's own, so every key of it must be known. Of a student's run only a name and a value are believed.
"""

from dataclasses import dataclass
from typing import Any, Self

from pydantic import Field, model_validator

from coursework.core.records import Fraction, Strict


class Rules(Strict):
    """How a student's value is compared with the reference's: within a tolerance, unless one of the others is given.

    Attributes:
        rtol: Relative tolerance.
        atol: Absolute tolerance.
        same_as: The probe of the first call, where this is the second one and must give the same.
        at_most: Whether each number may be at most the reference's.
        between: Least and greatest number that is right.
        bands: (threshold, fraction of the points), falling.
        asserts: Whether the asserts of the test decide, in the place of a probe.
        points: Whether these asserts end with a number of points.
        check: Name of another package's check that decides (`judging.own_checks`).
        options: What it is told besides.
    """

    rtol: float = 0.0
    atol: float = 0.0
    same_as: str = ""
    at_most: bool = False
    between: tuple[float, float] | None = None
    bands: tuple[tuple[float, Fraction], ...] = ()
    asserts: bool = False
    points: bool = False
    check: str = ""
    options: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def one_kind(self) -> Self:
        kinds = [name for name in ("at_most", "between", "bands", "asserts", "check") if getattr(self, name)]
        if len(kinds) > 1:
            raise ValueError(f"{' and '.join(kinds)} exclude each other")
        return self


class Probe(Strict):
    """One value that the reference emitted.

    Attributes:
        name: Unique in its cell.
        value: As `notebook.wire` writes it.
        rules: By which a student's value is compared with it.
        said: What was called, in public words.
        clause: The part of the contract that it looks at.
        law: The sentence that is said where it does not hold.
        own: The solution's own value, where the test says which one is wanted.
    """

    name: str
    value: dict[str, Any]
    rules: Rules = Field(default_factory=Rules)
    said: str = ""
    clause: str = "value"
    law: str = ""
    own: dict[str, Any] | None = None


@dataclass(frozen=True)
class Emission:
    """What a student's run says of a probe: its name, and a value that is well formed. Nothing else counts."""

    name: str
    value: dict[str, Any]


class Misconception(Strict):
    """A wrong answer of the bank by which others are recognised in a test.

    Attributes:
        file: Its place in the bank, `<item>/<file>`.
        sentence: What a student is told.
        values: Probe → short form of the value that this answer emitted, where it has one.
        wrong: The probes in which it is wrong.
    """

    file: str
    sentence: str
    values: dict[str, dict[str, Any]]
    wrong: tuple[str, ...]
