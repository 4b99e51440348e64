"""Rules that join several entries of a framework. The unchanged text is right: each change breaks one rule."""

import pytest

from config.framework_files import InvalidFramework, load_framework
from tests.framework_texts import TEN_DAYS, write_visit

EVIDENCE = (
    '[[evidence]]\nid = "plans"\nname = "Plans"\n'
    'asked_at = "letter"\nneeded_for = "visit"\nasked_of = "council"\n'
)
FIRST_STAGE = '[[stages]]\nid = "preparation"'


def limit(first: str, last: str) -> tuple[str, str]:
    """A limit of six weeks between two steps."""
    text = f'[[limits]]\nid = "whole"\nfirst = "{first}"\nlast = "{last}"\nmax_weeks = 6\n'
    return FIRST_STAGE, text + FIRST_STAGE


BROKEN = {
    "a step counted from no step": (('counted_from = "visit"', 'counted_from = "vist"'), "Try 'visit'."),
    "a circle of counts": (('counted_from = "visit"', 'counted_from = "follow_up"'), "in a circle: "),
    "a circle of steps": (
        ('after = ["preparation"]', 'after = ["letter"]'),
        "come after each other in a circle",
    ),
    "a step that waits for what is counted from it": (
        ('after = ["preparation"]', 'after = ["follow_up"]'),
        "these steps have to wait for each other in a circle: ",
    ),
    "a stage that waits for a later stage": (
        ('name = "Preparation"\nkind = "stage"', 'name = "Preparation"\nafter = ["visit"]\nkind = "stage"'),
        "in a circle: ",
    ),
    "an unknown role": (
        ('told = ["council"]', 'told = ["counsel"]'),
        "there is no role 'counsel'. Try 'council'.",
    ),
    "an unknown signer": (('sign_off = "lead"', 'sign_off = "nobody"'), "there is no role 'nobody'"),
    "an announcement from no step (R068)": (
        ('status = "draft"', 'status = "draft"\nannounce_from = "vist"'),
        "it is announced from 'vist', which is not a step. Try 'visit'.",
    ),
    "an announcement that nobody signs off (R068)": (
        ('status = "draft"', 'status = "draft"\nannounce_from = "visit"'),
        "nobody signs off 'visit'",
    ),
    "a step with the name of an announcement": (
        ('id = "follow_up"', 'id = "never"'),
        "'never' is a word of announce_from",
    ),
    "a stand-in without a role": (
        ("[skills]", '[stand_ins]\ncouncl = ["lead"]\n\n[skills]'),
        "there is no role 'councl'. Try 'council'.",
    ),
    "an unknown stand-in": (
        ("[skills]", '[stand_ins]\ncouncil = ["leed"]\n\n[skills]'),
        "stand_ins.council: there is no role 'leed'. Try 'lead'.",
    ),
    "a role that stands in for itself": (
        ("[skills]", '[stand_ins]\ncouncil = ["council"]\n\n[skills]'),
        "can't stand in for itself",
    ),
    "an unknown role of the inspectorate": (
        ('status = "draft"', 'status = "draft"\ninspectorate_roles = ["leed"]'),
        "inspectorate_roles: there is no role 'leed'. Try 'lead'.",
    ),
    "a condition on nothing": (
        ('kind = "milestone"', 'kind = "milestone"\nonly_if = {}'),
        "steps[3].only_if: it depends on nothing",
    ),
    "a condition on no extent": (
        ('kind = "milestone"', 'kind = "milestone"\nonly_if = { extents = ["usul"] }'),
        "there is no extent 'usul'. Try 'usual'.",
    ),
    "grades of no judgement": (
        ('kind = "milestone"', 'kind = "milestone"\nonly_if = { extents = ["usual"], grades = ["1"] }'),
        "there are grades of no judgement",
    ),
    "an unknown predecessor": (('after = ["visit"]', 'after = ["visits"]'), "there is no step 'visits'"),
    "a planned stage without a step": (
        ('id = "visit"\nname = "Visit"\nkind = "stage"', 'id = "v"\nname = "V"\nkind = "stage"'),
        "no step of kind 'stage' has its id",
    ),
    "a stage that nothing dates": (
        ('kind = "milestone"', 'kind = "stage"'),
        "does not say how its date is counted",
    ),
    "a planned stage with a count": (
        (
            'binding = "hard"\nwho',
            'binding = "hard"\nends = { counted_from = "visit", amount = 1, unit = "working_days" }\nwho',
        ),
        "has its dates from the plan",
    ),
    "weeks that may end on a holiday": (
        ('unit = "working_days"\nfirst_day_counts = true', 'unit = "weeks"'),
        "may end on a day that is not a working day",
    ),
    "months without school holidays": (
        ("amount = 3", "without_school_holidays = true\namount = 3"),
        "a month can't be counted without its school holidays",
    ),
    "a count of nothing": (("amount = 3\n", ""), "does not say how far"),
    "a count in no unit": (('unit = "months"\n', ""), "does not say in which unit"),
    "an unknown unit": (('unit = "months"', 'unit = "days"'), "steps[3].due.unit"),
    "an amount to a fixed day": (
        ("amount = 3", 'fixed_day = "11-30"\namount = 3'),
        "the day is fixed (11-30), nothing is counted",
    ),
    "a fixed day that no year has": (
        ('amount = 3\nunit = "months"', 'fixed_day = "11-31"'),
        "there is no day 11-31 in any year",
    ),
    "a fixed day that may be a Sunday": (
        ('amount = 3\nunit = "months"\non_non_working_day = "next"', 'fixed_day = "11-30"'),
        "a fixed day may end on a day that is not a working day",
    ),
    "a bound that is bounded": (
        (
            'on_non_working_day = "next"\n',
            'on_non_working_day = "next"\n[steps.due.not_after]\ncounted_from = "visit"\namount = 1\n'
            'unit = "working_days"\n[steps.due.not_after.not_before]\ncounted_from = "visit"\namount = 1\n'
            'unit = "working_days"\n',
        ),
        "a count that bounds another has no bounds of its own",
    ),
    "a bound that is counted from no step": (
        (
            'on_non_working_day = "next"\n',
            'on_non_working_day = "next"\n[steps.due.not_after]\ncounted_from = "vist"\namount = 1\n'
            'unit = "working_days"\n',
        ),
        "steps[3].due.not_after.counted_from: 'follow_up' is counted from 'vist'",
    ),
    "a stage without a length": (("duration_weeks = 1\n", ""), "does not say how long it takes"),
    "a stage with two lengths": (
        ("duration_weeks = 1", "duration_weeks = 1\nduration_days = 5"),
        "has a length in weeks and one in working days",
    ),
    "weeks from a Wednesday": (
        ("duration_weeks = 1", 'duration_weeks = 1\nweekday = "wednesday"'),
        "takes whole weeks, which start on a Monday",
    ),
    "no day that counts the first day": (
        ("amount = 5", "amount = 0"),
        "a count of 0 working days has no first day",
    ),
    "clear weeks before the first stage": (
        ("duration_weeks = 1", "duration_weeks = 1\nmax_clear_weeks = 2"),
        "nothing comes before the first stage",
    ),
    "clear weeks exchanged": (
        ("min_clear_weeks = 1", "min_clear_weeks = 2"),
        "at most 1 and at least 2 clear weeks",
    ),
    "an unknown pool": (
        ("on_site = true", "on_site = true\npool_demand = { teams = 1 }"),
        "there is no pool 'teams'",
    ),
    "an id twice": (('id = "follow_up"', 'id = "letter"'), "'letter' appears 2 times"),
    "an end before the start": (
        ("valid_from = 2019-01-01", "valid_from = 2019-01-01\nvalid_to = 2018-01-01"),
        "it ends on 2018-01-01",
    ),
    "a team above its bound (R055)": (
        ("care = 1 }", "care = 2, schools = 2 }"),
        "makes a team of 5, the rule is 2 to 4",
    ),
    "a team below its bound (R055)": (
        ("min_members = 2", "min_members = 3"),
        "makes a team of 2, the rule is 3 to 4",
    ),
    "an unknown skill": (("care = 1 }", "car = 1 }"), "there is no skill 'car'. Try 'care'."),
    "what is always covered left out (R080)": (
        ('status = "draft"', 'status = "draft"\nalways = ["schools"]'),
        "'schools' is always covered",
    ),
    "more local places than skills (R060)": (
        ("care = 1 }", "care = 1 }\nlocal_places = 1"),
        "only 0 local skills are left",
    ),
    "an unknown extent": (('small = "usual"', 'small = "unusual"'), "there is no extent 'unusual'"),
    "extents that start too late": (
        ("urgency_from = 1", "urgency_from = 2"),
        "areas of urgency 1 have no row",
    ),
    "sizes of areas exchanged": (
        ("medium_from = 10", "medium_from = 30"),
        "large areas start at 20, medium ones at 30",
    ),
    "a team without extents": (
        ('[[extents]]\nid = "usual"\nplaces = { care = 1 }', ""),
        "no extent says which skills",
    ),
    "extents without a team": (("[team]\nmin_members = 2\nmax_members = 4", ""), "there is no [team]"),
    "a saving after itself (R033)": (
        (FIRST_STAGE, '[[reductions]]\nafter = "visit"\nplaces = { schools = 1 }\n' + FIRST_STAGE),
        "is the kind of this framework itself",
    ),
    "a team that joins itself (R034)": (
        (
            FIRST_STAGE,
            '[[joint_teams]]\nbeside = "visit"\nplaces = { care = 1 }\nbody = "AC"\n' + FIRST_STAGE,
        ),
        "is the kind of this framework itself",
    ),
    "an unknown skill of a joint team": (
        (
            FIRST_STAGE,
            '[[joint_teams]]\nbeside = "ca"\nplaces = { car = 1 }\nbody = "AC"\n' + FIRST_STAGE,
        ),
        "there is no skill 'car'. Try 'care'.",
    ),
    "a draft of no step (R052)": (
        ("max_members = 4", 'max_members = 4\ndrafts_until = "leter"'),
        "there is no step 'leter'. Try 'letter'.",
    ),
    "a draft that is not due in weeks (R052)": (
        ("max_members = 4", 'max_members = 4\ndrafts_until = "follow_up"'),
        "'follow_up' is not due so many weeks after 'visit', the last stage with the team",
    ),
    "a team that is final after no stage (R061)": (
        ("max_members = 4", 'max_members = 4\nfinal_after = "vist"'),
        "there is no planned stage 'vist'. Try 'visit'.",
    ),
    "a team that is final after the last stage (R061)": (
        ("max_members = 4", 'max_members = 4\nfinal_after = "visit"'),
        "'visit' is the last stage; no team is needed after it",
    ),
    "an extent above its own bound (R055)": (
        ('id = "usual"\n', 'id = "usual"\nmin_members = 3\n'),
        "makes a team of 2, the rule is 3 to 4",
    ),
    "a quota larger than the team (R144)": (
        ("max_members = 4", 'max_members = 4\nquotas = [{ body = "AC", minimum = 5 }]'),
        "team.quotas[0].minimum: 5 members from AC, but a team has at most 4",
    ),
    "quotas that together are larger than the team (R144)": (
        (
            "max_members = 4",
            'max_members = 4\nquotas = [{ body = "AC", minimum = 3 }, { body = "CQC", minimum = 2 }]',
        ),
        "team.quotas: they ask for 5 members together, but a team has at most 4",
    ),
    "quotas larger than an extent (R144)": (
        ("max_members = 4", 'max_members = 4\nquotas = [{ body = "AC", minimum = 3 }]'),
        "extents[0].places: 'usual' makes a team of 2, but the quotas ask for 3 members",
    ),
    "a quota with its bounds exchanged (R144)": (
        ("max_members = 4", 'max_members = 4\nquotas = [{ body = "AC", minimum = 2, maximum = 1 }]'),
        "at least 2 and at most 1 members from AC",
    ),
    "two quotas of one body (R144)": (
        (
            "max_members = 4",
            'max_members = 4\nquotas = [{ body = "AC", minimum = 1 }, { body = "AC", maximum = 1 }]',
        ),
        "'AC' has 2 quotas",
    ),
    "a quota that says nothing (R144)": (
        ("max_members = 4", 'max_members = 4\nquotas = [{ body = "AC" }]'),
        "says nothing about AC",
    ),
    "an extent beyond the team's bounds (R055)": (
        ('id = "usual"\n', 'id = "usual"\nmax_members = 5\n'),
        "allows 2 to 5 members, but the team 2 to 4",
    ),
    "evidence for no step": (
        (
            FIRST_STAGE,
            '[[evidence]]\nid = "plans"\nname = "Plans"\nasked_at = "letter"\n'
            'needed_for = "vist"\nasked_of = "council"\n' + FIRST_STAGE,
        ),
        "there is no step 'vist'",
    ),
    "evidence due on the day of a stage": (
        (FIRST_STAGE, EVIDENCE + 'due_at = "visit"\n' + FIRST_STAGE),
        "'visit' is a stage, which has no due day",
    ),
    "the same evidence twice (R117)": (
        (FIRST_STAGE, EVIDENCE + EVIDENCE.replace('"plans"', '"documents"') + FIRST_STAGE),
        "'documents' and 'plans' have the same name",
    ),
    "one content twice (R117)": (
        (
            FIRST_STAGE,
            EVIDENCE
            + 'content = "plans"\n'
            + EVIDENCE.replace('"plans"', '"data"').replace("Plans", "Data")
            + 'content = "plans"\n'
            + FIRST_STAGE,
        ),
        "'data' and 'plans' both have the content 'plans'",
    ),
    "a contact point that is no role": (
        ("[roles]", 'contact_point = "desk"\n[roles]'),
        "there is no role 'desk'",
    ),
    "an unannounced visit that nobody may hear of (R068)": (
        ("[roles]", 'announce_from = "never"\n[roles]'),
        "no role is the inspectorate's, so nobody could be told",
    ),
    "a limit between no steps": (
        limit("start", "visit"),
        "limits[0].first: there is no step 'start'",
    ),
    "a limit from a step that is no planned stage (R050)": (
        limit("letter", "visit"),
        "limits[0].first: 'letter' is no planned stage, so the limit 'whole' would never be checked. "
        "Name one of: preparation, visit.",
    ),
    "a limit to a step that is no planned stage (R050)": (
        limit("preparation", "letter"),
        "limits[0].last: 'letter' is no planned stage",
    ),
    "a limit from the later stage (R050)": (
        limit("visit", "preparation"),
        "limits[0].first: 'visit' comes after 'preparation', so the limit would never be checked. Swap the two.",
    ),
    "a length between no steps": (
        (FIRST_STAGE, '[length]\nfirst = "visit"\nlast = "end"\nabout_months = 6\n' + FIRST_STAGE),
        "there is no step 'end'",
    ),
}


