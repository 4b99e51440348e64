"""Who may ask for what: one table of all routes of the console."""

from dataclasses import dataclass
from typing import Literal

from services.accounts.roles import OF_INSPECTORATE, OF_PROGRAMME, Role

MOST_BYTES = 65_536
"""The longest form without files that is read."""
MOST_UPLOAD_BYTES = 20_000_000

ANYBODY = frozenset[Role]()
EVERY_ROLE = frozenset(Role)
WHO_ACTS = frozenset(
    {Role.PLANNER, Role.TEAM_LEADER, Role.INSPECTOR, Role.BODY, Role.AUTHORITY, Role.PREPARATION}
)
"""Who may say something of a step; whether it is theirs to say, the casework decides."""


@dataclass(frozen=True)
class Rule:
    """Which roles may ask; with `area_in` those of an authority only where that part of the address is their area's.

    Whoever is only of a body may ask where that part is one of its reviews or its areas, or with `body_in` where the
    code of the address is that of one of its inspectors, or the body's own. With `person_in` who is no planner asks
    only of the inspector that they are.

    `is_open` needs no sign-in; `is_hidden` is of preparation groups alone, and for others as if it were not there.
    `area_in` names the part: an area's code, or the number of an activity, of a step, of
    what an activity needs, of a recommendation or of what is proposed about it.
    """

    roles: frozenset[Role]
    area_in: str = ""
    body_in: Literal["", "inspector", "body"] = ""
    person_in: str = ""
    is_open: bool = False
    is_hidden: bool = False
    most_bytes: int = MOST_BYTES


OPEN = Rule(ANYBODY, is_open=True)
SIGNED_IN = Rule(EVERY_ROLE)
PREPARING = Rule(frozenset({Role.PREPARATION}), is_hidden=True)
UPLOADS = Rule(frozenset({Role.PLANNER}), most_bytes=MOST_UPLOAD_BYTES)
INSPECTORATE = Rule(OF_PROGRAMME)
AN_INSPECTOR = Rule(OF_INSPECTORATE, body_in="inspector")
A_BODY = Rule(OF_INSPECTORATE, body_in="body")
AUTHORITY = Rule(frozenset({Role.AUTHORITY}))
OF_AN_AREA = Rule(EVERY_ROLE, area_in="code")
TO_AN_AUTHORITY = Rule(EVERY_ROLE - {Role.BODY}, area_in="code")
OF_A_PROFILE = Rule(frozenset({Role.PLANNER, Role.AUTHORITY}), area_in="code")
OF_A_PERSON = Rule(frozenset({Role.PLANNER, Role.TEAM_LEADER, Role.INSPECTOR}), person_in="code")
OF_A_STEP = Rule(WHO_ACTS, area_in="number")
OF_AN_ITEM = Rule(WHO_ACTS, area_in="need")
OF_A_REVIEW = Rule(frozenset({Role.PLANNER, Role.TEAM_LEADER, Role.INSPECTOR, Role.BODY}), area_in="activity")
INSIDE_A_REVIEW = Rule(OF_INSPECTORATE, area_in="activity")
READS_A_REPORT = Rule(EVERY_ROLE, area_in="activity")
WHO_SENDS = Rule(WHO_ACTS, area_in="activity")
OF_A_RECOMMENDATION = Rule(OF_A_REVIEW.roles, area_in="recommendation")
WHO_PROPOSES = Rule(WHO_ACTS, area_in="recommendation")
WHO_DOES_IT = Rule(WHO_ACTS, area_in="proposed")
WHO_SETS_DATES = Rule(frozenset({Role.PLANNER, Role.PUBLISHER}))
WHO_UNDOES_RUNS = Rule(frozenset({Role.PLANNER, Role.OPERATOR}))
PLANNERS = Rule(frozenset({Role.PLANNER}))
PUBLISHERS = Rule(frozenset({Role.PUBLISHER}))
OPERATORS = Rule(frozenset({Role.OPERATOR}))
WHO_WATCHES = Rule(frozenset({Role.PLANNER, Role.OPERATOR}))
WHO_HEARS_OF_EVENTS = Rule(frozenset({Role.PLANNER, Role.TEAM_LEADER, Role.BODY}))

