"""What a student's own copy of a notebook holds in place of a helper's definition of the same name.

`student/world.py` stands in for names of `world.py`, and so on; `judging/inline.py` looks here first when it fills a
released set-up cell. The grader runs the full helpers: it restores every given cell before a run. What is only needed
to grade stays out of the cell that every student has in front of them.
"""
