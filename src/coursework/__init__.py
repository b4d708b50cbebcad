"""A deep-learning course in a box: nbgrader assignments and the pipeline around them."""

import sys

# jsonschema imports it, if it is there, to check IRIs, which no notebook has; its grammar takes longer to build than
# all the rest of a command's start.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
