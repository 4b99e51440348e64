"""Timelines kept as files. `python -m tests.golden.timelines` writes them; read the difference first."""

import json
from datetime import date
from pathlib import Path

from config.framework_files import FOLDER, frameworks
from services.casework.review_timetable import timetable

FILES = Path(__file__).parent / "timelines"
POLLS_2007 = ((date(2007, 4, 12), date(2007, 5, 4)),)
KEPT = {
    "id",
    "kind",
    "start",
    "end",
    "due",
    "actual",
    "counted_from",
    "counted_on",
    "rule",
    "requirements",
    "waiver_needed",
    "notes",
}

CASES = {
    # Fieldwork before Easter, comments across Easter and May Day.
    "jar-spring-2006": ("jar-2005", date(2006, 1, 9), {}),
    # Publication falls before the polls of 3 May 2007 and is held back; three clear weeks over half-term.
    "jar-polls-2007": (
        "jar-2005",
        date(2006, 10, 9),
        {
            "starts": {"fieldwork": date(2006, 11, 6)},
            "actuals": {"draft_report": date(2007, 1, 26)},
            "blocked_publication": POLLS_2007,
        },
    ),
    # Comments across Christmas; published on 29 February, then counts run through Easter in March.
    "jar-leap-day-2008": ("jar-2005", date(2007, 9, 10), {"actuals": {"publication": date(2008, 2, 29)}}),
    # A critical event: notice six weeks before, set-up agreed late, a summer between analysis and fieldwork.
    "jar-short-notice-2006": (
        "jar-2005",
        date(2006, 7, 17),
        {
            "starts": {"fieldwork": date(2006, 9, 11)},
            "actuals": {"notification": date(2006, 6, 5)},
            "overrides": {"set_up": date(2006, 6, 20), "self_assessment": date(2006, 6, 30)},
        },
    ),
    "ca-autumn-2006": ("corporate-assessment-2002", date(2006, 9, 11), {}),
    "yot-summer-2006": ("yot-inspection-2003", date(2006, 6, 12), {}),
}


def timeline_text(name: str) -> str:
    """A case's timeline as the text of its file; fields at rest are left out."""
    framework, monday, given = CASES[name]
    steps = timetable(frameworks([FOLDER])[framework], monday, **given)
    rows = [step.model_dump(mode="json", include=KEPT, exclude_defaults=True) for step in steps]
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for case in CASES:
        (FILES / f"{case}.json").write_text(timeline_text(case), encoding="utf-8")
