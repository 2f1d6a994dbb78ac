"""The days on which something changes: what the charts show, as tables."""

from datetime import date
from math import isfinite
from typing import NamedTuple

import pandas as pd

from tierlogic.capacity import per_minute
from tierlogic.language import day_in_words, number, say
from tierlogic.money import amount_in_words, from_nanos
from tierlogic.projection import Projection


class MoneyPoint(NamedTuple):
    """A day of the money chart, in words."""

    day: str
    what: str
    used: str
    paid: str
    credit: str


class RatePoint(NamedTuple):
    """A day of the rates chart, in words: tokens a minute."""

    day: str
    tier: str
    limit: str
    average: str
    peak: str


def money_points(projection: Projection) -> list[MoneyPoint]:
    """List the first day, the last, and those on which tiers open or something happens."""
    scenario = projection.scenario
    said: dict[date, list[str]] = {scenario.start: [say("The plan starts.")]}
    for unlock in projection.unlocks[1:]:
        if unlock.on:
            said.setdefault(unlock.on, []).append(say("{tier} opens.", tier=unlock.tier))
    for event in projection.events:
        said.setdefault(event.on, []).append(event.text)
    said.setdefault(scenario.last_day, []).append(say("The plan ends."))
    return [
        MoneyPoint(day_in_words(day), " ".join(said[day]), *_money(projection, day))
        for day in sorted(said)
    ]


def rate_points(projection: Projection, line: int) -> list[RatePoint]:
    """List the first day, the last, and those from which another tier is in force."""
    rates = per_minute(projection, line)
    tiers = projection.daily["tier"]
    days = [day for day, _ in projection.tier_changes]
    last = projection.scenario.last_day
    rows = [pd.Timestamp(day) for day in [*days, *([last] if last not in days else [])]]
    return [
        RatePoint(
            day_in_words(row.date()),
            str(tiers[row]),
            _limit(rates["tpm_limit"][row]),
            number(rates["tpm_average"][row], ",.0f"),
            number(rates["tpm_peak"][row], ",.0f"),
        )
        for row in rows
    ]


def _money(projection: Projection, day: date) -> tuple[str, str, str]:
    """What is used, paid and left at a day's end."""
    diary, row = projection.diary, (day - projection.scenario.start).days
    currency = projection.scenario.rules.currency
    used, paid, credit = (
        amount_in_words(from_nanos(column[row, 0]), currency, cents=True)
        for column in (diary.used, diary.paid, diary.balance)
    )
    return used, paid, credit


def _limit(tokens: float) -> str:
    if pd.isna(tokens):
        return say("not known")
    return number(tokens, ",.0f") if isfinite(tokens) else say("none")
