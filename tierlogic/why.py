"""Why a tier opens on its day, or does not: one sentence for each unlock."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from tierlogic.calendar import day_in_words
from tierlogic.money import amount_in_words, from_nanos
from tierlogic.rules.gates import AllOf, AnyOf, FactGate, MoneyGate, Opaque, WaitingGate
from tierlogic.rules.ladder import OnDayOfMonth, Tier
from tierlogic.rules.words import Leaf, days_in_words, gates_in_words, money_gate_in_words
from tierlogic.scenario import Scenario

if TYPE_CHECKING:
    from tierlogic.projection import Projection, Unlock

_CENT = Decimal("0.01")
_DAYS_OF_PACE = 31
"""What comes now and then has the pace of the last days of the plan: a month's, at the longest."""


def why(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """Say in one sentence what opened a tier and when, or what is missing and for how long."""
    if unlock.on is None:
        return _why_not(projection, tier, unlock)
    return _why_open(projection, tier, unlock, unlock.on) + _how_much_later(projection, unlock)


def money_in_words(projection: Projection, tier: Tier) -> str:
    """Say what a tier's money gates ask for under the scenario's reading: "$250 used"."""
    return (
        gates_in_words(tier.opens_when, lambda gate: _money_in_words(gate, projection))
        or "no money"
    )


def counted_as(projection: Projection, tier: Tier) -> str:
    """Which money a tier's first gate counts under the scenario's reading: "used", "paid"."""
    gate = next(iter(tier.money_gates), None)
    if gate is None or gate.counts == "contested":
        return projection.scenario.reading
    return gate.counts


def _money_in_words(gate: Leaf, projection: Projection) -> str:
    if not isinstance(gate, MoneyGate):
        return ""
    counted = projection.scenario.reading if gate.counts == "contested" else gate.counts
    return money_gate_in_words(gate, counted, projection.scenario.rules.currency)


def _why_open(projection: Projection, tier: Tier, unlock: Unlock, on: date) -> str:
    money, opened = money_in_words(projection, tier), day_in_words(on)
    if unlock.held_by in ("money", "waiting") and _leaves_a_choice(tier.opens_when):
        return f"What it asks for holds from {opened}: {_rule_in_words(projection, tier)}."
    if unlock.held_by == "money":
        return f"{money} is reached on {opened}{_wait_was_over(tier, unlock)}."
    if unlock.held_by == "waiting":
        met = f"{money} was reached on {day_in_words(unlock.money_met_on or on)} already"
        waited = f"{_waits(tier)} are over" if tier.waiting_gates else "The first payment comes"
        return f"{waited} on {opened}; {met}."
    if unlock.held_by == "both":
        return f"{money} and {_waits(tier)} both fall on {opened}."
    if unlock.held_by == "evaluation":
        return _why_evaluated_late(projection, unlock, opened)
    return _why_nothing_held_it(projection, unlock, on)


def _waits(tier: Tier) -> str:
    """Say what a tier waits for: "14 days after the first payment"."""
    return gates_in_words(tier.opens_when, _wait_in_words)


def _wait_in_words(gate: Leaf) -> str:
    if not isinstance(gate, WaitingGate):
        return ""
    return f"{days_in_words(gate.at_least)} after the {gate.days_since}"


def _rule_in_words(projection: Projection, tier: Tier) -> str:
    def say(gate: Leaf) -> str:
        return (
            gate.fact
            if isinstance(gate, FactGate)
            else _wait_in_words(gate) or _money_in_words(gate, projection)
        )

    return gates_in_words(tier.opens_when, say)


def _leaves_a_choice(gate: object) -> bool:
    """Whether one of several gates will do, and not all of them count money."""
    if isinstance(gate, AnyOf):
        return not all(isinstance(inner, MoneyGate) for inner in gate.any)
    return isinstance(gate, AllOf) and any(_leaves_a_choice(inner) for inner in gate.all)


def _why_nothing_held_it(projection: Projection, unlock: Unlock, on: date) -> str:
    if unlock.tier not in projection.open_at_start:
        return f"It opens on {day_in_words(on)} together with a higher tier."
    gates = (unlock.money_met_on, unlock.wait_over_on)
    earned = all(day is not None and day <= on for day in gates)
    reason = "what the account brings is enough" if earned else "the account has this tier already"
    return f"Open on {day_in_words(on)}, when the plan starts: {reason}."


def _why_evaluated_late(projection: Projection, unlock: Unlock, opened: str) -> str:
    ready = max(day for day in (unlock.money_met_on, unlock.wait_over_on) if day)
    cause = _cause_of_delay(projection, opens=True)
    return f"Its gates hold from {day_in_words(ready)}; it opens on {opened}: {cause}."


def _cause_of_delay(projection: Projection, *, opens: bool) -> str:
    """Say what stands between gates that hold and the tier that they open, in time or not."""
    scenario = projection.scenario
    activation, lag_days = scenario.rules.activation, scenario.rules.lag_for(scenario.lag_days)
    if lag_days:
        delay = days_in_words(lag_days)
        after = f"{delay} after the evaluation" if opens else f"only {delay} later"
        return f"the tier follows {after}"
    if isinstance(activation, OnDayOfMonth):
        return f"tiers are given on day {activation.day_of_month} of a month"
    payment = "the next one comes then" if opens else "none comes"
    return f"the account is evaluated only at a payment, and {payment}"


def _how_much_later(projection: Projection, unlock: Unlock) -> str:
    """Say by how much a tier may come later, where its ladder gives the most days too."""
    scenario = projection.scenario
    later = scenario.rules.lag_days[1] - scenario.rules.lag_for(scenario.lag_days)
    if later <= 0 or unlock.tier in projection.open_at_start:
        return ""
    return f" This is the earliest day: the tier may come up to {days_in_words(later)} later."


def _why_not(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    last = projection.scenario.last_day
    if isinstance(tier.opens_when, Opaque):
        return f"What opens it is not public: {tier.opens_when.opaque}."
    if unlock.held_by == "fact":
        lacking = [fact for fact in tier.facts if fact in projection.scenario.lacks]
        return f"The account lacks what it asks for: {', '.join(lacking)}."
    if unlock.held_by == "evaluation":
        cause = _cause_of_delay(projection, opens=False)
        return f"Its gates hold, but by {day_in_words(last)} no evaluation has opened it: {cause}."
    if _leaves_a_choice(tier.opens_when):
        rule = _rule_in_words(projection, tier)
        return f"By {day_in_words(last)} what it asks for does not hold: {rule}."
    reasons = []
    if unlock.missing > 0:
        reasons.append(_missing_money(projection, tier, unlock))
    if unlock.wait_over_on is None:
        reasons.append("there is no payment, and no tier opens before the first")
    elif unlock.wait_over_on > last:
        what = "the waiting time" if tier.waiting_gates else "the wait for the first payment"
        reasons.append(f"{what} is over on {day_in_words(unlock.wait_over_on)}")
    sentence = "; ".join(reasons)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _missing_money(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """What is missing, and when it would come at the pace of the plan's end."""
    counted = counted_as(projection, tier)
    last = projection.scenario.last_day
    ran_out = _credit_is_out_since(projection) if counted == "used" else None
    if ran_out:
        used = _money(projection, from_nanos(projection.diary.used[-1, 0]))
        return f"never: the credit runs out on {day_in_words(ran_out)} with {used} used"
    amount = _money(projection, unlock.missing)
    missing = f"{amount} more {counted} is missing on {day_in_words(last)}"
    if unlock.missing < _CENT:
        missing = f"{money_in_words(projection, tier)} is not reached on {day_in_words(last)}"
    pace, rhythm = _pace(projection, counted)
    if pace == 0:
        never = "nothing is used" if counted == "used" else "no further payment is planned"
        return f"{missing}: never, {never}"
    then = last + timedelta(days=min(ceil(unlock.missing / pace), 365_000))
    return f"{missing}; at {rhythm} it comes on {day_in_words(then)}"


def _pace(projection: Projection, counted: str) -> tuple[Decimal, str]:
    """Money a day at the end of the plan, and over which days that is."""
    diary = projection.diary
    if counted == "used" and diary.cost[-1, 0]:
        return from_nanos(diary.cost[-1, 0]), "the last day's pace"
    days = min(_DAYS_OF_PACE, projection.scenario.days)
    if counted == "used":
        moved = diary.cost
    elif _keeps_paying(projection.scenario):
        moved = diary.purchased + diary.recharged + diary.invoice_paid
    else:
        return Decimal(0), ""
    return from_nanos(moved[-days:, 0].sum()) / days, f"the pace of the last {days_in_words(days)}"


def _credit_is_out_since(projection: Projection) -> date | None:
    """Day on which the credit ran out for good; None where it did not, or more will be paid."""
    diary = projection.diary
    wanted = np.flatnonzero(diary.cost_under_cap[:, 0])
    if not wanted.size or _keeps_paying(projection.scenario):
        return None
    if diary.cost[wanted[-1], 0] == diary.cost_under_cap[wanted[-1], 0]:
        return None
    return [event.on for event in projection.events if event.kind == "credit_ran_out"][-1]


def _keeps_paying(scenario: Scenario) -> bool:
    """Whether payments would go on after the last day."""
    repeats = any(buy.every is not None and buy.times is None for buy in scenario.purchases)
    return repeats or scenario.billing == "monthly_invoice" or scenario.auto_recharge is not None


def _wait_was_over(tier: Tier, unlock: Unlock) -> str:
    if not tier.waiting_gates or unlock.wait_over_on is None:
        return ""
    days = max(gate.at_least for gate in tier.waiting_gates)
    return f"; the {days}-day wait was over on {day_in_words(unlock.wait_over_on)}"


def _money(projection: Projection, amount: Decimal) -> str:
    return amount_in_words(amount, projection.scenario.rules.currency, cents=True)
