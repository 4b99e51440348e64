"""What a policy says of concern: which published judgements count, and how many points each value gives."""

from pydantic import Field, model_validator

from config.entry import Entry, Key, Whole, Words

LEAST, GRAVEST = 1, 10
"""The ends of the index of concern: none, and the gravest (R027)."""


class Measure(Entry):
    """A published judgement that counts towards concern: its name, and the points of each of its values (R023-R025)."""

    name: Words
    points: dict[str, Whole] = Field(min_length=1)


class ConcernRules(Entry):
    """How grave the concern about an area is, from what was published about it (R023-R027).

    The points of its newest value of each of the `measures` add up to the index, 1 to 10. Each other inspection that is
    due in an area lowers the wish for an early review there by `load_lowers` points, and never the concern (R026).
    """

    measures: dict[Key, Measure] = Field(default_factory=dict)
    load_lowers: Whole = 0

    @model_validator(mode="after")
    def _values_are_in_small_letters(self) -> "ConcernRules":
        for key, measure in self.measures.items():
            for value in measure.points:
                if value != value.strip().lower():
                    raise ValueError(f"value '{value}' of {key} must be in small letters")
        return self
