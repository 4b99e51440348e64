"""A second framework that exists only as text: made by a file, without any code of its own."""

from pathlib import Path

VISIT = """
id = "visit-2019"
kind = "visit"
name = "Focused visit"
source = "made up for a test"
status = "draft"
valid_from = 2019-01-01

[roles]
lead = "Lead inspector"
council = "Council"

[skills]
care = "Care"
schools = "Schools"

[team]
min_members = 2
max_members = 4

[[extents]]
id = "usual"
places = { care = 1 }

[extent_choice]
medium_from = 10
large_from = 20
rows = [{ urgency_from = 1, small = "usual", medium = "usual", large = "usual" }]

[[stages]]
id = "preparation"
duration_weeks = 1
uses_team = true

[[stages]]
id = "visit"
duration_weeks = 3
min_clear_weeks = 1
max_clear_weeks = 1
on_site = true
uses_team = true
avoids = ["bank_holiday_weeks"]

[[steps]]
id = "preparation"
name = "Preparation"
kind = "stage"
binding = "hard"
who = ["lead"]

[[steps]]
id = "visit"
name = "Visit"
kind = "stage"
binding = "hard"
after = ["preparation"]
who = ["lead"]

[[steps]]
id = "letter"
name = "Letter to the council"
kind = "deadline"
binding = "hard"
after = ["visit"]
who = ["lead"]
told = ["council"]
sign_off = "lead"
[steps.due]
counted_from = "visit"
amount = 5
unit = "working_days"
first_day_counts = true

[[steps]]
id = "follow_up"
name = "Follow-up call"
kind = "milestone"
binding = "soft"
who = ["council"]
[steps.due]
counted_from = "letter"
amount = 3
unit = "months"
on_non_working_day = "next"
"""


CONTACT = """
id = "contact-2009"
kind = "contact"
name = "Unannounced visit"
source = "Leicestershire paper, November 2009"
status = "published"
valid_from = 2005-01-01
window = "imported"
announce_from = "arrival"
inspectorate_roles = ["inspectorate"]

[roles]
inspectorate = "Ofsted"
director = "Director of children's services"
assistant = "Assistant director"

[stand_ins]
assistant = ["director"]

[[stages]]
id = "visit"
duration_days = 2
weekday = "wednesday"
on_site = true

[[steps]]
id = "visit"
name = "Visit on site"
kind = "stage"
binding = "hard"
who = ["inspectorate"]

[[steps]]
id = "arrival"
name = "Arrival at the authority"
kind = "milestone"
binding = "hard"
who = ["inspectorate"]
told = ["director"]
sign_off = "inspectorate"
[steps.due]
counted_from = "visit"
edge = "start"
amount = 0
unit = "working_days"

[[steps]]
id = "letter"
name = "Letter to the authority"
kind = "deadline"
binding = "hard"
after = ["visit"]
who = ["inspectorate"]
told = ["director", "assistant"]
sign_off = "inspectorate"
[steps.due]
counted_from = "visit"
amount = 20
unit = "working_days"
"""


TEN_DAYS = """
id = "ten-2009"
kind = "ten"
name = "Inspection of safeguarding"
source = "Leicestershire paper, November 2009"
status = "published"
valid_from = 2005-01-01
window = "imported"

[roles]
lead_inspectorate = "Ofsted"
director = "Director of children's services"

[[stages]]
id = "inspection"
duration_days = 10
avoids = ["bank_holiday_weeks"]

[[steps]]
id = "letter_about_last"
name = "Letter about the last inspection"
kind = "deadline"
binding = "soft"
who = ["lead_inspectorate"]
only_if = { judgement = "overall", grades = ["1"], of_last = true }
[steps.due]
counted_from = "inspection"
edge = "start"
direction = "before"
amount = 4
unit = "weeks"
on_non_working_day = "previous"

[[steps]]
id = "inspection"
name = "Inspection on site"
kind = "stage"
binding = "hard"
who = ["lead_inspectorate"]
sign_off = "lead_inspectorate"

[[steps]]
id = "report"
name = "Report published"
kind = "deadline"
binding = "hard"
after = ["inspection"]
who = ["lead_inspectorate"]
told = ["director"]
sign_off = "lead_inspectorate"
due = { counted_from = "inspection", amount = 20, unit = "working_days" }

[[steps]]
id = "monitoring"
name = "Monitoring visit"
kind = "milestone"
binding = "soft"
after = ["report"]
who = ["lead_inspectorate"]
told = ["director"]
only_if = { judgement = "overall", grades = ["1"] }
due = { counted_from = "report", amount = 6, unit = "months", on_non_working_day = "next" }

[[judgements]]
id = "safeguarding"
name = "Safeguarding"
scale = ["1", "2", "3", "4"]
decided_at = "inspection"

[[judgements]]
id = "looked_after"
name = "Looked-after children"
scale = ["1", "2", "3", "4"]
decided_at = "inspection"

[[judgements]]
id = "provision"
name = "Quality of provision"
scale = ["1", "2", "3", "4"]
decided_at = "inspection"

[[judgements]]
id = "leadership"
name = "Leadership and management"
scale = ["1", "2", "3", "4"]
decided_at = "inspection"

[[judgements]]
id = "overall"
name = "The whole inspection"
scale = ["1", "2", "3", "4"]
decided_at = "inspection"
is_overall = true
valid_to = 2026-04-01

[[grade_limits]]
judgement = "safeguarding"
at_most = "1"
overall_at_most = "1"
requirements = ["R147"]
"""


def write_visit(folder: Path, *changes: tuple[str, str]) -> Path:
    """The framework as a file, each `(old, new)` text changed; `old` must be there."""
    text = VISIT
    for old, new in changes:
        assert old in text, f"'{old}' is not in the framework"
        text = text.replace(old, new, 1)
    path = folder / "visit-2019.toml"
    path.write_text(text, encoding="utf-8")
    return path


SPECIAL_REVIEW = """
id = "special-review-2008"
kind = "special"
name = "Special review after a critical event"
source = "Court judgment of 23 April 2010 on the review of Haringey in 2008; SI 2005/1973"
status = "published"
valid_from = 2008-01-01
window = "imported"

[roles]
lead_inspectorate = "Ofsted"
director = "Director of children's services"

[[stages]]
id = "fieldwork"
duration_days = 10
on_site = true

[[steps]]
id = "notification"
name = "Notification"
kind = "deadline"
binding = "hard"
who = ["lead_inspectorate"]
told = ["director"]
sign_off = "lead_inspectorate"
waiver_when_late = true
due = { counted_from = "fieldwork", edge = "start", direction = "before", amount = 1, unit = "working_days" }

[[steps]]
id = "fieldwork"
name = "Fieldwork"
kind = "stage"
binding = "hard"
after = ["notification"]
who = ["lead_inspectorate"]
sign_off = "lead_inspectorate"

[[steps]]
id = "publication"
name = "Report published"
kind = "deadline"
binding = "hard"
after = ["fieldwork"]
who = ["lead_inspectorate"]
told = ["director"]
sign_off = "lead_inspectorate"
due = { counted_from = "fieldwork", amount = 3, unit = "working_days" }

[[steps]]
id = "action_statement"
name = "Statement of proposed action"
kind = "deadline"
binding = "hard"
after = ["publication"]
who = ["director"]
told = ["lead_inspectorate"]
sign_off = "lead_inspectorate"
due = { counted_from = "publication", amount = 70, unit = "working_days" }
"""
