"""How `replan` prints its report: a table of the plans to choose from, then what moves in each of them."""

from cli.shown.output import print_table, say
from services.shown.replan_report import COLUMNS, ReplanReport


def tell(report: ReplanReport) -> None:
    """Say everything that a report tells."""
    for line in report.first:
        say(line)
    if report.plans:
        print_table("Replanned", COLUMNS, [plan.row for plan in report.plans])
    for number, plan in enumerate(report.plans):
        if number:
            say(f"With the {plan.best_at}:")
        for line in plan.lines:
            say(line)
    for line in report.last:
        say(line)
