"""Ways to say a difference: "14 instead of 30", "$50 on 1 Jan 2026 more"."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tierlogic.language import number, say, to_say
from tierlogic.money import amount_in_words
from tierlogic.scenario import Scenario

Words = Iterator[str]

_MOST_ENTRIES = 4
"""Differing purchases, and past days, that are said one by one."""
ONE_INSTEAD = to_say("{here} instead of {there}")
_UNITS = ((10**12, "T"), (10**9, "B"), (10**6, "M"))


def instead(sentence: str, here: str, there: str) -> Words:
    """Say both where they differ.

    Args:
        sentence: marked by `to_say`; both stand in it as {here} and {there}.
        here: in words.
        there: what the base has in its place.
    """
    if here != there:
        yield say(sentence, here=here, there=there)


def entries(here: Sequence[str], there: Sequence[str], *, reordered: str, many: str) -> Words:
    """Say which entries of a list are more, less or others.

    Args:
        here: each entry in words.
        there: those of the base.
        reordered: what is said where only the order differs, marked by `to_say`.
        many: what is said where most of them differ, marked by `to_say`; their numbers stand in it
            as {here} and {there}.
    """
    more = list((Counter(here) - Counter(there)).elements())
    less = list((Counter(there) - Counter(here)).elements())
    if not more and not less:
        if here != there:
            yield say(reordered)
        return
    if len(more) + len(less) > 2 * _MOST_ENTRIES:
        yield say(many, here=number(len(more)), there=number(len(less)))
        return
    both = min(len(more), len(less))
    for mine, other in zip(more[:both], less[:both], strict=True):
        yield from instead(ONE_INSTEAD, mine, other)
    yield from (say("{entry} more", entry=mine) for mine in more[both:])
    yield from (say("{entry} less", entry=other) for other in less[both:])


def numbers(sentence: str, here: float, there: float) -> Words:
    """Say two numbers where they differ, as `instead` does."""
    yield from instead(sentence, plain(here), plain(there))


def tokens(sentence: str, here: float | None, there: float | None) -> Words:
    """Say two numbers of tokens where they differ, as `instead` does."""
    yield from instead(sentence, count_in_words(here), count_in_words(there))


def shares(sentence: str, here: float, there: float) -> Words:
    """Say two shares where they differ, in percent, as `instead` does."""
    yield from instead(sentence, _percent(here), _percent(there))


def count_in_words(tokens: float | None) -> str:
    """Say a count in full, and a round one in millions: "2.5M", "800", "1,234,567"."""
    if tokens is None:
        return say("an unknown number of")
    for unit, letter in _UNITS:
        if tokens >= unit and tokens % (unit / 1000) == 0:
            return f"{plain(tokens / unit)}{letter}"
    return number(int(tokens)) if float(tokens).is_integer() else number(tokens, "")


def _percent(share: float) -> str:
    return f"{plain(Decimal(str(share)) * 100)}%"


def plain(value: Decimal | float) -> str:
    """Say a number in full, without an exponent."""
    return number(Decimal(str(value)).normalize() + 0, "f")


def money(scenario: Scenario, amount: Decimal) -> str:
    """Say an amount in a scenario's currency."""
    return amount_in_words(amount, scenario.rules.currency)
