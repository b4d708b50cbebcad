"""What other packages add to a course: they name it by entry points, which their installation keeps."""

from functools import cache
from importlib.metadata import entry_points
from typing import Any

from coursework.core.course import StaffError


@cache
def added(group: str, kind: type) -> dict[str, Any]:
    """What the entry points of a group name.

    Args:
        group: As in `[project.entry-points."coursework.checks"]`.
        kind: The class of which each must be an instance, or a class below it.

    Returns:
        Name → instance, in the order in which the packages are installed.

    Raises:
        StaffError: When one cannot be used, in one line that names it.
    """
    found: dict[str, Any] = {}
    for point in entry_points(group=group):
        here = f"the entry point {point.name!r} of {group} ({point.value})"
        try:
            thing = point.load()
            thing = thing() if isinstance(thing, type) else thing
        except Exception as error:  # other people's code
            said = f"{type(error).__name__}: {error}".splitlines()[0]
            raise StaffError(f"{here} cannot be loaded: {said}. Mend or uninstall its package") from None
        if not isinstance(thing, kind):
            raise StaffError(f"{here} is not an instance of {kind.__module__}.{kind.__name__}")
        if point.name in found:
            raise StaffError(f"{here} has the name of another one: uninstall one of the two packages")
        found[point.name] = thing
    return found
