"""Why a tier opens on its day, or does not: one sentence for each unlock."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from tierlogic.calendar import day_in_words
from tierlogic.money import dollars, from_nanos
from tierlogic.rules.ladder import Tier

if TYPE_CHECKING:
    from tierlogic.projection import Projection, Unlock

_DAYS_OF_PACE = 30
"""Payments come now and then: their pace is that of the last days of the plan, this many."""


def why(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """Say in one sentence what opened a tier and when, or what is missing and for how long."""
    if unlock.on is None:
        return _why_not(projection, tier, unlock)
    return _why_open(projection, tier, unlock, unlock.on)


def money_in_words(projection: Projection, tier: Tier) -> str:
    """Say what a tier's money gate asks for under the scenario's reading: "$250 used"."""
    gate = tier.money_gate
    if gate is None:
        return "no money"
    return f"{dollars(gate.at_least)} {counted_as(projection, tier)}"


def counted_as(projection: Projection, tier: Tier) -> str:
    """Which money a tier's gate counts under the scenario's reading: "used" or "paid"."""
    gate = tier.money_gate
    if gate is None or gate.counts == "contested":
        return projection.scenario.reading
    return gate.counts


def _why_open(projection: Projection, tier: Tier, unlock: Unlock, on: date) -> str:
    money, opened = money_in_words(projection, tier), day_in_words(on)
    if unlock.held_by == "money":
        return f"{money} is reached on {opened}{_wait_was_over(tier, unlock)}."
    if unlock.held_by == "waiting":
        met = f"{money} was reached on {day_in_words(unlock.money_met_on or on)} already"
        if tier.waiting_gate:
            wait = f"{_days(tier.waiting_days)} after the first payment are over"
            return f"{wait} on {opened}; {met}."
        return f"The first payment comes on {opened}; {met}."
    if unlock.held_by == "both":
        days = _days(tier.waiting_days)
        return f"{money} and {days} after the first payment both fall on {opened}."
    if unlock.held_by == "evaluation":
        return _why_evaluated_late(projection, unlock, opened)
    return (
        f"Open on {opened}, when the plan starts: what the account brings is enough."
        if unlock.tier in projection.open_at_start
        else f"It opens on {opened} together with a higher tier."
    )


def _why_evaluated_late(projection: Projection, unlock: Unlock, opened: str) -> str:
    ready = max(day for day in (unlock.money_met_on, unlock.wait_over_on) if day)
    cause = (
        f"the tier follows {_days(projection.scenario.lag_days)} after the evaluation"
        if projection.scenario.lag_days
        else "the account is evaluated only at a payment, and the next one comes then"
    )
    return f"Its gates hold from {day_in_words(ready)}; it opens on {opened}: {cause}."


def _why_not(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    last = projection.scenario.last_day
    if unlock.held_by == "evaluation":
        return f"Its gates hold, but by {day_in_words(last)} no evaluation has opened it: " + (
            f"the tier follows only {_days(projection.scenario.lag_days)} later."
            if projection.scenario.lag_days
            else "the account is evaluated only at a payment, and none comes."
        )
    reasons = []
    if unlock.missing > 0:
        reasons.append(_missing_money(projection, tier, unlock))
    if unlock.wait_over_on is None:
        reasons.append("there is no payment, and no tier opens before the first")
    elif unlock.wait_over_on > last:
        what = "the waiting time" if tier.waiting_gate else "the wait for the first payment"
        reasons.append(f"{what} is over on {day_in_words(unlock.wait_over_on)}")
    sentence = "; ".join(reasons)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _missing_money(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """What is missing, and when it would come at the pace of the plan's end."""
    counted = counted_as(projection, tier)
    last = projection.scenario.last_day
    missing = (
        f"{dollars(unlock.missing, cents=True)} more {counted} is missing on {day_in_words(last)}"
    )
    ran_out = _credit_is_out_since(projection) if counted == "used" else None
    if ran_out:
        used = from_nanos(projection.diary.used[-1, 0])
        return (
            f"never: the credit runs out on {day_in_words(ran_out)} with "
            f"{dollars(used, cents=True)} used"
        )
    pace = _pace(projection, counted)
    if pace == 0:
        never = "nothing is used" if counted == "used" else "no further payment is planned"
        return f"{missing}: never, {never}"
    then = last + timedelta(days=min(ceil(unlock.missing / pace), 365_000))
    rhythm = "the last day's pace" if counted == "used" else "the pace of the last 30 days"
    return f"{missing}; at {rhythm} it comes on {day_in_words(then)}"


def _pace(projection: Projection, counted: str) -> Decimal:
    """Money a day at the end of the plan."""
    diary = projection.diary
    if counted == "used":
        return from_nanos(diary.cost[-1, 0])
    days = min(_DAYS_OF_PACE, projection.scenario.days)
    paid = diary.purchased + diary.recharged + diary.invoice_paid
    return from_nanos(paid[-days:, 0].sum()) / days


def _credit_is_out_since(projection: Projection) -> date | None:
    """Day since which nothing more is paid for, up to the last day; None if it is paid for."""
    diary = projection.diary
    if diary.cost[-1, 0] > 0 or diary.cost_under_cap[-1, 0] == 0:
        return None
    ran_out = [event.on for event in projection.events if event.kind == "credit_ran_out"]
    return ran_out[-1] if ran_out else None


def _wait_was_over(tier: Tier, unlock: Unlock) -> str:
    if tier.waiting_gate is None or unlock.wait_over_on is None:
        return ""
    return f"; the {tier.waiting_days}-day wait was over on {day_in_words(unlock.wait_over_on)}"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