def added(condition: str, places: str) -> tuple[str, str]:
    """Places added to the team if a condition holds."""
    text = f"[[added_places]]\nonly_if = {{ {condition} }}\nplaces = {{ {places} }}\n\n"
    return FIRST_STAGE, text + FIRST_STAGE


BROKEN |= {
    "a condition on no outcome (R008)": (
        ('kind = "milestone"', 'kind = "milestone"\nonly_if = { outcomes = ["stay_safe"] }'),
        "steps[3].only_if.outcomes: there is no outcome 'stay_safe'. Add it to [outcomes].",
    ),
    "a place that depends on no extent": (
        added('extents = ["usul"]', "care = 1"),
        "added_places[0].only_if.extents: there is no extent 'usul'. Try 'usual'.",
    ),
    "a place of no skill that depends on something": (
        added('extents = ["usual"]', "car = 1"),
        "added_places[0].places: there is no skill 'car'. Try 'care'.",
    ),
    "more places than a team may have (R055)": (
        added('extents = ["usual"]', "care = 2, schools = 1"),
        "extents[0].places: 'usual' makes a team of 5, the rule is 2 to 4",
    ),
    "a quota that depends on nothing": (
        ("max_members = 4", 'max_members = 4\nquotas = [{ body = "AC", minimum = 1, only_if = {} }]'),
        "team.quotas[0].only_if: it depends on nothing",
    ),
    "quotas larger than the team in some circumstances (R144)": (
        (
            "max_members = 4",
            'max_members = 4\nquotas = [{ body = "AC", minimum = 3, only_if = { extents = ["usual"] } }]',
        ),
        "'usual' makes a team of 2, but the quotas ask for 3 members",
    ),
    "another day in place of none": (
        (
            'name = "Visit"\n',
            'name = "Visit"\ndue_if = [{ only_if = { extents = ["usual"] }, counted_from = "preparation", '
            'amount = 1, unit = "working_days" }]\n',
        ),
        "steps[1].due_if: 'visit' has no due day whose place it could take",
    ),
    "another day counted from no step": (
        (
            'kind = "milestone"',
            'kind = "milestone"\ndue_if = [{ only_if = { extents = ["usual"] }, counted_from = "vist", '
            'amount = 1, unit = "working_days" }]',
        ),
        "steps[3].due_if[0].counted_from: 'follow_up' is counted from 'vist'",
    ),
    "another day that closes a circle": (
        (
            "[steps.due]",
            '[[steps.due_if]]\nonly_if = { extents = ["usual"] }\ncounted_from = "follow_up"\namount = 1\n'
            'unit = "working_days"\n[steps.due]',
        ),
        "are counted from each other in a circle",
    ),
}
DEPUTY = ("max_members = 4", 'max_members = 4\nleader_role = "lead"\ndeputy_role = "{}"')


