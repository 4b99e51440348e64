"""`framework list`, `show`, `check` and `diff`: what kinds of activity there are, and what each file says."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import arguments
from cli.shown.output import print_json, print_table, say
from config.findings import Finding
from config.framework import Framework
from config.framework_diff import differences
from config.framework_files import (
    InvalidFramework,
    check_file,
    find_framework,
    frameworks,
    is_our_name,
    is_own,
    load_framework,
)
from models import session
from models.opening import NoDatabase
from reports.words import date_in_words, plural
from services.bootstrap import open_database
from services.casework.framework_trial import WEEKS, Clash, try_out
from services.kept_frameworks import EarlierText, earlier_texts, find_kept
from services.shown.framework_lines import (
    CERTAINTY_COLUMNS,
    CONTRIBUTION_COLUMNS,
    STAGE_COLUMNS,
    STEP_COLUMNS,
    certainty_rows,
    contribution_rows,
    earlier_in_words,
    sentences,
    stage_rows,
    step_rows,
)

Name = Annotated[
    str,
    typer.Argument(
        metavar="FRAMEWORK",
        help="Its identifier, its file, or IDENTIFIER@TEXT, as `framework show` names an earlier text.",
    ),
]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Another one, named the same ways.")]


def list_(as_json: arguments.Json = False) -> None:
    """List every framework: its kind, status, days, and whose file it is."""
    rows = [_listed(framework) for framework in frameworks().values()]
    if as_json:
        print_json(rows)
        return
    print_table("Frameworks", tuple(rows[0]), (tuple(row.values()) for row in rows))


def show(framework: Name, as_json: arguments.Json = False) -> None:
    """Show what a framework says: stages, steps, how sure its figures are, who still follows an earlier text."""
    found = _named(framework)
    earlier = [text for text in _earlier() if text.framework_id == found.id]
    if as_json:
        print_json({**json.loads(found.document()), "fingerprint": found.fingerprint(), "earlier": earlier})
        return
    print_table(found.name, STAGE_COLUMNS, stage_rows(found))
    print_table("Steps", STEP_COLUMNS, step_rows(found))
    if found.contributions:
        print_table("What is found out", CONTRIBUTION_COLUMNS, contribution_rows(found))
    if certain := list(certainty_rows(found)):
        print_table("How sure the figures are", CERTAINTY_COLUMNS, certain)
    for sentence in sentences(found):
        say(sentence)
    for text in earlier:
        for sentence in earlier_in_words(text):
            say(sentence)


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A framework file (TOML), wherever it is.")],
    as_json: arguments.Json = False,
) -> None:
    """Check a framework file as if it were in the folder `frameworks` of the home, and date it for a year."""
    found = check_file(file)
    clashes = try_out(found)
    if always := [clash for clash in clashes if clash.is_always]:
        raise InvalidFramework(_finding(file, clash) for clash in always)
    if as_json:
        print_json({"id": found.id, "fingerprint": found.fingerprint(), "clashes": clashes})
        return
    for clash in clashes:
        say(f"{clash.step}: from {clash.mondays} of {WEEKS} Mondays {clash.words}.")
    steps, stages = plural(len(found.steps), "step"), plural(len(found.stages), "planned stage")
    say(f"{file.name} is right: {steps}, {stages}.")


def diff(framework: Name, other: Other, as_json: arguments.Json = False) -> None:
    """Show what two frameworks say differently, key by key."""
    found = differences(_named(framework), _named(other))
    if as_json:
        print_json(found)
        return
    if found:
        rows = ((item.key, _value(item.before), _value(item.after)) for item in found)
        print_table("Differences", ("key", framework, other), rows)
    say(f"{plural(len(found), 'key')} differ{'s' * (len(found) == 1)}." if found else "Both say the same.")


def _named(name: str) -> Framework:
    """By its file, by its id and a kept text, or by its id alone."""
    if name.endswith(".toml"):
        return load_framework(Path(name))
    framework_id, at, fingerprint = name.partition("@")
    if not at:
        return find_framework(name)
    with session(open_database(), read_only=True) as opened:
        return find_kept(opened, framework_id, fingerprint)


def _earlier() -> list[EarlierText]:
    """Earlier texts that are still followed; none where there is no database yet."""
    try:
        engine = open_database()
    except NoDatabase:
        return []
    with session(engine, read_only=True) as opened:
        return earlier_texts(opened, frameworks())


def _listed(framework: Framework) -> dict[str, Any]:
    whose = "jarcycle's"
    if is_own(framework.id):
        whose = "yours, in place of jarcycle's" if is_our_name(framework.id) else "yours"
    return {
        "id": framework.id,
        "kind": framework.kind,
        "name": framework.name,
        "status": framework.status,
        "from": date_in_words(framework.valid_from),
        "to, not included": date_in_words(framework.valid_to) if framework.valid_to else "",
        "whose": whose,
    }


def _finding(file: Path, clash: Clash) -> Finding:
    advice = "Change how one of the two is counted, or leave out the order."
    return Finding(file.name, f"steps.{clash.step}", f"whenever it starts, {clash.words}.", advice)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "-" if value is None else str(value)