ACCESS = {
    "GET /": SIGNED_IN,  # whoever is of an authority is sent to their area, whoever is of a body to that
    "GET /gantt.css": OPEN,
    "GET /health": OPEN,
    "POST /hooks/prefect": OPEN,  # it asks for a token of its own
    "GET /sign-in": OPEN,
    "POST /sign-in": OPEN,
    "GET /sign-in/openid": OPEN,
    "GET /sign-in/openid/back": OPEN,
    "POST /sign-out": SIGNED_IN,
    "GET /keys": SIGNED_IN,
    "GET /account": SIGNED_IN,
    "POST /account/keys": SIGNED_IN,
    "POST /account/sign-out-everywhere": SIGNED_IN,
    "GET /account/password": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "GET /account/feeds": SIGNED_IN,
    "POST /account/feeds": SIGNED_IN,
    "POST /account/feeds/{number}/revoke": SIGNED_IN,
    "GET /account/colleagues": AUTHORITY,
    "POST /account/colleagues": AUTHORITY,
    "POST /account/colleagues/{number}/lock": AUTHORITY,
    "GET /accounts": OPERATORS,
    "GET /accounts.{kind}": OPERATORS,
    "GET /accounts/new": OPERATORS,
    "POST /accounts/new": OPERATORS,
    "GET /accounts/{number}": OPERATORS,
    "GET /accounts/{number}/roles": OPERATORS,
    "POST /accounts/{number}/roles": OPERATORS,
    "POST /accounts/{number}/password": OPERATORS,
    "POST /accounts/{number}/lock": OPERATORS,
    "POST /accounts/{number}/unlock": OPERATORS,
    "GET /accounts/{number}/remove": OPERATORS,
    "POST /accounts/{number}/remove": OPERATORS,
    "GET /feeds/{secret}.ics": OPEN,  # its secret is in the address
    "GET /actions.{kind}": INSPECTORATE,
    "GET /areas": INSPECTORATE,
    "GET /areas.{kind}": INSPECTORATE,
    "GET /due.{kind}": INSPECTORATE,
    "GET /history": INSPECTORATE,
    "GET /history.{kind}": INSPECTORATE,
    "GET /load": INSPECTORATE,
    "GET /load/work": INSPECTORATE,
    "GET /load/work.{kind}": INSPECTORATE,
    "GET /messages/coming": INSPECTORATE,
    "GET /messages/coming.{kind}": INSPECTORATE,
    "GET /messages/occasions": INSPECTORATE,
    "GET /messages/{number}": INSPECTORATE,
    "GET /messages/{number}/settle": WHO_WATCHES,
    "POST /messages/{number}/settle": WHO_WATCHES,
    "GET /offers": PLANNERS,
    "GET /offers.{kind}": PLANNERS,
    "GET /people": INSPECTORATE,
    "GET /people.{kind}": INSPECTORATE,
    "GET /bodies/{code:path}": A_BODY,
    "GET /people/{code:path}/leave": OF_A_PERSON,
    "GET /people/{code:path}/leave/new": OF_A_PERSON,
    "POST /people/{code:path}/leave/new": OF_A_PERSON,
    "POST /people/{code:path}/leave/withdraw": OF_A_PERSON,
    "GET /people/{code:path}/place": OF_A_PERSON,
    "POST /people/{code:path}/place": OF_A_PERSON,
    "GET /people/{code:path}": AN_INSPECTOR,
    "GET /due": INSPECTORATE,
    "GET /actions": INSPECTORATE,
    "GET /data": PLANNERS,
    "POST /data": UPLOADS,
    "POST /data/import": PLANNERS,
    "GET /data/to-mend.xlsx": PLANNERS,
    "GET /data/facts.xlsx": PLANNERS,
    "GET /data/template.xlsx": PLANNERS,
    "GET /events": INSPECTORATE,
    "GET /events.{kind}": INSPECTORATE,
    "GET /events/new": WHO_HEARS_OF_EVENTS,
    "POST /events/new": WHO_HEARS_OF_EVENTS,
    "GET /events/{number}/decide": PLANNERS,
    "POST /events/{number}/decide": PLANNERS,
    "GET /events/{number}/special-review": PLANNERS,
    "POST /events/{number}/special-review": PLANNERS,
    "GET /follow-up": INSPECTORATE,
    "GET /follow-up.{kind}": INSPECTORATE,
    "GET /answers/{secret}": OPEN,  # its secret is in the address
    "POST /answers/{secret}": OPEN,
    "GET /summaries/{number}": OPEN,  # of a closed round, in numbers that give nobody away
    "GET /responses": OPEN,
    "GET /responses/{summary}": OPEN,
    "GET /developments": INSPECTORATE,
    "GET /developments/{development}": INSPECTORATE,
    "GET /developments/{development}/tasks/{task}": PLANNERS,
    "POST /developments/{development}/tasks/{task}": PLANNERS,
    "GET /developments/{development}/trial": PLANNERS,
    "POST /developments/{development}/trial": PLANNERS,
    "GET /trials/{number}/lesson": PLANNERS,
    "POST /trials/{number}/lesson": PLANNERS,
    "GET /lessons/{number}/decide": PLANNERS,
    "POST /lessons/{number}/decide": PLANNERS,
    "GET /preparation": PREPARING,
    "GET /preparation/report": PREPARING,
    "GET /preparation/tasks/{number}": PREPARING,
    "POST /preparation/tasks/{number}": PREPARING,
    "GET /preparation/{part}": PREPARING,
    "POST /preparation/{part}": PREPARING,
    "GET /questionnaires": INSPECTORATE,
    "GET /questionnaires.{kind}": INSPECTORATE,
    "GET /questionnaires/send": PLANNERS,
    "POST /questionnaires/send": PLANNERS,
    "GET /questionnaires/{number}": INSPECTORATE,
    "GET /questionnaires/{number}/close": PLANNERS,
    "POST /questionnaires/{number}/close": PLANNERS,
    "GET /evaluations/{evaluation}": INSPECTORATE,
    "GET /evaluations/{evaluation}/conference": PLANNERS,
    "POST /evaluations/{evaluation}/conference": PLANNERS,
    "GET /evaluations/{evaluation}/suggest": PLANNERS,
    "POST /evaluations/{evaluation}/suggest": PLANNERS,
    "GET /suggestions/{number}/respond": PLANNERS,
    "POST /suggestions/{number}/respond": PLANNERS,
    "GET /messages": INSPECTORATE,
    "GET /messages/{occasion}/{side}": INSPECTORATE,
    "GET /map": INSPECTORATE,
    "GET /plans": INSPECTORATE,
    "GET /plans.{kind}": INSPECTORATE,
    "GET /plans/solves": INSPECTORATE,
    "GET /plans/compare": INSPECTORATE,
    "GET /plans/moves": INSPECTORATE,
    "GET /plans/moves.{kind}": INSPECTORATE,
    "GET /plans/store": PLANNERS,
    "POST /plans/store": UPLOADS,
    "POST /plans/store/keep": PLANNERS,
    "GET /plans/{version}": INSPECTORATE,
    "GET /plans/{version}/activity": PLANNERS,
    "GET /plans/{version}/place": PLANNERS,
    "GET /plans/{version}/move": PLANNERS,
    "POST /plans/{version}/move": PLANNERS,
    "GET /plans/{version}/swap": PLANNERS,
    "POST /plans/{version}/swap": PLANNERS,
    "GET /plans/{version}/assign": PLANNERS,
    "POST /plans/{version}/assign": PLANNERS,
    "POST /plans/{version}/pin": PLANNERS,
    "GET /plans/{version}/proof": INSPECTORATE,
    "GET /plans/{version}/robustness": INSPECTORATE,
    "GET /plans/{version}/replan": PLANNERS,
    "GET /plans/{version}/replan/{kind}": PLANNERS,
    "POST /plans/{version}/replan/{kind}": PLANNERS,
    "GET /replans/{number}": INSPECTORATE,
    "GET /replans/{number}/answer": INSPECTORATE,
    "POST /replans/{number}/again": PLANNERS,
    "POST /events/{number}/replan": PLANNERS,
    "GET /events/{number}": INSPECTORATE,
    "GET /plans/{version}/publish": PUBLISHERS,
    "POST /plans/{version}/publish": PUBLISHERS,
    "GET /solves/new": PLANNERS,
    "POST /solves/new": PLANNERS,
    "POST /solves/{number}/stop": WHO_WATCHES,
    "GET /ratings": INSPECTORATE,
    "GET /ratings.{kind}": INSPECTORATE,
    "POST /ratings/profiles": UPLOADS,
    "GET /appeals": INSPECTORATE,
    "GET /appeals.{kind}": INSPECTORATE,
    "GET /appeals/{number}": INSPECTORATE,
    "GET /appeals/{number}/word": PLANNERS,
    "POST /appeals/{number}/word": PLANNERS,
    "GET /appeals/{number}/decide": PLANNERS,
    "POST /appeals/{number}/decide": PLANNERS,
    "GET /areas/{code:path}/appeal": OF_A_PROFILE,
    "POST /areas/{code:path}/appeal": OF_A_PROFILE,
    "GET /queries/{number}/answer": PLANNERS,
    "POST /queries/{number}/answer": PLANNERS,
    "GET /areas/{code:path}/profile": TO_AN_AUTHORITY,
    "GET /areas/{code:path}/query": OF_A_PROFILE,
    "POST /areas/{code:path}/query": OF_A_PROFILE,
    "GET /areas/{code:path}/rate": PLANNERS,
    "POST /areas/{code:path}/rate": PLANNERS,
    "GET /areas/{code:path}/letter": PLANNERS,
    "POST /areas/{code:path}/letter": PLANNERS,
    "GET /areas/{code:path}/evidence": OF_AN_AREA,
    "GET /areas/{code:path}/follow-up": OF_AN_AREA,
    "GET /areas/{code:path}/priority": OF_AN_AREA,
    "GET /areas/{code:path}/inspections": TO_AN_AUTHORITY,
    "GET /inspections/import": PLANNERS,
    "POST /inspections/import": UPLOADS,
    "GET /areas/{code:path}/years": TO_AN_AUTHORITY,
    "GET /years": INSPECTORATE,
    "GET /years.{kind}": INSPECTORATE,
    "GET /assessments/{number}/return": PLANNERS,
    "POST /assessments/{number}/return": PLANNERS,
    "GET /assessments/{number}/field": PLANNERS,
    "POST /assessments/{number}/field": PLANNERS,
    "GET /assessments/{number}/judge": PLANNERS,
    "POST /assessments/{number}/judge": PLANNERS,
    "GET /assessments/{number}/input": PLANNERS,
    "POST /assessments/{number}/input": PLANNERS,
    "GET /assessments/{number}/conversation": PLANNERS,
    "POST /assessments/{number}/conversation": PLANNERS,
    "GET /areas/{code:path}/messages": TO_AN_AUTHORITY,
    "GET /areas/{code:path}/questionnaires": TO_AN_AUTHORITY,
    "GET /areas/{code:path}": OF_AN_AREA,
    "GET /steps/{number}": OF_A_STEP,
    "GET /steps/{number}/sign-off": OF_A_STEP,
    "POST /steps/{number}/sign-off": OF_A_STEP,
    "GET /steps/{number}/record": OF_A_STEP,
    "POST /steps/{number}/record": OF_A_STEP,
    "GET /steps/{number}/agree": OF_A_STEP,
    "POST /steps/{number}/agree": OF_A_STEP,
    "GET /steps/{number}/waive": OF_A_STEP,
    "POST /steps/{number}/waive": OF_A_STEP,
    "GET /steps/{number}/output": OF_A_STEP,
    "POST /steps/{number}/output": OF_A_STEP,
    "GET /steps/{number}/undo": OF_A_STEP,
    "POST /steps/{number}/undo": OF_A_STEP,
    "GET /activities/{activity}/judge": OF_A_REVIEW,
    "POST /activities/{activity}/judge": OF_A_REVIEW,
    "GET /activities/{activity}/specify": OF_A_REVIEW,
    "POST /activities/{activity}/specify": OF_A_REVIEW,
    "GET /activities/{activity}/confirm-team": OF_A_REVIEW,
    "POST /activities/{activity}/confirm-team": OF_A_REVIEW,
    "GET /activities/{activity}/withdraw-team": OF_A_REVIEW,
    "POST /activities/{activity}/withdraw-team": OF_A_REVIEW,
    "GET /activities/{activity}/circulate": WHO_SENDS,
    "POST /activities/{activity}/circulate": WHO_SENDS,
    "GET /activities/{activity}/contact-point": OF_A_REVIEW,
    "POST /activities/{activity}/contact-point": OF_A_REVIEW,
    "GET /activities/{activity}/recommend": OF_A_REVIEW,
    "POST /activities/{activity}/recommend": OF_A_REVIEW,
    "GET /activities/{activity}/answer": WHO_SENDS,
    "POST /activities/{activity}/answer": WHO_SENDS,
    "GET /activities/{activity}/statement": WHO_SENDS,
    "POST /activities/{activity}/statement": WHO_SENDS,
    "GET /activities/{activity}/plan-check": OF_A_REVIEW,
    "POST /activities/{activity}/plan-check": OF_A_REVIEW,
    "GET /activities/{activity}/hold-check": OF_A_REVIEW,
    "POST /activities/{activity}/hold-check": OF_A_REVIEW,
    "GET /recommendations/{recommendation}/change": OF_A_RECOMMENDATION,
    "POST /recommendations/{recommendation}/change": OF_A_RECOMMENDATION,
    "GET /recommendations/{recommendation}/propose": WHO_PROPOSES,
    "POST /recommendations/{recommendation}/propose": WHO_PROPOSES,
    "GET /recommendations/{recommendation}/confirm": OF_A_RECOMMENDATION,
    "POST /recommendations/{recommendation}/confirm": OF_A_RECOMMENDATION,
    "GET /recommendations/{recommendation}/close": OF_A_RECOMMENDATION,
    "POST /recommendations/{recommendation}/close": OF_A_RECOMMENDATION,
    "GET /proposed-actions/{proposed}/done": WHO_DOES_IT,
    "POST /proposed-actions/{proposed}/done": WHO_DOES_IT,
    "GET /activities/{activity}/group": OF_A_REVIEW,
    "POST /activities/{activity}/group": OF_A_REVIEW,
    "GET /activities/{activity}/consulted": OF_A_REVIEW,
    "POST /activities/{activity}/consulted": OF_A_REVIEW,
    "GET /activities/{activity}/survey": OF_A_REVIEW,
    "POST /activities/{activity}/survey": OF_A_REVIEW,
    "GET /activities/{activity}/study": OF_A_REVIEW,
    "POST /activities/{activity}/study": OF_A_REVIEW,
    "GET /activities/{activity}/concern": OF_A_REVIEW,
    "POST /activities/{activity}/concern": OF_A_REVIEW,
    "GET /activities/{activity}/concern-closed": OF_A_REVIEW,
    "POST /activities/{activity}/concern-closed": OF_A_REVIEW,
    "GET /activities/{activity}/fed-back": OF_A_REVIEW,
    "POST /activities/{activity}/fed-back": OF_A_REVIEW,
    "GET /activities/{activity}/finalise": WHO_SETS_DATES,
    "POST /activities/{activity}/finalise": WHO_SETS_DATES,
    "GET /activities/{activity}/cancel": PLANNERS,
    "POST /activities/{activity}/cancel": PLANNERS,
    "GET /activities/{activity}/undo-cancel": PLANNERS,
    "POST /activities/{activity}/undo-cancel": PLANNERS,
    "GET /activities/{activity}/findings": INSIDE_A_REVIEW,
    "GET /activities/{activity}/agree-finding": OF_A_REVIEW,
    "POST /activities/{activity}/agree-finding": OF_A_REVIEW,
    "GET /activities/{activity}/withdraw-finding": OF_A_REVIEW,
    "POST /activities/{activity}/withdraw-finding": OF_A_REVIEW,
    "GET /activities/{activity}/suppose": OF_A_REVIEW,
    "POST /activities/{activity}/suppose": OF_A_REVIEW,
    "GET /activities/{activity}/end-hypothesis": OF_A_REVIEW,
    "POST /activities/{activity}/end-hypothesis": OF_A_REVIEW,
    "GET /activities/{activity}/report": READS_A_REPORT,
    "GET /activities/{activity}/report/{part}/write": OF_A_REVIEW,
    "POST /activities/{activity}/report/{part}/write": OF_A_REVIEW,
    "GET /activities/{activity}/comment": WHO_SENDS,
    "POST /activities/{activity}/comment": WHO_SENDS,
    "GET /activities/{activity}/answer-comment": OF_A_REVIEW,
    "POST /activities/{activity}/answer-comment": OF_A_REVIEW,
    "GET /activities/{activity}/link-report": OF_A_REVIEW,
    "POST /activities/{activity}/link-report": OF_A_REVIEW,
    "GET /activities/{activity}/unlink-report": OF_A_REVIEW,
    "POST /activities/{activity}/unlink-report": OF_A_REVIEW,
    "GET /exports/report-{activity}.{kind}": READS_A_REPORT,
    "GET /published/report-{activity}.{kind}": OPEN,  # what is published is for everybody
    "GET /programme/confirm": WHO_SETS_DATES,
    "POST /programme/confirm": WHO_SETS_DATES,
    "GET /programme/finalise": WHO_SETS_DATES,
    "POST /programme/finalise": WHO_SETS_DATES,
    "GET /programme/undo-run": WHO_UNDOES_RUNS,
    "POST /programme/undo-run": WHO_UNDOES_RUNS,
    "GET /evidence/{need}/file": OF_AN_ITEM,
    "GET /evidence/{need}/receive": OF_AN_ITEM,
    "POST /evidence/{need}/receive": OF_AN_ITEM,
    "GET /evidence/{need}/accept": OF_AN_ITEM,
    "POST /evidence/{need}/accept": OF_AN_ITEM,
    "GET /evidence/{need}/return": OF_AN_ITEM,
    "POST /evidence/{need}/return": OF_AN_ITEM,
    "GET /evidence/{need}/not-needed": OF_AN_ITEM,
    "POST /evidence/{need}/not-needed": OF_AN_ITEM,
    "GET /exports/plan-{version}.{kind}": INSPECTORATE,
    "GET /exports/area-{code:path}.{kind}": OF_AN_AREA,
    "GET /exports/inspector-{code:path}.{kind}": AN_INSPECTOR,
    "GET /exports/leader-{code:path}.{kind}": AN_INSPECTOR,
    "GET /exports/body-{code:path}.{kind}": A_BODY,
}
"""Every route of the console, by method and path. One that is not here answers nobody."""
