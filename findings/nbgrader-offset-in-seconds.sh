#!/usr/bin/env bash
# nbgrader takes the UTC offset of a due date for seconds, and a zone that it does not know for UTC
#
# Versions: nbgrader 0.9.6.
# Expected: "2026-11-28 23:59:00 -0500" is 04:59 UTC of the next day, and so is "… EST"; "… PST" is 07:59 UTC. (The
#     docstring of nbgrader's `to_numeric_tz`, which makes "-0500", says that its `parse_utc` reads such offsets.)
# Seen: -0500 is read as minus 500 seconds: 00:07:20 UTC, almost five hours early. EST and CET are right. PST and EDT,
#     no names of the time zone database, are UTC without a word. "-05:00" and what formgrader's form sends (with a T)
#     are right.
# Why it matters: `nbgrader db assignment add`, imported tables of due dates, `timestamp.txt` and zip_collect read
#     times so. Submissions are late, or in time, by hours. Write UTC, or a name such as America/New_York.
# Source: nbgrader/utils.py; the guide "Managing the database" (its examples have UTC alone).
# coursework: writes every time for nbgrader as "… UTC"; tests/intake/test_collect.py has nbgrader read it back.
set -euo pipefail
. "$(dirname "$0")/environment"
environment nbgrader==0.9.6

for zone in -0500 +0100 EST CET PST EDT UTC America/New_York; do
    nbgrader db assignment add "ps1" --duedate "2026-11-28 23:59:00 $zone" >log 2>&1 || { cat log; exit 1; }
    printf '%-17s' "$zone"
    nbgrader db assignment list 2>/dev/null | grep -o 'due: [^)]*'
done >output
python - >>output <<'PY'
from nbgrader.utils import parse_utc, to_numeric_tz

print("to_numeric_tz of Bogota:", to_numeric_tz("America/Bogota"))
print("with a T:", parse_utc("2026-11-28T23:59:00 -0500"))
PY
seen <<'SEEN'
-0500            due: 2026-11-29 00:07:20
+0100            due: 2026-11-28 23:57:20
EST              due: 2026-11-29 04:59:00
CET              due: 2026-11-28 22:59:00
PST              due: 2026-11-28 23:59:00
EDT              due: 2026-11-28 23:59:00
UTC              due: 2026-11-28 23:59:00
America/New_York due: 2026-11-29 04:59:00
to_numeric_tz of Bogota: -0500
with a T: 2026-11-29 04:59:00
SEEN