def deputy(role: str, more: str = "") -> tuple[str, str]:
    return DEPUTY[0], DEPUTY[1].format(role) + more


BROKEN |= {
    "a deputy of a role that nobody has": (
        ("max_members = 4", 'max_members = 4\ndeputy_role = "council"'),
        "team.leader_role: there is no role 'team_leader'",
    ),
    "a deputy whose role nobody has": (deputy("deputi"), "team.deputy_role: there is no role 'deputi'"),
    "a leader as the own deputy": (
        deputy("lead"),
        "'lead' is the role of the leader or of the other members",
    ),
    "a deputy without a leader": (
        deputy("council", "\nneeds_leader = false"),
        "the team has no leader who could be away",
    ),
    "a deputy beyond the team's bounds (R055)": (
        ("max_members = 4", 'max_members = 2\nleader_role = "lead"\ndeputy_role = "council"'),
        "extents[0].places: 'usual' makes a team of 3, the rule is 2 to 2",
    ),
}
RECURS = '[recurrence]\nafter_months = {{ "{}" = 18 }}\nmonths_either_side = 1\n\n[roles]'
JUDGED = {
    "a next one after an outcome that nobody gives": (
        ('window = "imported"\n\n[roles]', RECURS.format("5")),
        "recurrence.after_months.5: no overall judgement has the grade '5'",
    ),
    "a judgement of no outcome (R008)": (
        ('name = "Safeguarding"', 'name = "Safeguarding"\noutcome = "stay_safe"'),
        "judgements[0].outcome: there is no outcome 'stay_safe'",
    ),
    "a repeated stage": (
        (
            'sign_off = "lead_inspectorate"\n',
            'sign_off = "lead_inspectorate"\nrepeat = { every = 2, times = 2 }\n',
        ),
        "stage 'inspection' can't be repeated",
    ),
    "a repetition without end": (
        ('name = "Monitoring visit"', 'name = "Monitoring visit"\nrepeat = { every = 6 }'),
        "it needs times or until, and only one of the two",
    ),
    "a repetition until no step": (
        ('name = "Monitoring visit"', 'name = "Monitoring visit"\nrepeat = { every = 6, until = "reprt" }'),
        "there is no step 'reprt' that comes once. Try 'report'.",
    ),
    "a repetition too often": (
        ('name = "Monitoring visit"', 'name = "Monitoring visit"\nrepeat = { every = 1, times = 61 }'),
        "it comes more than 60 times",
    ),
    "a count from what comes several times": (
        ('name = "Report published"', 'name = "Report published"\nrepeat = { every = 6, times = 2 }'),
        "steps[3].due.counted_from: 'report' comes several times",
    ),
    "a judgement at no step": (
        ('decided_at = "inspection"', 'decided_at = "inspectin"'),
        "Try 'inspection'.",
    ),
    "a grade twice in a scale": (
        ('["1", "2", "3", "4"]', '["1", "1", "3", "4"]'),
        "appears twice in the scale",
    ),
    "two overall judgements": (
        ('name = "Safeguarding"', 'name = "Safeguarding"\nis_overall = true'),
        "are both overall judgements on the same days",
    ),
    "a limit by no judgement (R147)": (
        ('judgement = "safeguarding"', 'judgement = "safety"'),
        "there is no judgement 'safety'",
    ),
    "a limit by no grade (R147)": (
        ('at_most = "1"\noverall', 'at_most = "0"\noverall'),
        "'safeguarding' has no grade '0'. Choose one of: 1, 2, 3, 4.",
    ),
    "a limit to no grade (R147)": (
        ('overall_at_most = "1"', 'overall_at_most = "bad"'),
        "no overall judgement has the grade 'bad'",
    ),
    "a limit of nothing (R147)": (
        ("is_overall = true", ""),
        "no judgement is overall, so nothing is limited",
    ),
    "a condition on no judgement": (
        (
            'only_if = { judgement = "overall", grades = ["1"] }',
            'only_if = { judgement = "all", grades = ["1"] }',
        ),
        "there is no judgement 'all'",
    ),
    "a condition without grades": (
        ('only_if = { judgement = "overall", grades = ["1"] }', 'only_if = { judgement = "overall" }'),
        "no grade of 'overall' is named",
    ),
    "a condition on no grade": (
        (
            'only_if = { judgement = "overall", grades = ["1"] }',
            'only_if = { judgement = "overall", grades = ["9"] }',
        ),
        "'overall' has no grade '9'",
    ),
    "a stage that is planned before it is judged": (
        (
            'binding = "hard"\nwho = ["lead_inspectorate"]\nsign_off',
            'binding = "hard"\nonly_if = { judgement = "overall", grades = ["1"] }\n'
            'who = ["lead_inspectorate"]\nsign_off',
        ),
        "is planned before anything of the activity itself is judged",
    ),
    "no first stage": (
        (
            'binding = "hard"\nwho = ["lead_inspectorate"]\nsign_off',
            'binding = "hard"\nonly_if = { judgement = "overall", grades = ["1"], of_last = true }\n'
            'who = ["lead_inspectorate"]\nsign_off',
        ),
        "is the first planned stage, without which there is no activity",
    ),
    "a count from what is not always there": (
        ('due = { counted_from = "report"', 'due = { counted_from = "letter_about_last"'),
        "'monitoring' is counted from 'letter_about_last', which is not always there",
    ),
    "a length to what is not always there": (
        (
            "[[judgements]]",
            '[length]\nfirst = "inspection"\nlast = "monitoring"\nabout_months = 7\n\n[[judgements]]',
        ),
        "length.last: 'monitoring' is not always there",
    ),
}


