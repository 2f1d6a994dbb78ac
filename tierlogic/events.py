"""Dated events of an account: credit that ends, caps, refusals, tiers lost and won back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import numpy as np

from tierlogic.engine.block import Bools
from tierlogic.engine.diary import Diary
from tierlogic.language import day_in_words
from tierlogic.money import amount_in_words, from_nanos
from tierlogic.scenario import Scenario

EventKind = Literal[
    "credit_ran_out",
    "cap_reached",
    "purchase_refused",
    "tier_lost",
    "tier_reopened",
    "credit_lapsed",
    "first_rate_limited_day",
    "last_rate_limited_day",
]


@dataclass(frozen=True)
class Event:
    """Something that happened to the account on a day."""

    on: date
    kind: EventKind
    text: str
    """One sentence."""
    amount: Decimal | None = None
    """Money that it is about, in the ladder's currency."""


def events_of(scenario: Scenario, diary: Diary) -> tuple[Event, ...]:
    """List the events of one scenario's diary (a single column), by date."""
    # In the order of the steps of a day, which sorting by date keeps.
    found = [
        *_credit_lapsed(scenario, diary),
        *_purchases_refused(scenario, diary),
        *_tiers_lost(scenario, diary),
        *_tiers_reopened(scenario, diary),
        *_rate_limited(scenario, diary),
        *_cap_reached(scenario, diary),
        *_credit_ran_out(scenario, diary),
    ]
    return tuple(sorted(found, key=lambda event: event.on))


def _credit_ran_out(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    for day in _days_out_of_credit(diary):
        when, used = _on(scenario, day), from_nanos(diary.used[day, 0])
        if diary.cost[: day + 1, 0].any():
            text = (
                f"The credit runs out on {day_in_words(when)} with {_money(scenario, used)} used."
            )
        else:
            text = f"There is no credit on {day_in_words(when)}, and nothing can be used."
        yield Event(when, "credit_ran_out", text, used)


def _days_out_of_credit(diary: Diary) -> list[int]:
    """Days on which the credit came to its end while more was wanted, one a stretch without."""
    cost, wanted = diary.cost[:, 0], diary.cost_under_cap[:, 0]
    # A day on which nothing is wanted ends no stretch.
    days = np.flatnonzero(wanted)
    ends = []
    for first in _first_of_each_run(cost[days] < wanted[days]):
        day = int(days[first])
        went_down = np.flatnonzero(cost[: day + 1] + diary.lapsed[: day + 1, 0])
        ends.append(int(went_down[-1]) if went_down.size else day)
    return ends


def _cap_reached(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    capped = diary.cost_under_cap[:, 0] < diary.cost_allowed[:, 0]
    months_seen = set()
    for day in np.flatnonzero(capped):
        when = _on(scenario, day)
        if (when.year, when.month) in months_seen:
            continue
        months_seen.add((when.year, when.month))
        tier = scenario.rules.tiers[int(diary.tier[day, 0])]
        cap = tier.least_monthly_limit or Decimal(0)
        yield Event(
            when,
            "cap_reached",
            f"The monthly usage limit of {tier.name}, {_money(scenario, cap)}, holds usage back "
            f"from {day_in_words(when)}.",
            cap,
        )


def _purchases_refused(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    for refusal in diary.refusals.get(0, ()):
        when, amount = _on(scenario, refusal.day), from_nanos(refusal.nanos)
        tier = scenario.rules.tiers[refusal.tier]
        bound = {
            "smallest purchase": tier.smallest_purchase,
            "largest purchase": tier.largest_purchase,
            "largest balance": tier.largest_balance,
        }[refusal.why]
        yield Event(
            when,
            "purchase_refused",
            f"The purchase of {_money(scenario, amount)} on {day_in_words(when)} is refused: "
            f"the {refusal.why} at {tier.name} is {_money(scenario, bound or Decimal(0))}.",
            amount,
        )


def _tiers_lost(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    for day, tier in diary.falls.get(0, ()):
        when, name = _on(scenario, day), scenario.rules.tier_names[tier]
        yield Event(when, "tier_lost", f"{name} is lost on {day_in_words(when)}: its gates fail.")


def _tiers_reopened(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    for day, tier in diary.reopenings.get(0, ()):
        when, name = _on(scenario, day), scenario.rules.tier_names[tier]
        yield Event(when, "tier_reopened", f"{name} opens again on {day_in_words(when)}.")


def _credit_lapsed(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    age = scenario.rules.credit_expiry_days
    for day in np.flatnonzero(diary.lapsed[:, 0]):
        when, amount = _on(scenario, day), from_nanos(diary.lapsed[day, 0])
        yield Event(
            when,
            "credit_lapsed",
            f"{_money(scenario, amount)} of credit bought {age} days before "
            f"lapses unused on {day_in_words(when)}.",
            amount,
        )


def _rate_limited(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    limited = np.flatnonzero(diary.tokens_allowed[:, 0] < diary.tokens_wanted[:, 0])
    if not limited.size:
        return
    first, last = _on(scenario, limited[0]), _on(scenario, limited[-1])
    yield Event(
        first, "first_rate_limited_day", f"Rate limits hold tokens back from {day_in_words(first)}."
    )
    yield Event(
        last,
        "last_rate_limited_day",
        f"Rate limits hold tokens back for the last time on {day_in_words(last)}."
        if last < scenario.last_day
        else f"Rate limits still hold tokens back on the last day, {day_in_words(last)}.",
    )


def _first_of_each_run(days: Bools) -> list[int]:
    before = np.concatenate([[False], days[:-1]])
    return [int(day) for day in np.flatnonzero(days & ~before)]


def _on(scenario: Scenario, day: int | np.int64) -> date:
    return scenario.start + timedelta(days=int(day))


def _money(scenario: Scenario, amount: Decimal) -> str:
    return amount_in_words(amount, scenario.rules.currency)
