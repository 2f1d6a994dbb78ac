"""Short words for charts: amounts, days, tiers and what is marked, as people say them."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tierlogic.counts import count_in_short
from tierlogic.language import day_in_words, day_of_a_year_in_words, say, say_count
from tierlogic.money import amount_in_words, with_currency

_DAYS_WITHOUT_A_DOUBT_OF_THE_YEAR = 365
_MOST_SAID = 3
_NUMBERED = re.compile(r"(?P<word>\D+)(?P<number>\d+)")


def money_in_short(amount: Decimal | float, currency: str = "USD") -> str:
    """Say an amount: to the cent below $1,000, since thresholds do; "$1.2k" from there on."""
    exact = Decimal(str(amount))
    if exact < 1000:
        return amount_in_words(exact, currency)
    return with_currency(count_in_short(float(exact)), currency)


def first_few(sentences: Sequence[str]) -> str:
    """Say the first three sentences, and how many more there are."""
    left = len(sentences) - _MOST_SAID
    more = [say_count("And {count} more.", "And {count} more.", left)] if left > 0 else []
    return " ".join([*sentences[:_MOST_SAID], *more])


def day_in_short(day: date, days: int) -> str:
    """Say a day of a horizon of so many days: without its year where that is beyond doubt."""
    return day_in_words(day) if has_doubt_of_the_year(days) else day_of_a_year_in_words(day)


def has_doubt_of_the_year(days: int) -> bool:
    """Whether a day of a horizon of so many days needs its year."""
    return days > _DAYS_WITHOUT_A_DOUBT_OF_THE_YEAR


def tiers_in_short(names: Sequence[str]) -> str:
    """Say neighbouring tiers together: "Tier 4", "Tiers 1–3", "V1–V3", "Start, Build"."""  # noqa: RUF002
    numbered = [_NUMBERED.fullmatch(name) for name in names]
    words = {match["word"] for match in numbered if match}
    if len(names) > 1 and all(numbered) and len(words) == 1:
        numbers = [int(match["number"]) for match in numbered if match]
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            word = words.pop()
            if word.endswith(" "):
                return say(
                    "{tier}s {first}–{last}",  # noqa: RUF001
                    tier=word.strip(),
                    first=numbers[0],
                    last=numbers[-1],
                )
            return f"{names[0]}–{names[-1]}"  # noqa: RUF001
    return ", ".join(names)
