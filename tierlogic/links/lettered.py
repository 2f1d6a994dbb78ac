"""Several plans in one link: the first plan's parameters bare, the others' under a letter.

Under b. to f. stands only what differs from the first plan: b.tokens=5000000. NEVER CHANGE what
follows, published links rely on it. A parameter that is absent under a letter is as in the first
plan, whether it was given there or not. What the first has and another lacks is b.buy=none; a
usage line that the other lacks is b.tokens.2=none. A letter that never stands is no plan, so a
plan equal to the first still writes its title.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from tierlogic.language import say
from tierlogic.links.asked import PARAMETERS
from tierlogic.links.names import (
    IGNORED,
    LETTERS,
    LINE_FIELDS,
    LISTS,
    MOST_PLANS,
    WRITTEN_IF_GIVEN,
    Query,
)

Parameters = dict[str, list[str]]

_NONE = ["none"]
_LETTERED = re.compile(rf"(?P<letter>[{LETTERS[1:]}])\.(?P<name>.+)", re.ASCII | re.DOTALL)
_ANY_LETTER = re.compile(r"[a-z]\..+", re.ASCII | re.DOTALL)


def letters_for(plans: int) -> str:
    """Return the letters of so many plans.

    Raises:
        ValueError: a link does not hold so many, or none.
    """
    if not 1 <= plans <= MOST_PLANS:
        raise ValueError(f"a link holds 1 to {MOST_PLANS} plans, not {plans}; leave some out")
    return LETTERS[:plans]


@dataclass(frozen=True)
class Lettering:
    """How plans share a link whose parameters have these names."""

    of_the_link: Collection[str]
    """Parameters that a plan has no part in; they have no letter."""
    of_a_line: Collection[str]
    """Parameters of a usage line, without its number."""
    may_lack: Collection[str]
    """Other parameters that a plan may be without; under a letter "none" says so."""

    def split(self, query: Query) -> tuple[Parameters, dict[str, Parameters]]:
        """Split a link's parameters into the bare ones and those of each letter, by letter."""
        bare: Parameters = {}
        under: dict[str, Parameters] = {}
        for name, given in query.items():
            match = _LETTERED.fullmatch(name)
            if match and match["name"] not in self.of_the_link:
                under.setdefault(match["letter"], {})[match["name"]] = list(given)
            else:
                bare[name] = list(given)
        return bare, dict(sorted(under.items()))

    def differing(self, first: Query, other: Query, letter: str) -> Parameters:
        """Write a plan's parameters as far as they differ from the first plan's."""
        changed = {name: list(given) for name, given in other.items() if first.get(name) != given}
        # A line that is not there wants no tokens: that one parameter says it.
        without = {
            name: list(_NONE)
            for name in first
            if name not in other and (self._line(name) is None or _is_tokens(name))
        }
        found = {"title": list(other["title"]), **changed, **without}
        return {f"{letter}.{name}": given for name, given in found.items()}

    def completed(self, first: Query, under: Query) -> Parameters:
        """Add to a letter's parameters what is as in the first plan.

        Args:
            first: the bare parameters.
            under: those of the letter, without it.
        """
        without = {
            name
            for name, given in under.items()
            if list(given) == _NONE and (name in self.may_lack or _is_tokens(name))
        }
        lines = {self._line(name) for name in without} - {None}
        inherited = {name: given for name, given in first.items() if self._line(name) not in lines}
        whole = {**inherited, **under}
        return {name: list(given) for name, given in whole.items() if name not in without}

    def _line(self, name: str) -> str | None:
        """The number of the usage line that a parameter is of; None: of no line."""
        bare, _, number = name.partition(".")
        return number or "1" if bare in self.of_a_line else None


def refused(name: str) -> str | None:
    """Say why a parameter with a letter is none of a link's; None where it has no letter."""
    if not _ANY_LETTER.fullmatch(name):
        return None
    return say(
        "is not a parameter of a link, which holds {plans} plans at most: one without a "
        "letter and {first} to {last}; left out",
        plans=MOST_PLANS,
        first=LETTERS[1],
        last=LETTERS[-1],
    )


def _is_tokens(name: str) -> bool:
    return name.partition(".")[0] == "tokens"


LETTERING = Lettering(
    of_the_link={"v", *IGNORED, *PARAMETERS},
    of_a_line=set(LINE_FIELDS),
    may_lack={*LISTS, *WRITTEN_IF_GIVEN},
)