@pytest.mark.parametrize("rule", JUDGED)
def test_judgements_are_refused_with(rule, tmp_path):
    (old, new), message = JUDGED[rule]
    assert old in TEN_DAYS
    path = tmp_path / "ten-2009.toml"
    path.write_text(TEN_DAYS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidFramework) as caught:
        load_framework(path)
    assert message in str(caught.value)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_framework_is_refused_with(rule, tmp_path):
    change, message = BROKEN[rule]
    with pytest.raises(InvalidFramework) as caught:
        load_framework(write_visit(tmp_path, change))
    assert message in str(caught.value)
    assert all(finding.key for finding in caught.value.findings)


def test_the_unchanged_framework_is_accepted(tmp_path):
    assert load_framework(write_visit(tmp_path)).id == "visit-2019"


def test_a_limit_between_planned_stages_is_accepted_r050(tmp_path):
    framework = load_framework(write_visit(tmp_path, limit("preparation", "visit")))
    assert [(found.first, found.last) for found in framework.limits] == [("preparation", "visit")]


def test_a_meeting_on_the_first_day_may_open_a_stage(tmp_path):
    """The twin of the circles: both fall on one day."""
    opening = 'counted_from = "visit"\nedge = "start"\namount = 0\nunit = "working_days"'
    counted = 'counted_from = "letter"\namount = 3\nunit = "months"\non_non_working_day = "next"'
    path = write_visit(tmp_path, ('after = ["preparation"]', 'after = ["follow_up"]'), (counted, opening))
    assert load_framework(path).step("visit").after == ("follow_up",)


