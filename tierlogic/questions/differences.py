"""Ways to say a difference: "14 instead of 30", "$50 on 1 Jan 2026 more"."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tierlogic.money import amount_in_words
from tierlogic.scenario import Scenario

Words = Iterator[str]

_MOST_ENTRIES = 4
"""Differing purchases, and past days, that are said one by one."""
_UNITS = ((10**12, "T"), (10**9, "B"), (10**6, "M"))


def instead(words: str, here: str, there: str) -> Words:
    """Say both where they differ; the words hold {} for the first."""
    if here != there:
        yield f"{words.format(here)} instead of {there}"


def entries(what: str, here: Sequence[str], there: Sequence[str]) -> Words:
    """Say which entries of a list are more, less or others."""
    more = list((Counter(here) - Counter(there)).elements())
    less = list((Counter(there) - Counter(here)).elements())
    if not more and not less:
        if here != there:
            yield f"{what} in another order"
        return
    if len(more) + len(less) > 2 * _MOST_ENTRIES:
        yield f"{len(more)} other {what} instead of {len(less)}"
        return
    both = min(len(more), len(less))
    yield from (
        f"{mine} instead of {other}" for mine, other in zip(more[:both], less[:both], strict=True)
    )
    yield from (f"{mine} more" for mine in more[both:])
    yield from (f"{other} less" for other in less[both:])


def numbers(words: str, here: float, there: float) -> Words:
    """Say two numbers where they differ."""
    yield from instead(words, plain(here), plain(there))


def tokens(words: str, here: float | None, there: float | None) -> Words:
    """Say two numbers of tokens where they differ."""
    yield from instead(words, count_in_words(here), count_in_words(there))


def shares(words: str, here: float, there: float) -> Words:
    """Say two shares where they differ, in percent."""
    yield from instead(words, _percent(here), _percent(there))


def count_in_words(tokens: float | None) -> str:
    """Say a count in full, and a round one in millions: "2.5M", "800", "1,234,567"."""
    if tokens is None:
        return "an unknown number of"
    for unit, letter in _UNITS:
        if tokens >= unit and tokens % (unit / 1000) == 0:
            return f"{plain(tokens / unit)}{letter}"
    return f"{int(tokens):,}" if float(tokens).is_integer() else str(tokens)


def _percent(share: float) -> str:
    return f"{plain(Decimal(str(share)) * 100)}%"


def plain(number: Decimal | float) -> str:
    """Say a number in full, without an exponent."""
    return f"{Decimal(str(number)).normalize() + 0:f}"


def money(scenario: Scenario, amount: Decimal) -> str:
    """Say an amount in a scenario's currency."""
    return amount_in_words(amount, scenario.rules.currency)
