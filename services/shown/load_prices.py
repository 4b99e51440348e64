"""What one more of something would save, as far as the published plan proves it: the prices of its bound, in words."""

from datetime import date

from sqlmodel import Session

from scheduler.explaining.bottleneck_prices import bottlenecks
from services.days.weeks import week_monday
from services.naming.names import Names
from services.naming.people import names_of_inspectors
from services.plans.plan_store import load_plan, published_version
from services.shown.reasons.answers import bottleneck_in_words

MOST_PRICES = 10


def prices_in_words(session: Session, as_of: date) -> tuple[str, ...]:
    """The dearest bottlenecks of weeks to come, the dearest first; none where the bound of the plan was not kept."""
    published = published_version(session)
    if published is None or published.version is None:
        return ()
    stored = load_plan(session, published.version)
    names = Names(stored.problem, names_of_inspectors(session))
    for certificate in stored.plan.certificates:
        if certificate.kind == "dates" and certificate.problem_hash == stored.problem.hash:
            first = stored.problem.first_monday
            ahead = [
                bottleneck
                for bottleneck in bottlenecks(stored.problem, certificate)
                if week_monday(first, bottleneck.span.end) > as_of
            ]
            return tuple(bottleneck_in_words(names, bottleneck) for bottleneck in ahead[:MOST_PRICES])
    return ()