def test_a_more_urgent_area_may_not_get_less_fieldwork_r077(tmp_path):
    extents = '[[extents]]\nid = "more"\nplaces = { care = 1, schools = 1 }\n\n[extent_choice]'
    row = '{{ urgency_from = {0}, small = "{1}", medium = "{1}", large = "{1}" }}'
    usual = 'rows = [{ urgency_from = 1, small = "usual", medium = "usual", large = "usual" }]'
    rising = f"rows = [{row.format(1, 'usual')}, {row.format(5, 'more')}]"
    falling = f"rows = [{row.format(1, 'more')}, {row.format(5, 'usual')}]"
    framework = load_framework(write_visit(tmp_path, ("[extent_choice]", extents), (usual, rising)))
    assert (framework.extent(4, 5), framework.extent(5, 5)) == ("usual", "more")
    with pytest.raises(InvalidFramework, match="gets less fieldwork than a less urgent one"):
        load_framework(write_visit(tmp_path, ("[extent_choice]", extents), (usual, falling)))


def test_seats_saved_may_not_leave_a_team_too_small_r033_r055(tmp_path):
    saved = '[[reductions]]\nafter = "ca"\nplaces = { care = 1 }\n' + FIRST_STAGE
    with pytest.raises(InvalidFramework, match="makes a team of 1 to 2"):
        load_framework(write_visit(tmp_path, (FIRST_STAGE, saved)))


