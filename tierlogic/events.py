"""Dated events of an account: credit that ends, caps, refusals, tiers lost and won back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import numpy as np

from tierlogic.engine.block import Bools
from tierlogic.engine.diary import Diary
from tierlogic.language import day_in_words, say, to_say
from tierlogic.money import amount_in_words, from_nanos
from tierlogic.rules.words import days_in_words
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

_REFUSED = {
    "smallest purchase": to_say(
        "The purchase of {amount} on {day} is refused: the smallest purchase at {tier} is {bound}."
    ),
    "largest purchase": to_say(
        "The purchase of {amount} on {day} is refused: the largest purchase at {tier} is {bound}."
    ),
    "largest balance": to_say(
        "The purchase of {amount} on {day} is refused: the largest balance at {tier} is {bound}."
    ),
}


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
            text = say(
                "The credit runs out on {day} with {amount} used.",
                day=day_in_words(when),
                amount=_money(scenario, used),
            )
        else:
            text = say(
                "There is no credit on {day}, and nothing can be used.", day=day_in_words(when)
            )
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


def days_over_the_cap(diary: Diary) -> Bools:
    """Return on which days the monthly usage limit holds usage back (days)."""
    return diary.cost_under_cap[:, 0] < diary.cost_allowed[:, 0]


def _cap_reached(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    months_seen = set()
    for day in np.flatnonzero(days_over_the_cap(diary)):
        when = _on(scenario, day)
        if (when.year, when.month) in months_seen:
            continue
        months_seen.add((when.year, when.month))
        tier = scenario.rules.tiers[int(diary.tier[day, 0])]
        cap = tier.least_monthly_limit or Decimal(0)
        text = say(
            "The monthly usage limit of {tier}, {amount}, holds usage back from {day}.",
            tier=tier.name,
            amount=_money(scenario, cap),
            day=day_in_words(when),
        )
        yield Event(when, "cap_reached", text, cap)


def _purchases_refused(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    for refusal in diary.refusals.get(0, ()):
        when, amount = _on(scenario, refusal.day), from_nanos(refusal.nanos)
        tier = scenario.rules.tiers[refusal.tier]
        bound = {
            "smallest purchase": tier.smallest_purchase,
            "largest purchase": tier.largest_purchase,
            "largest balance": tier.largest_balance,
        }[refusal.why]
        text = say(
            _REFUSED[refusal.why],
            amount=_money(scenario, amount),
            day=day_in_words(when),
            tier=tier.name,
            bound=_money(scenario, bound or Decimal(0)),
        )
        yield Event(when, "purchase_refused", text, amount)


def _tiers_lost(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    for day, tier in diary.falls.get(0, ()):
        when, name = _on(scenario, day), scenario.rules.tier_names[tier]
        text = say("{tier} is lost on {day}: its gates fail.", tier=name, day=day_in_words(when))
        yield Event(when, "tier_lost", text)


def _tiers_reopened(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    for day, tier in diary.reopenings.get(0, ()):
        when, name = _on(scenario, day), scenario.rules.tier_names[tier]
        text = say("{tier} opens again on {day}.", tier=name, day=day_in_words(when))
        yield Event(when, "tier_reopened", text)


def _credit_lapsed(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    age = scenario.rules.credit_expiry_days or 0
    for day in np.flatnonzero(diary.lapsed[:, 0]):
        when, amount = _on(scenario, day), from_nanos(diary.lapsed[day, 0])
        text = say(
            "{amount} of credit bought {days} before lapses unused on {day}.",
            amount=_money(scenario, amount),
            days=days_in_words(age),
            day=day_in_words(when),
        )
        yield Event(when, "credit_lapsed", text, amount)


def _rate_limited(scenario: Scenario, diary: Diary) -> Iterator[Event]:
    limited = np.flatnonzero(diary.tokens_allowed[:, 0] < diary.tokens_wanted[:, 0])
    if not limited.size:
        return
    first, last = _on(scenario, limited[0]), _on(scenario, limited[-1])
    text = say("Rate limits hold tokens back from {day}.", day=day_in_words(first))
    yield Event(first, "first_rate_limited_day", text)
    day = day_in_words(last)
    if last < scenario.last_day:
        text = say("Rate limits hold tokens back for the last time on {day}.", day=day)
    else:
        text = say("Rate limits still hold tokens back on the last day, {day}.", day=day)
    yield Event(last, "last_rate_limited_day", text)


def _first_of_each_run(days: Bools) -> list[int]:
    before = np.concatenate([[False], days[:-1]])
    return [int(day) for day in np.flatnonzero(days & ~before)]


def _on(scenario: Scenario, day: int | np.int64) -> date:
    return scenario.start + timedelta(days=int(day))


def _money(scenario: Scenario, amount: Decimal) -> str:
    return amount_in_words(amount, scenario.rules.currency)
