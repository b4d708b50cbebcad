"""What comes of a request for evidence: the student's claim beside what the handed-in weights did in their sandbox.

Without `bands` the outcome is for a human grader only. With them the accuracy that the weights reach gives the cell's
points. Where a file of predictions is asked for, its own accuracy gives them, as far as the weights name the same
classes. What could not be tried waits for a human; where nothing at all was handed in, there is nothing to wait for.
"""

import json
import math
import re
from dataclasses import replace
from typing import Any

import numpy as np
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework.core.course import Course
from coursework.core.probes import Probe
from coursework.core.verdicts import Outcome
from coursework.judging.evidence import Evidence, Known, known_images, shown_order
from coursework.judging.probe import emissions
from coursework.judging.values import decode
from coursework.notebook.predictions import read_predictions

AGREEMENT = 0.95  # least part of the images on which weights and predictions must agree
TOO_GOOD = 0.97  # CIFAR-10's labels are public: more than this needs review


def look_up(handin: dict[str, bytes], way: tuple[Any, ...]) -> Any:
    """The value at (file, key, …) in a JSON file of the submission; None when it is not there."""
    try:
        value: Any = json.loads(handin[way[0]])
        for step in way[1:]:
            value = value[step]
        return value
    except (KeyError, IndexError, TypeError, ValueError, RecursionError):
        return None


def claimed(request: Evidence, handin: dict[str, bytes]) -> float | None:
    """The number that the student's own run left behind; None when there is none between 0 and 1."""
    value = look_up(handin, request.claim)
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else None


def odd_curves(request: Evidence, handin: dict[str, bytes]) -> str:
    """What is odd about the curves of a run, one sentence for whoever grades the figure; "" when nothing is."""
    if not request.curves or request.claim[0] not in handin:
        return ""
    lengths = set()
    for name in request.curves.names:
        values = look_up(handin, (request.claim[0], name))
        if not isinstance(values, list) or not all(type(v) in (int, float) and math.isfinite(v) for v in values):
            return f"Its history holds no numbers called {name}."
        if name.endswith("acc") and not all(0 <= v <= 1 for v in values):
            return f"In its history {name} leaves 0 to 1."
        if name == "train_loss" and len(values) > 1 and values[-1] >= values[0]:
            return "Its training loss has not fallen."
        lengths.add(len(values))
    if len(lengths) > 1:
        return "The curves of its history have different lengths."
    short = min(lengths, default=0) < request.curves.epochs
    return f"Its history holds {min(lengths)} epochs, at least {request.curves.epochs} are asked for." if short else ""


def not_tried(request: Evidence) -> Outcome:
    """The outcome where no evidence run is made: plain `nbgrader autograde`."""
    text, points = "Not tried again here; `coursework autograde` does.", bool(request.bands)
    return Outcome(request.cell, text, None, None, None, 0.0 if points else None, waits=points)


def conclude(
    course: Course,
    request: Evidence,
    handin: dict[str, bytes],
    executed: NotebookNode | None,
    reference: dict[str, list[Probe]],
) -> Outcome:
    """Compare the claim with what the handed-in weights did in `executed` (None: there was no evidence run)."""
    outcome = _compared(course, request, handin, executed, reference)
    odd = odd_curves(request, handin)
    return replace(outcome, text=f"{outcome.text} {odd}") if odd else outcome


def _compared(
    course: Course,
    request: Evidence,
    handin: dict[str, bytes],
    executed: NotebookNode | None,
    reference: dict[str, list[Probe]],
) -> Outcome:
    known = None
    if handin.keys() & {request.weights, request.predictions}:  # else nothing is compared, and PyTorch takes seconds
        known = known_images(course.data, request.images, request.shuffle)
    if request.predictions:
        return _predictions(request, handin, executed, known)
    claim = claimed(request, handin)
    says = "No result of a full run was handed in" if claim is None else f"Your run says {claim:.3f}"
    pointed = 0.0 if request.bands else None

    def untried(why: str, agrees: bool | None = None) -> Outcome:
        waits = ". These points wait for a grader" if request.bands else ""
        return Outcome(request.cell, f"{says}; {why}{waits}.", claim, None, agrees, pointed, waits=bool(request.bands))

    if request.weights not in handin:
        if claim is None:
            return Outcome(request.cell, f"{says}.", None, None, None, pointed)
        return untried(f"without {request.weights} beside the notebook, it could not be confirmed")
    if executed is None or (request.images and known is None):
        return untried(f"the grader has no copy of {(request.images or ('the data',))[0]} to try your weights on")
    if request.labels:
        value = next(r.value for r in reference[request.cell] if r.name == request.labels)
        labels = np.asarray(decode(value))
    else:
        assert known is not None
        labels = known.labels
    if known is not None:
        labels = labels[shown_order(len(labels), handin[request.weights])]
    guesses, why = _guesses(request, executed, labels.shape)
    if guesses is None:
        return untried(why, False)
    reached = float((guesses == labels).mean())
    name = "test" if not request.images or request.images[1] == "test" else "training"
    kind = f"{'validation' if request.shuffle is not None else name} {'images' if request.images else 'rows'}"
    text = f"{says}; your handed-in weights reach {reached:.3f} on {len(labels):,} {kind}"
    agrees = claim is not None and abs(claim - reached) <= request.tolerance
    mark = look_up(handin, request.data) if request.data else None
    if other := known is not None and mark and mark != known.fingerprint:
        agrees, text = False, f"{text}. It was made on other images, or in another order, than the grader has"
    pointed = _band(request, max(claim, reached) if agrees and claim else reached) if request.bands else None
    guessing = reached <= chance(labels)
    if guessing:  # a claim that holds, of a run in which nothing was learned
        agrees, text = False, f"{text}: no better than guessing"
    # Weights that learned other images may name these ones worse.
    waits = bool(other and request.bands) and pointed != max(fraction for _, fraction in request.bands)
    ending = ": confirmed." if agrees else "; these points wait for a grader." if waits else "; a grader will check it."
    return Outcome(request.cell, text + ending, claim, reached, agrees, pointed, waits)


