"""Why a tier does not open: what is missing, and when it would come at the plan's last pace."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from tierlogic.calendar import add_months
from tierlogic.engine.opening import needed_nanos
from tierlogic.language import day_in_words, say, to_say
from tierlogic.money import CENT, amount_in_words, from_nanos, to_nanos
from tierlogic.rules.gates import Money, MoneyGate, Opaque, RollingDays, Since
from tierlogic.rules.ladder import Tier
from tierlogic.rules.words import counted_in_words, days_in_words
from tierlogic.scenario import Scenario
from tierlogic.tier_in_words import counted_by, leaves_a_choice, money_in_words, rule_in_words

if TYPE_CHECKING:
    from tierlogic.projection import Projection, Unlock

_NEVER: dict[Money, str] = {
    "used": to_say("{missing}, and nothing is used"),
    "paid": to_say("{missing}, and no further payment is planned"),
    "purchased": to_say("{missing}, and no further purchase is planned"),
}
_DAYS_OF_PACE = 31
"""What comes now and then has the pace of the last days of the plan: a month's, at the longest."""
_FARTHEST = 365_000
"""Days to look ahead, so that every date can be written."""


def why_not(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """Say in one sentence what a tier that does not open lacks: a fact, money or time."""
    scenario, last = projection.scenario, projection.scenario.last_day
    if isinstance(tier.opens_when, Opaque):
        return say("What opens it is not public: {reason}.", reason=tier.opens_when.opaque)
    if unlock.held_by == "fact":
        lacking = ", ".join(fact for fact in tier.facts if fact in scenario.lacks)
        return say("The account lacks what it asks for: {facts}.", facts=lacking)
    if leaves_a_choice(tier.opens_when):
        return say(
            "By {day} what it asks for does not hold: {rule}.",
            day=day_in_words(last),
            rule=rule_in_words(scenario, tier),
        )
    lacks = []
    if unlock.missing > 0:
        lacks.append(_missing_money(projection, tier, unlock))
    if unlock.held_by in ("waiting", "both"):
        lacks.append(_missing_time(tier, unlock))
    return say("{lacks}.", lacks="; ".join(lacks))


def _missing_time(tier: Tier, unlock: Unlock) -> str:
    if unlock.wait_over_on is None:
        return say("there is no payment, and no tier opens before the first")
    day = day_in_words(unlock.wait_over_on)
    if tier.waiting_gates:
        return say("the waiting time is over on {day}", day=day)
    return say("the wait for the first payment is over on {day}", day=day)


def _missing_money(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """What is missing, and when it would come at the pace of the plan's end."""
    gate = _nearest_gate(projection, tier, unlock)
    counted = counted_by(gate, projection.scenario)
    ran_out = _credit_is_out_since(projection) if counted == "used" else None
    if ran_out:
        used = from_nanos(projection.diary.used[-1, 0])
        return say(
            "never: the credit runs out on {day} with {amount} used",
            day=day_in_words(ran_out),
            amount=_money(projection, used),
        )
    return _when_at_pace(projection, gate, unlock.missing, _missing(projection, tier, gate, unlock))


def _missing(projection: Projection, tier: Tier, gate: MoneyGate, unlock: Unlock) -> str:
    last = day_in_words(projection.scenario.last_day)
    if unlock.missing < CENT:
        money = money_in_words(projection.scenario, tier)
        return say("{money} is not reached on {day}", money=money, day=last)
    more = say("{amount} more", amount=_money(projection, unlock.missing))
    money = counted_in_words(more, counted_by(gate, projection.scenario), gate.over)
    return say("{money} is missing on {day}", money=money, day=last)


def _nearest_gate(projection: Projection, tier: Tier, unlock: Unlock) -> MoneyGate:
    """The money gate that lacks what the tier lacks: where use or credit will do, the nearer."""
    used = projection.diary.used[-1, 0]
    first, *others = tier.money_gates
    counts_use = counted_by(first, projection.scenario) == "used" and first.over == "lifetime"
    if others and counts_use and needed_nanos(first) - used != to_nanos(unlock.missing):
        return others[0]
    return first


def _when_at_pace(projection: Projection, gate: MoneyGate, amount: Decimal, missing: str) -> str:
    """Say when what is missing comes at the pace of the plan's end, or why it never does."""
    counted, last = counted_by(gate, projection.scenario), projection.scenario.last_day
    pace, rhythm = _pace(projection, counted)
    if pace == 0:
        return say(_NEVER[counted], missing=missing)
    if gate.over == "lifetime" or isinstance(gate.over, Since):
        then = last + timedelta(days=min(ceil(amount / pace), _FARTHEST))
        return say(
            "{missing}; at {pace} it comes on {day}",
            missing=missing,
            pace=rhythm,
            day=day_in_words(then),
        )
    # A window holds so many days, whatever came before: the pace fills it, or never will.
    days = ceil(gate.amount / pace)
    if isinstance(gate.over, RollingDays):
        begins, length = last + timedelta(days=1), gate.over.rolling_days
    else:
        begins = add_months(last.replace(day=1), 1)
        length = monthrange(begins.year, begins.month)[1]
    if days > length:
        return say(
            "{missing}: never, at {pace} it is {amount} in {days}",
            missing=missing,
            pace=rhythm,
            amount=_money(projection, pace * length),
            days=days_in_words(length),
        )
    then = begins + timedelta(days=days - 1)
    if gate.over == "month before":
        then = add_months(begins, 1)
    return say(
        "{missing}; at {pace} it comes by {day}",
        missing=missing,
        pace=rhythm,
        day=day_in_words(then),
    )


def _pace(projection: Projection, counted: Money) -> tuple[Decimal, str]:
    """Money a day at the end of the plan, and over which days that is."""
    diary = projection.diary
    if counted == "used" and diary.cost[-1, 0]:
        return from_nanos(diary.cost[-1, 0]), say("the last day's pace")
    days = min(_DAYS_OF_PACE, projection.scenario.days)
    if counted == "used":
        moved = diary.cost
    elif not _keeps_paying(projection.scenario):
        return Decimal(0), ""
    else:
        bought = diary.purchased + diary.recharged
        moved = bought if counted == "purchased" else bought + diary.invoice_paid
    rhythm = say("the pace of the last {days}", days=days_in_words(days))
    return from_nanos(moved[-days:, 0].sum()) / days, rhythm


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


def _money(projection: Projection, amount: Decimal) -> str:
    return amount_in_words(amount, projection.scenario.rules.currency, cents=True)
