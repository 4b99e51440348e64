"""The place in a team that a message offers to its reader: by when they say whether they take it, and how."""

from datetime import date
from urllib.parse import urlencode

from sqlalchemy import func
from sqlmodel import Session, col, select

from config.codes import in_name
from models import Activity, Inspector
from services.casework.announcements import CHANGED, JOINED, News
from services.casework.offered_places import OFFERED, Place, places_of
from services.days.weeks import day_before
from services.days.working_days import add_working_days, previous_working_day
from services.messages.values import Offer
from services.programme import Rules


def offer_of(activity: str, inspector: str, answer_by: date, address: str) -> Offer:
    """The offer of a place, by codes; `address` is where the console is, blank if the settings do not say."""
    page = f"/people/{in_name(inspector)}/place?{urlencode({'activity': activity})}"
    return Offer(
        answer_by,
        f"jarcycle accept {activity} {inspector}",
        f"jarcycle decline {activity} {inspector} --why TEXT",
        f"{address}{page}" if address else "",
    )


class Offers:
    """Finds what is offered; the places of an activity are read once."""

    def __init__(self, session: Session, rules: Rules, as_of: date, address: str = "") -> None:
        self._session, self._rules, self._as_of, self._address = session, rules, as_of, address
        self._places: dict[str, list[Place]] = {}

    def of(self, news: News) -> Offer | None:
        """What is offered with news; None if it offers nothing, is answered, or the team is at work already.

        Who joins a team is offered a place, and whoever has one is offered it anew when its first day moves (R055).
        """
        is_member = news.person.role in self._rules.of(news.activity).team_roles
        if not is_member or not (news.occasion == JOINED or (news.occasion == CHANGED and news.is_new_plan)):
            return None
        codes = set(
            self._session.exec(
                select(Inspector.code).where(func.lower(col(Inspector.email)) == news.person.mailbox)
            )
        )
        for place in self._of(news.activity):
            if place.inspector in codes and place.state == OFFERED and place.first_day > self._as_of:
                return self._offer(place)
        return None

    def _offer(self, place: Place) -> Offer:
        within = add_working_days(self._as_of, self._rules.policy.reminders.answer_within)
        last = previous_working_day(day_before(place.first_day))
        answer_by = max(self._as_of, min(within, last))
        return offer_of(place.activity, place.inspector, answer_by, self._address)

    def _of(self, activity: Activity) -> list[Place]:
        if activity.code not in self._places:
            self._places[activity.code] = places_of(self._session, activity)
        return self._places[activity.code]