def chance(labels: np.ndarray) -> float:
    """The accuracy up to which guesses cannot be told from knowledge: that of always naming the most frequent class,
    and three standard deviations of it; of few labels no more than half the way to 1.

    Args:
        labels: The true classes (N,), whole numbers.
    """
    often = float(np.unique(labels, return_counts=True)[1].max()) / len(labels)
    return min(often + 3 * math.sqrt(often * (1 - often) / len(labels)), (1 + often) / 2)


def _band(request: Evidence, reached: float) -> float:
    return next((fraction for least, fraction in request.bands if reached >= least), 0.0)


def _guesses(request: Evidence, executed: NotebookNode, shape: tuple[int, ...]) -> tuple[np.ndarray | None, str]:
    """(the classes that the weights named, why there are none)."""
    for cell in executed.cells:
        if is_solution(cell) and (found := re.search(r"handin|evidence", cell.source)):
            return None, f"the answer {cell.id} speaks of {found[0]!r}, so your weights were not tried"
    emitted = [e for cell in executed.cells if cell.id == request.cell for e in emissions(cell)]
    named = [e.value for e in emitted if e.name == "classes"]
    guesses = decode(named[0]) if len(named) == 1 else None
    if guesses is not None and guesses.shape == shape:
        return guesses, ""
    raised = named[0] if len(named) == 1 and named[0].get("kind") == "raised" else None
    reason = f" ({raised.get('type', '?')}: {raised.get('message', '')})"[:200] if raised else ""
    return None, f"{request.weights} could not be tried: your network did not name the images{reason}"


def _predictions(
    request: Evidence, handin: dict[str, bytes], executed: NotebookNode | None, known: Known | None
) -> Outcome:
    """The outcome where a file of predictions gives the points, as far as the weights reproduce it."""
    file, claim = request.predictions, claimed(request, handin)

    def made(
        text: str, fraction: float, reproduced: float | None = None, agrees: bool | None = None, waits: bool = False
    ) -> Outcome:
        return Outcome(request.cell, f"{file}: {text}.", claim, reproduced, agrees, fraction, waits)

    if file not in handin:
        if request.weights not in handin:
            return made("none was handed in", 0.0)
        return made("none was handed in, but weights were; a grader will check it", 0.0, agrees=False, waits=True)
    if known is None:
        return made("the grader has no copy of the images; these points wait for a grader", 0.0, waits=True)
    labels, problem = read_predictions(handin[file].decode("utf-8", errors="replace"), len(known.truth))
    if problem:
        return made(problem, 0.0, agrees=False)
    mark = look_up(handin, request.data)
    if mark != known.fingerprint:
        why = "another copy or order of the images than the grader has" if mark else "images that nothing names"
        return made(f"it was made on {why}; these points wait for a grader", 0.0, agrees=False, waits=True)
    reached = float((np.array(labels) == known.truth).mean())
    right = f"{reached:.2%} of the {len(labels):,} test images are right"
    band = _band(request, reached)
    if not band:
        chance = "; that is chance: are they in the order of the test images?" if 0.08 <= reached <= 0.12 else ""
        return made(f"{right}, below {request.bands[-1][0]:.0%}{chance}", 0.0, agrees=True)
    if reached > TOO_GOOD:
        return made(f"{right}, more than such a network reaches; a grader will check it", 0.0, agrees=False, waits=True)
    if request.weights not in handin or executed is None:
        text = f"{right}; without {request.weights} this could not be confirmed, and the points wait for a grader"
        return made(text, 0.0, waits=True)
    order = shown_order(len(known.labels), handin[request.weights])
    guesses, why = _guesses(request, executed, order.shape)
    if guesses is None:
        return made(f"{right}; {why}; these points wait for a grader", 0.0, agrees=False, waits=True)
    agreement = float((guesses == np.array(labels)[known.chosen[order]]).mean())
    if agreement < AGREEMENT:
        text = f"{right}, but your weights name only {agreement:.0%} of {len(guesses)} images as the file does"
        return made(f"{text}; these points wait for a grader", 0.0, agrees=False, reproduced=agreement, waits=True)
    return made(f"{right}, and your weights bear it out", band, agrees=True, reproduced=agreement)
