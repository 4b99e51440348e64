"""`preparation`: the space of an area's preparation group, for whoever has an account of it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.shown.changes import changed
from cli.shown.output import print_json, print_table, say
from models import SelfEvaluation, session
from reports.words import date_in_words
from services.audit import Word
from services.bootstrap import now, open_database
from services.preparation.evaluating import evaluate
from services.preparation.meetings import record_meeting
from services.preparation.members import NewMember, add_member, hand_over_chair, name_lead, start_group
from services.preparation.planned_tasks import NewTask, add_task, do_task, record_mock
from services.preparation.spaces import account_of_group
from services.shown.preparation import PreparationView, TaskLine, preparation_view

TASKS = ("number", "task", "owner", "due", "state")
JUDGEMENTS = ("judgement", "own grade", "evidence", "action")

Account = Annotated[
    str, typer.Option("--account", metavar="LOGIN", help="Your account, which is of the area's group.")
]
Day = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; default: today.")]
Due = Annotated[str, typer.Option("--due", metavar="DATE", help="By when it is done.")]


def show(account: Account, as_of: arguments.AsOf = None, as_json: arguments.Json = False) -> None:
    """Show the group's space: open items, meetings, tasks and self-evaluation. Nobody else's account sees it."""
    with session(open_database(), read_only=True) as opened:
        area = account_of_group(opened, account).area_code or ""
        view = preparation_view(opened, area, arguments.today(as_of))
    if as_json:
        print_json({name: value for name, value in vars(view).items() if name != "entries"})
        return
    print_table("Meetings", ("day", "decided"), [(line.held_on, line.decided) for line in view.meetings])
    print_table("Tasks", TASKS, map(_task, _all_tasks(view)))
    rows = [
        (line.slot.id, line.said.grade, line.said.evidence_held, line.said.action_needed)
        if line.said
        else (line.slot.id, None, None, None)
        for line in view.judgements
    ]
    print_table("Self-evaluation", JUDGEMENTS, rows)
    for name, lead in view.leads:
        say(f"{name}: {lead or 'no lead'}.")
    for item in view.open_items:
        say(f"Open: {item}")
    if view.what_if:
        say(f"{view.what_if}.")


def start(
    framework: Annotated[str, typer.Argument(metavar="FRAMEWORK", help="The inspection to prepare for.")],
    reports_to: Annotated[str, typer.Option(metavar="NAME", help="The executive to whom the group reports.")],
    account: Account,
    on: Day = None,
    as_of: arguments.AsOf = None,
) -> None:
    """Start the group, and with it its meetings; before any notice."""

    def change(opened: Session, area: str, word: Word) -> str:
        day = _day(on, word)
        start_group(opened, area, framework, reports_to, day, word)
        return f"The group has started. It first meets on {date_in_words(day)}."

    _change(account, as_of, change)


def member(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who joins.")],
    nominated_by: Annotated[str, typer.Option(metavar="NAME", help="The council, or a partner.")],
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="Where reminders go.")],
    account: Account,
    position: Annotated[str, typer.Option(metavar="TEXT", help="Such as assistant director.")] = "",
    is_chair: Annotated[bool, typer.Option("--chair", help="In the chair.")] = False,
    as_of: arguments.AsOf = None,
) -> None:
    """Add somebody whom an organisation has nominated."""

    def change(opened: Session, area: str, word: Word) -> str:
        new = NewMember(name, nominated_by, position, email, is_chair)
        return f"{add_member(opened, area, new, word).name} is a member."

    _change(account, as_of, change)


def chair(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The member who takes it.")],
    account: Account,
    as_of: arguments.AsOf = None,
) -> None:
    """Hand the chair over to a member; whoever had it stays a member."""

    def change(opened: Session, area: str, word: Word) -> str:
        return f"{hand_over_chair(opened, area, name, word).name} is in the chair."

    _change(account, as_of, change)


def lead(
    role: Annotated[
        str,
        typer.Argument(metavar="SUBJECT", help="communications, data, safeguarding, looked_after or admin."),
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", help="A member of the group.")],
    account: Account,
    as_of: arguments.AsOf = None,
) -> None:
    """Name who leads on a subject."""

    def change(opened: Session, area: str, word: Word) -> str:
        return f"{role}: {name_lead(opened, area, role, name, word).name} leads."

    _change(account, as_of, change)


def meeting(
    decided: Annotated[str, typer.Argument(metavar="TEXT", help="What it decided.")],
    account: Account,
    on: Day = None,
    as_of: arguments.AsOf = None,
) -> None:
    """Record a meeting."""

    def change(opened: Session, area: str, word: Word) -> str:
        day = _day(on, word)
        record_meeting(opened, area, day, decided, word)
        return f"The meeting of {date_in_words(day)} is recorded."

    _change(account, as_of, change)


def task_(
    name: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be done.")],
    owner: Annotated[str, typer.Option(metavar="NAME", help="The member who does it.")],
    due: Due,
    account: Account,
    mock: Annotated[
        int | None, typer.Option(metavar="N", help="The mock inspection of whose action plan it is part.")
    ] = None,
    as_of: arguments.AsOf = None,
) -> None:
    """Add a task to the project plan, or to the action plan of a mock inspection."""

    def change(opened: Session, area: str, word: Word) -> str:
        new = NewTask(name, owner, arguments.parse_day(due, "--due"), mock)
        row = add_task(opened, area, new, word)
        return f"Task {row.id}, {row.name}: due on {date_in_words(row.due_on)}."

    _change(account, as_of, change)


def done(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the task.")],
    account: Account,
    on: Day = None,
    as_of: arguments.AsOf = None,
) -> None:
    """Record that a task is done."""

    def change(opened: Session, area: str, word: Word) -> str:
        day = _day(on, word)
        row = do_task(opened, area, number, day, word)
        return f"{row.name}: done on {date_in_words(day)}."

    _change(account, as_of, change)


def evaluation(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Such as safeguarding.")],
    grade: Annotated[str, typer.Argument(metavar="GRADE", help="Your own grade on its scale.")],
    descriptor: Annotated[str, typer.Option(metavar="TEXT", help="What the framework says of this grade.")],
    evidence: Annotated[str, typer.Option(metavar="TEXT", help="What shows it.")],
    account: Account,
    action: Annotated[str, typer.Option(metavar="TEXT", help="What is to be done about it.")] = "",
    as_of: arguments.AsOf = None,
) -> None:
    """Evaluate your own work under a judgement; what the framework's limits would make of it is shown."""

    def change(opened: Session, area: str, word: Word) -> str:
        new = SelfEvaluation(
            area_code=area,
            judgement=judgement,
            descriptor=descriptor,
            grade=grade,
            evidence_held=evidence,
            action_needed=action,
            said_on=word.as_of,
        )
        evaluate(opened, new, word)
        limit = preparation_view(opened, area, word.as_of).what_if
        return f"{judgement}: {grade}." + (f" {limit}." if limit else "")

    _change(account, as_of, change)


