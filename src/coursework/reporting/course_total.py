"""What the assignments come to in the whole course: weights, the best n of them, and those that can only add.

Each assignment is a share of its points, so that one of 40 points and one of 104 weigh what the course says.
"""

from dataclasses import dataclass

from coursework.core.course import CourseworkSettings, StaffError
from coursework.core.text import counted


@dataclass(frozen=True)
class Total:
    """`share` of the course, 1 for all of it (more with bonus); `counted` are the assignments that it is made of."""

    share: float
    counted: tuple[str, ...]


def refuse_settings(settings: CourseworkSettings, assignments: list[str]) -> None:
    """Raise StaffError when no assignment can count, or fewer than the best ones that should."""
    counting = [a for a in assignments if a not in settings.bonus]
    if settings.best_of > len(counting):
        raise StaffError(
            f"best_of is {settings.best_of}, but only {counted(len(counting), 'assignment')} can count: correct it"
        )


def total(settings: CourseworkSettings, scores: dict[str, float | None], points: dict[str, float]) -> Total:
    """One student's total.

    Args:
        settings: `weights`, `best_of` and `bonus` are read.
        scores: Assignment → points; None where there are none, which counts as 0.
        points: Assignment → the most there, greater than 0. Only these assignments are in the total so far.

    Returns:
        The weighted mean of the shares that count, best ones first where not all do, plus what the bonus adds: its
        share times its weight, measured by the weights of what counts.
    """
    weights = {a: float(settings.weights.get(a, points[a])) for a in points}
    shares = {a: (scores.get(a) or 0.0) / points[a] for a in points}
    counting = [a for a in points if a not in settings.bonus]
    if settings.best_of:
        # Where weights differ, the best are those of the greatest share; of equal shares the heavier one.
        counting = sorted(counting, key=lambda a: (-shares[a], -weights[a], a))[: settings.best_of]
    whole = sum(weights[a] for a in counting)
    if not whole:
        return Total(0.0, ())
    adds = [a for a in points if a in settings.bonus]
    reached = sum(shares[a] * weights[a] for a in [*counting, *adds])
    return Total(reached / whole, (*(a for a in points if a in counting), *adds))
