# The course, for nbgrader and for coursework. Every `nbgrader …` command and formgrader read this file.
from coursework.configure import configure

c = get_config()  # noqa: F821  # nbgrader provides it

c.CourseDirectory.course_id = "coursework"

# Where release/ is published: owner/repository/blob/branch/prefix, for the "Open in Colab" badges.
# c.CourseworkSettings.badge_base = "my-university/dl-course-public/blob/main/release"
# c.CourseworkSettings.refuse_bad_names = True
# c.CourseworkSettings.roster = "roster.csv"  # id, last, first, email, section, extension: see docs/collecting.md
# c.CourseworkSettings.deadlines = {"hw1-mlp": "2026-10-05 23:59"}
# c.CourseworkSettings.time_zone = "Europe/Berlin"
# c.CourseworkSettings.late_multiplier = 0.9
# c.CourseworkSettings.hold_incomplete = True  # no total while the honor code is not signed
# c.CourseworkSettings.best_of = 4, weights, bonus; smtp, mail_from: see docs/instructors/returning.md
# c.CourseworkSettings.variants = True  # numbers of one's own in hw1: see docs/instructors/variants.md
# c.CourseworkSettings.assert_tests = True  # tests of plain nbgrader: see docs/instructors/migrating.md
# c.CourseworkSettings.cell_seconds, total_seconds, memory_gib, workers, scheduler: see docs/

configure(c)  # last: it wires release, sandbox, judge and feedback into nbgrader
