"""What it costs to change what was announced: the shorter the notice already given, the dearer."""

from pydantic import Field

from scheduler.values.problem import Activity, Published
from scheduler.values.value import NonNegative, Positive, Value, Week


class NoticePrice(Value):
    """Prices for activities that begin less than `below_weeks` from now (term 'stability')."""

    below_weeks: Positive
    move: NonNegative
    per_week: NonNegative


class StabilityRule(Value):
    """How a published plan is protected.

    What begins within `frozen_weeks` of the present week (half-open) keeps its dates, unless the event itself
    makes them impossible. The first of `by_notice` that applies prices a move, else `otherwise`. Prices that
    the problem has already (by precision, R018) hold where they are higher.
    """

    frozen_weeks: NonNegative = 6
    by_notice: tuple[NoticePrice, ...] = (
        NoticePrice(below_weeks=13, move=200, per_week=20),
        NoticePrice(below_weeks=26, move=40, per_week=4),
    )
    otherwise: NoticePrice = Field(default=NoticePrice(below_weeks=10_000, move=10, per_week=1))

    def price(self, notice_weeks: int) -> NoticePrice:
        """The prices of moving an activity that begins in so many weeks."""
        return next((price for price in self.by_notice if notice_weeks < price.below_weeks), self.otherwise)

    def published(
        self, activity: Activity, starts: tuple[Week, ...], members: tuple[str, ...], now_week: Week
    ) -> Published:
        """What is announced for an activity by the plan that has these dates and this team."""
        price, before = self.price(starts[0] - now_week), activity.published
        return Published(
            starts=starts,
            members=members,
            move_price=max(price.move, before.move_price if before else 0),
            move_price_per_week=max(price.per_week, before.move_price_per_week if before else 0),
            is_frozen=before.is_frozen if before else False,
        )
