"""Commands about long runs, and the machines that they use."""

from datetime import datetime

from coursework.cli.app import Where, Which, app, console
from coursework.core import clock
from coursework.core.course import Course


@app.command()
def status(assignment: Which, course: Where = None) -> None:
    """How far `coursework autograde` is, from another terminal: graded, running where, waiting, failed, time left."""
    from coursework.grading import progress

    here = Course.find(course)
    here.source(assignment)
    zone = clock.zone(here.settings.time_zone)

    def written(seconds: float) -> str:
        moment = datetime.fromtimestamp(seconds, zone)
        return moment.strftime("%H:%M:%S" if moment.date() == datetime.now(zone).date() else "%Y-%m-%d %H:%M:%S")

    for line in progress.report(here, assignment, written):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
