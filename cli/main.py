"""The command's entry: gathers the commands, and turns every way to end into an exit code."""

import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cli.pairs import taking_pairs
from cli.shown.exit_codes import ExitCode
from cli.shown.help_texts import in_words
from config.private import start_private


@dataclass(frozen=True)
class Command:
    """Where a command lives, and what the list of commands says of it."""

    module: str
    function: str
    short_help: str


COMMANDS = {
    "init": Command("data", "init", "Create the home folder and its database."),
    "import": Command("data", "import_", "Import facts from a folder of CSV files or a workbook."),
    "solve": Command("solving", "solve", "Find dates and teams, with a proven gap."),
    "schema": Command("solving", "schema", "Print the JSON Schema of a problem, a plan or an event."),
    "replan": Command("replanning", "replan", "Replan after an event, moving as few dates as possible."),
    "check": Command("checks", "check", "Check a plan against every rule, and recount its costs."),
    "verify": Command(
        "verification", "verify", "Recompute a plan's rules, costs and bounds without a solver."
    ),
    "explain": Command(
        "reasons", "explain", "Explain why an area has its dates, and what would free cheaper ones."
    ),
    "why-early": Command(
        "priorities", "why_early", "Show what the concern about an area rests on, line by line."
    ),
    "candidates": Command(
        "candidates",
        "show_candidates",
        "Rank weeks for an activity or people for a place, or show a person's.",
    ),
    "bottlenecks": Command(
        "reasons", "bottlenecks", "Show what one more inspector, unit or start would save."
    ),
    "why-infeasible": Command(
        "reasons", "why_infeasible", "Show what clashes, and the smallest changes that would resolve it."
    ),
    "plans": Command("plan_list", "list_plans", "List every stored plan, and from which one it was made."),
    "show": Command("plans", "show", "Print a plan: figures, dates and teams."),
    "compare": Command("plans", "compare", "Compare plans side by side."),
    "options": Command(
        "sequencing", "compare_options", "Compare all options and the cheapest mix, side by side."
    ),
    "robustness": Command(
        "simulations", "robustness", "Simulate how often a plan keeps its dates, and show its slack."
    ),
    "move": Command("by_hand", "move", "Put activities into other weeks, and see what that takes."),
    "swap": Command("by_hand", "swap", "Let two activities exchange their weeks."),
    "assign": Command("by_hand", "assign", "Give somebody a place of a team."),
    "store": Command("by_hand", "store", "Keep the plan of a file as a version."),
    "publish": Command("publication", "publish", "Make a plan the published programme."),
    "confirm": Command("publication", "confirm", "Confirm the dates of a financial year."),
    "event list": Command("events", "list_", "List critical events, and what was decided."),
    "event add": Command("events", "add", "Record a critical event in an area."),
    "event show": Command("events", "show", "Show an event, its decisions and what followed."),
    "event decide": Command("events", "decide_", "Decide about an event."),
    "pins": Command("pinning", "pins", "Show what is pinned."),
    "pin week": Command("pinning", "pin_week", "Pin an activity to a week."),
    "pin place": Command("pinning", "pin_place", "Keep a place of a team for somebody."),
    "pin team": Command("pinning", "pin_team", "Keep the team that an activity has."),
    "pin off": Command("pinning", "pin_off", "Keep a person off an area."),
    "unpin week": Command("pinning", "unpin_week", "Let solves choose the week of an activity again."),
    "unpin place": Command("pinning", "unpin_place", "Let a place be anybody's again."),
    "unpin team": Command("pinning", "unpin_team", "Let every place of a team be anybody's again."),
    "unpin off": Command("pinning", "unpin_off", "Let a person work in an area again."),
    "finalise": Command("publication", "finalise", "Make dates final when they are due to be."),
    "cancel": Command("publication", "cancel", "Call an activity off, and perhaps plan it anew."),
    "timeline": Command(
        "timelines", "timeline", "Print the timetable of a review before anything is planned."
    ),
    "framework list": Command("frameworks", "list_", "List every framework, and whose file it is."),
    "framework show": Command("frameworks", "show", "Show what a framework says, and who follows it."),
    "framework check": Command("frameworks", "check", "Check a framework file, and date it for a year."),
    "framework diff": Command("frameworks", "diff", "Show what two frameworks say differently."),
    "status": Command("casework", "status", "Show what is due, what is overdue and who it is with."),
    "actions": Command("waiting_list", "actions", "List what waits for whom, since when and until when."),
    "round": Command(
        "rounds", "round_", "Show which areas have none yet of what comes again, and the time left."
    ),
    "remind": Command("daily_work", "remind", "Send the reminders that are due, each once."),
    "sign-off": Command("words", "sign_off", "Sign off a step as done."),
    "record": Command("words", "record", "Record the day on which a step actually happened, or correct it."),
    "agree": Command("words", "agree", "Agree a different day for a step."),
    "waive": Command("words", "waive", "Record the reason for which a step may break a rule."),
    "undo": Command("words", "undo", "Undo the last entry for a step, or that an activity was called off."),
    "output": Command(
        "step_outputs", "step_output", "Record what a step has produced, or a new version of it."
    ),
    "specify": Command(
        "specifications", "specify_fieldwork", "Decide which themes of a review get fieldwork, and why."
    ),
    "team confirm": Command("review_teams", "confirm", "Confirm the team of a review as its final one."),
    "undo-run": Command("runs", "undo_run", "Undo the latest run that moved steps, if nothing was sent."),
    "finding list": Command("review_findings", "list_", "List what a review finds out, by contribution."),
    "finding add": Command("review_findings", "add", "Record how a contribution ends, or why not."),
    "finding withdraw": Command("review_findings", "withdraw", "Withdraw a finding, with a reason."),
    "hypothesis list": Command(
        "review_findings", "list_hypotheses", "List the hypotheses that fieldwork tests."
    ),
    "hypothesis add": Command(
        "review_findings", "add_hypothesis", "Record what fieldwork is to test, and why."
    ),
    "hypothesis end": Command("review_findings", "end", "Confirm a hypothesis, or drop it."),
    "report show": Command("review_reports", "show", "Show a report, its comments and its versions."),
    "report write": Command("review_reports", "write", "Write a part of a report."),
    "report comment": Command("review_reports", "comment", "Record a comment on the draft of a report."),
    "report answer": Command("review_reports", "answer", "Accept or refuse a comment on the draft."),
    "report link": Command("review_reports", "link", "Name a report of its own on one service."),
    "report unlink": Command("review_reports", "unlink", "Take out a report on one service again."),
    "report export": Command("review_reports", "export", "Write a report as a page, a document or a PDF."),
    "judge": Command("judgements", "judge", "Record the grades of an activity, or show them."),
    "profile": Command(
        "performance_profiles", "show_profile", "Show the performance profile of an area in a quarter."
    ),
    "profile import": Command("performance_profiles", "import_", "Import performance profiles."),
    "profile query": Command("performance_profiles", "query", "Ask about the data of a profile."),
    "profile answer": Command(
        "performance_profiles", "answer", "Answer a query about the data of a profile."
    ),
    "inspections statement": Command(
        "inspections", "statement", "Show what becomes of other inspections in an area."
    ),
    "inspections import": Command("inspections", "import_", "Import inspections due besides the review."),
    "rate": Command("ratings", "rate_area", "Rate an area in a year, or show what is possible, and why."),
    "ratings": Command(
        "ratings", "list_ratings", "List the ratings of a year, and the profiles behind them."
    ),
    "rating letter": Command(
        "ratings", "letter", "Give the letter of a rating as a draft or final, or show it."
    ),
    "appeal list": Command("appeals", "list_", "List appeals against ratings, and how they were decided."),
    "appeal show": Command("appeals", "show", "Show an appeal, what happened in it and what is next."),
    "appeal query": Command("appeals", "query", "Record that an area asks about its rating."),
    "appeal talk": Command("appeals", "talk", "Record the talk before an appeal."),
    "appeal lodge": Command("appeals", "lodge", "Lodge an appeal of an area against its rating."),
    "appeal evidence": Command("appeals", "evidence", "Add evidence to an appeal."),
    "appeal decide": Command("appeals", "decide", "Decide an appeal, with the reasons."),
    "appeal tell": Command("appeals", "tell", "Record that the area was told the decision."),
    "appeal complaint": Command("appeals", "complaint", "Link the complaint that followed an appeal."),
    "years": Command("assessments", "years", "Show what a year is for each area, and who is not judged."),
    "assessment make": Command("assessments", "make", "Give every area its assessment of a year."),
    "assessment return": Command("assessments", "give_back", "Record that a self-assessment came back."),
    "assessment field": Command("assessments", "field", "Record that a field exercise began."),
    "assessment judge": Command("assessments", "judge", "Judge an area in a year."),
    "assessment publish": Command("assessments", "publish", "Record that the results of a year are out."),
    "assessment input": Command("assessments", "receive", "Record what another body gives to a year."),
    "assessment conversation": Command("assessments", "conversation", "Record the yearly conversation."),
    "evidence": Command("evidence_requests", "evidence", "Show the evidence asked of areas, and what came."),
    "evidence receive": Command("evidence_requests", "receive", "Record that evidence came in."),
    "evidence accept": Command("evidence_requests", "accept", "Accept what came in as complete."),
    "evidence return": Command("evidence_requests", "give_back", "Return what came in for completion."),
    "evidence not-needed": Command("evidence_requests", "not_needed", "Waive an item, with a reason."),
    "evidence held": Command("evidence_requests", "held", "Record that somebody holds an item already."),
    "evidence share": Command(
        "evidence_requests", "share", "Record that an item serves another review, too."
    ),
    "evidence file": Command("evidence_requests", "kept_file", "Write the file in which an item came."),
    "consultation": Command("consulting", "consultation", "Show whom a review consults, and what came back."),
    "consultation group": Command("consulting", "group", "Choose a local group, with grounds, or drop one."),
    "consultation held": Command("consulting", "held", "Record that a group of an area was consulted."),
    "consultation survey": Command("consulting", "survey", "Record the survey of schools, as counts."),
    "consultation study": Command("consulting", "study", "Record the study of a neighbourhood."),
    "consultation concern": Command("consulting", "concern", "Record that a child raised a concern."),
    "consultation concern-closed": Command(
        "consulting", "close_concern", "Record that a concern was answered or referred."
    ),
    "consultation fed-back": Command("consulting", "feed_back", "Record what was fed back to whom."),
    "recommendations": Command(
        "recommending", "recommendations", "List recommendations with owner, monitor and state."
    ),
    "recommendations add": Command("recommending", "add", "Record a recommendation of a review."),
    "recommendations change": Command("recommending", "change", "Change what is recommended, or to whom."),
    "recommendations withdraw": Command("recommending", "withdraw", "Withdraw a recommendation."),
    "recommendations answer": Command("recommending", "answer", "Record what the statement answers."),
    "recommendations confirm": Command("recommending", "confirm", "Confirm what an owner has done."),
    "recommendations close": Command(
        "recommending", "close", "Close a priority action by a later inspection."
    ),
    "proposed-actions": Command(
        "proposals", "proposed_actions", "List what owners do about recommendations, and by when."
    ),
    "proposed-actions add": Command("proposals", "add", "Record what is proposed, and by when."),
    "proposed-actions begin": Command("proposals", "begin", "Record that an action has begun."),
    "proposed-actions done": Command("proposals", "done", "Record that an action is done."),
    "statement": Command("proposals", "statement", "Show how a statement of proposed action stands."),
    "statement receive": Command("proposals", "receive", "Record that a statement came in."),
    "statement accept": Command("proposals", "accept", "Record who approved a statement."),
    "statement return": Command("proposals", "give_back", "Return a statement for completion."),
    "progress-checks": Command("monitoring", "progress_checks", "List checks of progress with actions."),
    "progress-checks plan": Command("monitoring", "plan", "Agree a day on which progress is checked."),
    "progress-checks held": Command("monitoring", "held", "Record what a check of progress found."),
    "interventions": Command("monitoring", "interventions", "List where the government intervenes."),
    "interventions begin": Command("monitoring", "begin", "Record that the government intervenes."),
    "interventions end": Command("monitoring", "end", "Record that an intervention has ended."),
    "offers": Command("places", "offers", "Show places in teams that are offered or declined."),
    "accept": Command("places", "accept", "Accept a place in a team."),
    "decline": Command("places", "decline", "Decline a place in a team, and see who could stand in."),
    "leave": Command("leave_days", "leave", "Enter, withdraw or show an inspector's leave, by day."),
    "circulate": Command("partners", "circulate", "Show or tick to whom the draft report was sent."),
    "contact-point": Command("partners", "contact_point", "Show or name whom to ask about a review."),
    "messages": Command(
        "mail", "messages", "Show messages that did not arrive or may not have, and settle them."
    ),
    "message": Command(
        "message_templates", "message", "List on which occasions people are told something, and why."
    ),
    "message preview": Command("message_templates", "preview", "Print a message as it would be sent."),
    "survey list": Command("questionnaires", "list_", "List questionnaires, and the rounds that were sent."),
    "survey send": Command("questionnaires", "send", "Send a questionnaire to authorities."),
    "survey answer": Command("questionnaires", "answer", "Record an answer that came by letter."),
    "survey close": Command("questionnaires", "close", "Close a round of a questionnaire."),
    "survey summary": Command("questionnaires", "summary", "Show the numbers of a round, with their bases."),
    "survey conference": Command("evaluations", "conference_", "Record a conference of an evaluation."),
    "survey suggest": Command("evaluations", "suggest", "Record what was suggested in an evaluation."),
    "survey respond": Command("evaluations", "respond_", "Say what is done about a suggestion."),
    "survey report": Command("evaluations", "report", "Show an evaluation with its suggestions and actions."),
    "responses list": Command("responses", "list_", "List summaries of responses, and who took part."),
    "responses show": Command("responses", "show", "Show the responses to a consultation, in numbers."),
    "development show": Command("developments", "show", "Show how far the development of an inspection is."),
    "development done": Command("developments", "done", "Record that a task of a development is done."),
    "development trial": Command("developments", "trial", "Record a trial of a method."),
    "development lesson": Command(
        "developments", "lesson_", "Record what a trial taught, or decide about it."
    ),
    "preparation show": Command("preparation", "show", "Show how an authority's group prepares."),
    "preparation start": Command("preparation", "start", "Start the group of your area."),
    "preparation member": Command("preparation", "member", "Add a member to the group."),
    "preparation chair": Command("preparation", "chair", "Hand the chair over to a member."),
    "preparation lead": Command("preparation", "lead", "Name who leads on a subject."),
    "preparation meeting": Command("preparation", "meeting", "Record a meeting of the group."),
    "preparation task": Command("preparation", "task_", "Add a task with its owner and day."),
    "preparation done": Command("preparation", "done", "Record that a task is done."),
    "preparation evaluation": Command("preparation", "evaluation", "Evaluate your own work."),
    "preparation mock": Command("preparation", "mock", "Record a mock inspection."),
    "account list": Command("accounts", "list_", "List who may sign in to the console, and as what."),
    "account add": Command("accounts", "add", "Add an account, with a one-time password."),
    "account roles": Command("accounts", "roles", "Give an account other roles."),
    "account password": Command("accounts", "password", "Give an account a new one-time password."),
    "account lock": Command("accounts", "lock", "Lock an account, and sign its owner out."),
    "account unlock": Command("accounts", "unlock", "Unlock an account."),
    "account remove": Command("accounts", "remove", "Remove an account."),
    "log": Command("audit_log", "log", "Print the audit log: who changed what, when and why."),
    "export": Command("exports", "export", "Export a plan as a picture, a page, a workbook or a calendar."),
    "export facts": Command("exports", "export_facts", "Write the facts as import files again."),
    "up": Command("system", "up", "Start Prefect, the flows and the console."),
    "sync": Command("system", "sync", "Rebuild Prefect's objects from the database."),
}
"""Every command, in the order of the list; its file is only imported when it is called."""


