"""What a change by hand means, as a planner reads it and as `--json` says it."""

from typing import Any

from cli.shown.output import plain, print_table, say
from services.plans.by_hand import ByHand
from services.shown.consequence_tables import broken_lines, change_tables, first_lines, told_line, told_table


def document(made: ByHand, number: int | None) -> dict[str, Any]:
    """One document: the draft's number (None: nothing is stored), the plan it was made from, and what it means."""
    return {
        "plan": number,
        "made_from": made.source.version,
        "what": made.what,
        "has_facts_of_now": made.source.has_facts_of_now,
        "why_changed": made.source.why_changed,
        "keeps_rules": made.consequences.keeps_rules,
        **plain(made.consequences),
    }


def tell(made: ByHand) -> None:
    """The whole of it in words and tables."""
    for line in first_lines(made):
        say(line)
    for table in change_tables(made):
        print_table(*table)
    for line in broken_lines(made):
        say(line)
    if (told := told_table(made)) is not None:
        print_table(*told)
    say(told_line(made))
