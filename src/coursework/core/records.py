"""The typed records: `metadata.coursework` of a source notebook and of its cells, with every key that exists.

What an author misspells is refused with the nearest known key, by `release` and `prove`, before anybody relies on it.
"""

from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rapidfuzz import fuzz, process

Fraction = Annotated[float, Field(ge=0, le=1)]


class Strict(BaseModel):
    """A record that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Curves(Strict):
    """Lists that a claim's file holds besides: their names, and for how many epochs at least."""

    names: tuple[str, ...]
    epochs: int = Field(gt=0)


class AboutEvidence(Strict):
    """A request to try a student's full run again (`judging.evidence`, docs/writing-a-question.md).

    Attributes:
        weights: File of the submission that the cell loads.
        claim: A file of the submission and the way to the number in it.
        needs: Student cells that must have run.
        images: Data set, split, and how many images; None when the cell brings its own inputs.
        tolerance: How far claim and trial may differ, as a fraction of the images.
        labels: A probe whose reference value holds the labels; "" for those of the data set.
        bands: (least accuracy, fraction of the points), falling.
        predictions: A CSV with a class for every test image.
        data: A file and the way to the fingerprint of the images that the run used.
        shuffle: Seed of the permutation whose last images are taken.
        curves: What the claim's file holds besides.
    """

    weights: str
    claim: tuple[Any, ...]
    needs: tuple[str, ...]
    images: tuple[str, str, int] | None = None
    tolerance: Fraction = 0.04
    labels: str = ""
    bands: tuple[tuple[Fraction, Fraction], ...] = ()
    predictions: str = ""
    data: tuple[Any, ...] = ()
    shuffle: int | None = None
    curves: Curves | None = None


class AboutCell(Strict):
    """`metadata.coursework` of a source's cell.

    Attributes:
        needs: Other cells that must have run before this answer.
        imports: Libraries that this answer may use; None: what the notebook says.
        without: Names that this answer may not reach for.
        required: What is said when this test does not pass; the submission is incomplete then.
        clauses: What the question promises and the tests look at: name → sentence.
        fixed: Kinds of rewrites of a right answer that change what this question asks for (`proving.rewrites.KINDS`).
        skip: Why this cell need not run when a class is graded; "" when it must.
        asserts: Whether this test's asserts count besides its probes; they do by themselves where it has none.
        evidence: A request to try the student's run again.
    """

    needs: tuple[str, ...] = ()
    imports: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    required: str = ""
    clauses: dict[str, str] = Field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    skip: str = ""
    asserts: bool = False
    evidence: AboutEvidence | None = None


class AboutNotebook(Strict):
    """`metadata.coursework` of a notebook.

    Attributes:
        assignment: Its id.
        title: As people call it.
        points: The sum of its cells' points.
        imports: Libraries that answers may use; None: any.
        files: Files beside the source that students get with it.
        gpu: Whether it uses a GPU where a worker has one for it (`sandbox.gpus`).
        release: Which release this is; a source has none.
    """

    assignment: str = ""
    title: str = ""
    points: float | None = None
    imports: tuple[str, ...] | None = None
    files: tuple[str, ...] = ()
    gpu: bool = False
    release: str | None = None


def what_is_wrong(error: ValidationError, model: type[BaseModel], where: str = "coursework") -> str:
    """One sentence on the first thing that a record's model refuses, with the nearest known key for an unknown one."""
    first = error.errors()[0]
    place = ".".join([where, *(str(part) for part in first["loc"])])
    if first["type"] != "extra_forbidden":
        return f"{place}: {first['msg'][:1].lower()}{first['msg'][1:]}"
    parent = model
    for part in first["loc"][:-1]:
        parent = _inner(parent, str(part)) or parent
    return f"{place} is not a key that exists: {nearest(str(first['loc'][-1]), list(parent.model_fields))}"


def _inner(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model of the record that this field of another one holds."""
    kind = model.model_fields[name].annotation if name in model.model_fields else None
    return next((k for k in (kind, *get_args(kind)) if isinstance(k, type) and issubclass(k, BaseModel)), None)


def nearest(name: str, known: list[str]) -> str:
    """What is said of a name that is not known: the nearest that is, or all of them."""
    known = list(dict.fromkeys(one for one in known if one))
    near = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=50)
    return f"did you mean {near[0]}?" if near else f"it may be {', '.join(known) or 'nothing here'}"
