"""What a programme wants, as prices: delay, distance, moves, travel, fairness.

All prices are whole numbers in one unit: what it costs to start one activity of the lowest urgency one week later.
"""

from typing import Literal

from pydantic import Field, model_validator

from config.entry import Entry, Key, Positive, Whole

LEVELS_OF_URGENCY = 10
PeriodKind = Literal["financial_year", "calendar_year", "quarter", "term"]


class CappedPrice(Entry):
    """A price per week that stops rising at `cap_weeks`."""

    price_per_week: Whole
    cap_weeks: Positive


class MovePrice(Entry):
    """What it costs to move an announced stage: once, and per week of distance."""

    move: Whole
    per_week: Whole


class StabilityPrices(Entry):
    """The price of moving what was announced, by the precision of its dates (R018)."""

    indicative: MovePrice
    confirmed: MovePrice
    final: MovePrice


class TravelAndFairness(Entry):
    """Prices of the cost of people: kilometre from home, review above `fair_share` in a period, person changed."""

    per_km: Whole
    per_review_over_share: Whole
    fair_share: Whole
    fair_period: PeriodKind
    per_person_changed: Whole


class Prices(Entry):
    """Prices of the objective's terms.

    `urgency` is the price of one week of delay of a review for urgency 1 (no concern) to 10 (R023-R027);
    `delay` the same for kinds that wait at one price, whatever the area's urgency. `stretch` is the price of each
    clear week above the normal two (R049). `lag` prices each week beyond the first allowed one of options 1 and 2
    (R030, R032); `apart` each clear week short of its cap under option 4 (R036).
    """

    urgency: tuple[Whole, ...] = Field(min_length=LEVELS_OF_URGENCY, max_length=LEVELS_OF_URGENCY)
    delay: dict[Key, Whole] = Field(default_factory=dict)
    stretch: Whole
    lag: Whole
    apart: CappedPrice
    stability: StabilityPrices
    people: TravelAndFairness

    def urgency_price(self, urgency: int) -> int:
        """Price of a week of delay for an urgency from 1 to 10."""
        return self.urgency[min(max(urgency, 1), LEVELS_OF_URGENCY) - 1]

    @model_validator(mode="after")
    def _more_urgent_is_not_cheaper(self) -> "Prices":
        if any(later < earlier for earlier, later in zip(self.urgency, self.urgency[1:], strict=False)):
            raise ValueError(
                "urgency prices must not fall: graver concern could then mean a later review (R027)"
            )
        return self
