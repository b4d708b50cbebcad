"""What learning systems write around a submission: one module a system.

`known` gives the systems in the order in which they are asked; a package can add its own by an entry point of the group
`coursework.systems` that names an instance of `System`.
"""

from functools import lru_cache

from coursework.core.added import added
from coursework.intake.systems.base import Origin, Person, System
from coursework.intake.systems.canvas import Canvas
from coursework.intake.systems.classroom import Classroom
from coursework.intake.systems.elsewhere import Blackboard, Brightspace, Ilias, Sakai
from coursework.intake.systems.gradescope import Gradescope
from coursework.intake.systems.mail import Mail
from coursework.intake.systems.moodle import Moodle

GROUP = "coursework.systems"
__all__ = ["GROUP", "Origin", "Person", "System", "known"]


@lru_cache(maxsize=1)
def known() -> tuple[System, ...]:
    """Every system: those that other packages add, then ours. Raises StaffError when an added one cannot be used."""
    return (
        *added(GROUP, System).values(),
        Moodle(),
        Gradescope(),
        Canvas(),
        Mail(),
        Blackboard(),
        Brightspace(),
        Ilias(),
        Sakai(),
        Classroom(),
    )
