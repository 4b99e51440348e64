"""Finding what people name, by its code or by its name; else the candidates."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from services.errors import NotFound, Refused

MOST_NEAR = 3


@dataclass(frozen=True)
class Named:
    """Something with a code, a name, and perhaps further codes that mean the same."""

    code: str
    name: str
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.code if self.name == self.code else f"{self.name} ({self.code})"

    @property
    def codes(self) -> tuple[str, ...]:
        """Everything but its name that stands for it alone."""
        return tuple(word for word in (self.code, *self.others) if word)


def find_named(kind: str, text: str, known: Sequence[Named], otherwise: str) -> Named:
    """What a text stands for: a code comes before a name; capital letters don't matter.

    Parameters
    ----------
    kind
        What is looked for, in the singular: 'area', 'inspector'.
    otherwise
        The advice where nothing has a similar name.

    Raises
    ------
    NotFound
        If there is none, with those whose code or name is most similar.
    Refused
        If several have that name, with their codes.
    """
    wanted = text.strip().casefold()
    for named in known:
        if wanted in (code.casefold() for code in named.codes):
            return named
    found = [named for named in known if named.name.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused.because(
            f"{kind} {text}",
            f"{len(found)} have that name.",
            f"Use a code: {', '.join(named.code for named in found)}.",
        )
    near = most_like(wanted, known)
    advice = f"Try {' or '.join(map(str, near))}." if near else otherwise
    raise NotFound(f"{kind} {text}", f"there is no such {kind}.", advice)


def most_like(wanted: str, known: Sequence[Named]) -> list[Named]:
    """Those whose name or code has a word that begins so, or looks similar."""
    by_word = {word.casefold(): named for named in known for word in (*named.codes, named.name)}
    words = [word for word in by_word if len(wanted) > 2 and f" {wanted}" in f" {word}"]
    words += difflib.get_close_matches(wanted, by_word, n=MOST_NEAR, cutoff=0.6)
    return list(dict.fromkeys(by_word[word] for word in words))[:MOST_NEAR]
