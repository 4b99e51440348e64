"""The rules by which areas are rated on a day."""

from datetime import date

from config.rating_files import rating_regimes, regime_holding_on
from config.ratings import RatingRegime
from reports.words import date_in_words
from services.errors import Refused


def regime_on(day: date) -> RatingRegime:
    """The regime that holds on a day; Refused if there is none, with the days of those that there are (R139)."""
    found = regime_holding_on(day)
    if found is None:
        spans = ", ".join(
            f"{one.id} from {one.valid_from} to {one.valid_to or 'further notice'}"
            for one in rating_regimes().values()
        )
        advice = f"Try another day: {spans}." if spans else "Add a file to the folder ratings of the home."
        raise Refused.because("ratings", f"no rating regime holds on {date_in_words(day)}.", advice, "R139")
    return found
