"""`undo-run`: taking back a run of the daily work that was made for a wrong day."""

from cli.asked import Asked, changing
from cli.shown.output import print_json, say
from reports.words import date_in_words, plural
from services.casework.undone_runs import UndoneRun
from services.casework.undone_runs import undo_run as take_back


@changing()
def undo_run(*, asked: Asked) -> None:
    """Undo the latest run that moved steps, as long as no message of its day has gone out; needs --why.

    Steps become what they were, and reminders and evidence requests that are not due by today are forgotten. Repeat it
    to undo the run before.
    """
    undone: UndoneRun = asked.changed(lambda opened: take_back(opened, asked.word))
    if asked.as_json:
        print_json(undone)
        return
    say(
        f"The run of {date_in_words(undone.as_of)} is undone: {plural(len(undone.steps), 'step')} as before, "
        f"{plural(undone.reminders, 'reminder')} and {plural(undone.requests, 'request')} for evidence forgotten."
    )