def test_a_draft_due_in_weeks_gives_the_leaders_weeks_r052(tmp_path):
    due = 'amount = 5\nunit = "working_days"\nfirst_day_counts = true'
    weeks = 'amount = 6\nunit = "weeks"\non_non_working_day = "previous"'
    team = ("max_members = 4", 'max_members = 4\ndrafts_until = "letter"')
    assert load_framework(write_visit(tmp_path, team, (due, weeks))).drafting_weeks() == 6
    assert load_framework(write_visit(tmp_path)).drafting_weeks() == 0


def test_no_skill_has_the_name_of_the_deputys_place(tmp_path):
    skill = ('schools = "Schools"', 'schools = "Schools"\ndeputy = "Deputy"')
    assert load_framework(write_visit(tmp_path, skill)).skills["deputy"] == "Deputy"
    with pytest.raises(InvalidFramework, match="'deputy' is the name of the deputy's place"):
        load_framework(write_visit(tmp_path, skill, deputy("council")))


def test_a_deputy_has_a_place_besides_those_of_the_extent(tmp_path):
    framework = load_framework(write_visit(tmp_path, deputy("council")))
    assert framework.places("usual") == {"care": 1, "deputy": 1}
    assert framework.team_roles == ("lead", "inspectors", "council")


def test_the_next_one_may_be_due_after_a_grade_that_is_given(tmp_path):
    path = tmp_path / "ten-2009.toml"
    path.write_text(
        TEN_DAYS.replace('window = "imported"\n\n[roles]', RECURS.format("3"), 1), encoding="utf-8"
    )
    assert load_framework(path).recurrence.after_months == {"3": 18}