def command_named(name: str) -> Any:
    """One command with its arguments and options; KeyError if there is none of that name."""
    command = COMMANDS[name]
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    function = getattr(import_module(f"cli.commands.{command.module}"), command.function)
    app.command(name, short_help=command.short_help)(function)
    return taking_pairs(in_words(typer.main.get_command(app)))


class Commands(TyperGroup):
    """The group of all commands. Most need tables or solvers, which take a second to import: each pays for its own."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        from config.logs import set_up_logging

        set_up_logging()
        command = command_named(cmd_name)
        _collect_again()
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first words name: two of them, if there is such a command, else one."""
        if (name := " ".join(args[:2])) in COMMANDS:
            return name, self.get_command(ctx, name), args[2:]
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.short_help) for name, command in COMMANDS.items()])


app = typer.Typer(
    cls=Commands,
    name="jarcycle",
    help="Plan and run the joint area review cycle.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit codes: 0 done, 1 unexpected error, 2 wrong usage, 3 invalid input, 4 proven impossible, "
    "5 no plan in time, 6 violations found or verification refused, "
    "7 messages not sent, 130 interrupted (the best plan is kept).",
)


@app.callback()
def _jarcycle(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=lambda asked: _show_version(asked), help="Print the version."
        ),
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str]) -> int:
    """Run one command; data on stdout, words on stderr."""
    as_json = "--json" in arguments
    command = typer.main.get_command(app)
    try:
        # Not `app(...)`: that would turn Ctrl-C into an exit code before we could say anything.
        with command.make_context("jarcycle", list(arguments) or ["--help"]) as context:
            return int(command.invoke(context) or ExitCode.DONE)
    except typer.Exit as ended:
        return int(ended.exit_code)
    except BrokenPipeError:
        return ExitCode.DONE  # whoever reads has read enough
    except (Exception, KeyboardInterrupt) as error:
        return _reported(error, as_json)


def run() -> None:
    """The console script."""
    gc.disable()  # nothing that is imported becomes rubbish, and looking for it takes an eighth of the start
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter is no reason to fail
    start_private()
    sys.exit(_flushed(main(sys.argv[1:])))


def _collect_again() -> None:
    """End what `run` began: what is imported by now stays, and is never looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _flushed(code: int) -> int:
    """Write out what is still in memory, so that a full disk is reported and a closed pipe is not."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Python would try once more at its end, and complain in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code if isinstance(error, BrokenPipeError) else _reported(error, as_json=False)
    return code


def _reported(error: BaseException, as_json: bool) -> int:
    from cli.shown.errors import failure_of, report  # it knows the errors of all libraries, and imports them

    return report(failure_of(error), as_json)


def _show_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"jarcycle {version('jarcycle')}\n")
        raise typer.Exit
