"""What was answered, as numbers with their base; for readers outside without small numbers (R182, R194)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from config.questionnaire import Question, Questionnaire
from services.questionnaires.answering import COMMENT, Said

TEXTS = ("up_to", "text")


@dataclass(frozen=True)
class Share:
    """A part of a base, both in authorities: no per cent without it. Of a number too small to tell it is None."""

    number: int | None
    base: int

    @property
    def per_cent(self) -> float | None:
        """Of the base, with one decimal; None where the number is not told or nobody is in the base."""
        return None if self.number is None or not self.base else round(100 * self.number / self.base, 1)

    def in_words(self) -> str:
        """'59 of 152 (38.8%)'; a number that is not told has none."""
        if self.number is None:
            return "too few to show"
        return f"{self.number} of {self.base}" + ("" if self.per_cent is None else f" ({self.per_cent}%)")


@dataclass(frozen=True)
class Counted:
    """One question: its base (who answered it), how many left it out, and how many chose what, in order of the choices.

    `of_which` is how many of the base said yes to the question `of_which_text`. `texts` are what was written, for
    readers inside alone; `num_texts` how many wrote something. A base that is too small to tell is None.
    """

    id: str
    text: str
    kind: str
    base: int | None
    unanswered: int | None
    choices: tuple[tuple[str, Share], ...] = ()
    of_which_text: str = ""
    of_which: Share | None = None
    num_texts: int | None = 0
    texts: tuple[str, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether so few answered that nothing of it is told."""
        return self.base is None


def count(asked: Questionnaire, answers: Sequence[Said]) -> tuple[Counted, ...]:
    """Each question with its numbers, in the order in which they are asked."""
    return tuple(_counted(asked, question, answers) for question in asked.questions)


def for_outside(asked: Questionnaire, counted: Sequence[Counted]) -> tuple[Counted, ...]:
    """The same without texts, and without numbers of authorities so small that they would give one away."""
    return tuple(_for_outside(question, asked.smallest_shown) for question in counted)


def _counted(asked: Questionnaire, question: Question, answers: Sequence[Said]) -> Counted:
    given = [said for said in answers if question.id in said]
    chosen = Counter(str(said[question.id]) for said in given)
    base = len(given)
    texts = tuple(text for said in answers for text in _texts(question, said))
    of_which = None
    if question.of_which is not None:
        of_which = Share(sum(said.get(question.of_which) == "yes" for said in given), base)
    return Counted(
        id=question.id,
        text=question.text,
        kind=question.kind,
        base=base,
        unanswered=len(answers) - base,
        choices=tuple((words, Share(chosen[choice], base)) for choice, words in question.choices.items()),
        of_which_text="" if question.of_which is None else asked.question(question.of_which).text,
        of_which=of_which,
        num_texts=sum(bool(_texts(question, said)) for said in answers),
        texts=texts,
    )


def _texts(question: Question, said: Said) -> list[str]:
    value = said.get(question.id if question.kind in TEXTS else f"{question.id}{COMMENT}", [])
    return [value] if isinstance(value, str) else value


def _for_outside(counted: Counted, smallest: int) -> Counted:
    without = replace(counted, texts=(), num_texts=_told(counted.num_texts, smallest))
    if _told(counted.base, smallest) is None:
        return replace(without, base=None, unanswered=None, choices=(), of_which=None, num_texts=None)
    of_which = counted.of_which
    if of_which is not None and not _is_told(of_which.number, smallest, of_which.base):
        of_which = replace(of_which, number=None)
    return replace(
        without,
        choices=_choices(counted.choices, smallest),
        of_which=of_which,
    )


def _choices(choices: tuple[tuple[str, Share], ...], smallest: int) -> tuple[tuple[str, Share], ...]:
    """Too small numbers are left out, and with a single one the next smallest too: else the base would tell it."""
    left_out = {words for words, share in choices if _told(share.number, smallest) is None}
    if len(left_out) == 1:
        others = [
            (share.number or 0, words) for words, share in choices if words not in left_out and share.number
        ]
        left_out |= {min(others)[1]} if others else set()
    return tuple(
        (words, replace(share, number=None) if words in left_out else share) for words, share in choices
    )


def _told(number: int | None, smallest: int) -> int | None:
    """The number, if it is nobody's or that of enough authorities."""
    return None if number is not None and 0 < number < smallest else number


def _is_told(number: int | None, smallest: int, base: int) -> bool:
    """Whether neither a number nor what is left of its base gives anybody away."""
    return number is not None and None not in (_told(number, smallest), _told(base - number, smallest))