def mock(
    found: Annotated[str, typer.Argument(metavar="TEXT", help="What was found.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who made it.")],
    account: Account,
    on: Day = None,
    as_of: arguments.AsOf = None,
) -> None:
    """Record a mock inspection; its action plan are tasks with its number."""

    def change(opened: Session, area: str, word: Word) -> str:
        day = _day(on, word)
        row = record_mock(opened, area, day, by, found, word)
        return f"Mock inspection {row.id}, {date_in_words(row.held_on)}, is recorded."

    _change(account, as_of, change)


def _change(account: str, as_of: str | None, change: Callable[[Session, str, Word], str]) -> None:
    """Let whoever has the account change the space of their area, and say what changed."""
    engine = open_database()
    with session(engine, read_only=True) as opened:
        who = account_of_group(opened, account)
    word = Word(who.name, now(), arguments.today(as_of))
    say(changed(engine, lambda opened: change(opened, who.area_code or "", word), False, False))


def _day(on: str | None, word: Word) -> date:
    return arguments.parse_day(on, "--on") if on else word.as_of


def _all_tasks(view: PreparationView) -> list[TaskLine]:
    return [*view.tasks, *(line for found in view.mocks for line in found.actions)]


def _task(line: TaskLine) -> tuple[object, ...]:
    state = "late" if line.is_late else "open"
    done_on = line.task.done_on
    return (
        line.task.id,
        line.task.name,
        line.owner,
        line.task.due_on,
        state if done_on is None else f"done, {date_in_words(done_on)}",
    )
