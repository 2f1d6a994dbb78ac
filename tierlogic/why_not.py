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
from tierlogic.language import day_in_words
from tierlogic.money import amount_in_words, from_nanos, to_nanos
from tierlogic.rules.gates import Money, MoneyGate, Opaque, RollingDays, Since
from tierlogic.rules.ladder import Tier
from tierlogic.rules.words import counted_in_words, days_in_words
from tierlogic.scenario import Scenario
from tierlogic.tier_in_words import counted_by, leaves_a_choice, money_in_words, rule_in_words

if TYPE_CHECKING:
    from tierlogic.projection import Projection, Unlock

_CENT = Decimal("0.01")
_DAYS_OF_PACE = 31
"""What comes now and then has the pace of the last days of the plan: a month's, at the longest."""
_FARTHEST = 365_000
"""Days to look ahead, so that every date can be written."""


def why_not(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """Say in one sentence what a tier that does not open lacks: a fact, money or time."""
    scenario, last = projection.scenario, projection.scenario.last_day
    if isinstance(tier.opens_when, Opaque):
        return f"What opens it is not public: {tier.opens_when.opaque}."
    if unlock.held_by == "fact":
        lacking = [fact for fact in tier.facts if fact in scenario.lacks]
        return f"The account lacks what it asks for: {', '.join(lacking)}."
    if leaves_a_choice(tier.opens_when):
        rule = rule_in_words(scenario, tier)
        return f"By {day_in_words(last)} what it asks for does not hold: {rule}."
    reasons = []
    if unlock.missing > 0:
        reasons.append(_missing_money(projection, tier, unlock))
    if unlock.held_by in ("waiting", "both"):
        reasons.append(_missing_time(tier, unlock))
    return f"{'; '.join(reasons)}."


def _missing_time(tier: Tier, unlock: Unlock) -> str:
    if unlock.wait_over_on is None:
        return "there is no payment, and no tier opens before the first"
    what = "the waiting time" if tier.waiting_gates else "the wait for the first payment"
    return f"{what} is over on {day_in_words(unlock.wait_over_on)}"


def _missing_money(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """What is missing, and when it would come at the pace of the plan's end."""
    gate = _nearest_gate(projection, tier, unlock)
    counted = counted_by(gate, projection.scenario)
    last = day_in_words(projection.scenario.last_day)
    ran_out = _credit_is_out_since(projection) if counted == "used" else None
    if ran_out:
        used = _money(projection, from_nanos(projection.diary.used[-1, 0]))
        return f"never: the credit runs out on {day_in_words(ran_out)} with {used} used"
    amount = _money(projection, unlock.missing)
    missing = f"{counted_in_words(f'{amount} more', counted, gate.over)} is missing on {last}"
    if unlock.missing < _CENT:
        missing = f"{money_in_words(projection.scenario, tier)} is not reached on {last}"
    return f"{missing}{_when_at_pace(projection, gate, unlock.missing)}"


def _nearest_gate(projection: Projection, tier: Tier, unlock: Unlock) -> MoneyGate:
    """The money gate that lacks what the tier lacks: where use or credit will do, the nearer."""
    used = projection.diary.used[-1, 0]
    first, *others = tier.money_gates
    counts_use = counted_by(first, projection.scenario) == "used" and first.over == "lifetime"
    if others and counts_use and needed_nanos(first) - used != to_nanos(unlock.missing):
        return others[0]
    return first


def _when_at_pace(projection: Projection, gate: MoneyGate, missing: Decimal) -> str:
    """Say when what is missing comes at the pace of the plan's end, or why it never does."""
    counted, last = counted_by(gate, projection.scenario), projection.scenario.last_day
    pace, rhythm = _pace(projection, counted)
    if pace == 0:
        never = {
            "used": "nothing is used",
            "paid": "no further payment is planned",
            "purchased": "no further purchase is planned",
        }
        return f": never, {never[counted]}"
    if gate.over == "lifetime" or isinstance(gate.over, Since):
        then = last + timedelta(days=min(ceil(missing / pace), _FARTHEST))
        return f"; at {rhythm} it comes on {day_in_words(then)}"
    # A window holds so many days, whatever came before: the pace fills it, or never will.
    days = ceil(gate.amount / pace)
    if isinstance(gate.over, RollingDays):
        begins, length = last + timedelta(days=1), gate.over.rolling_days
    else:
        begins = add_months(last.replace(day=1), 1)
        length = monthrange(begins.year, begins.month)[1]
    if days > length:
        most = _money(projection, pace * length)
        return f": never, at {rhythm} it is {most} in {days_in_words(length)}"
    then = begins + timedelta(days=days - 1)
    if gate.over == "month before":
        then = add_months(begins, 1)
    return f"; at {rhythm} it comes by {day_in_words(then)}"


def _pace(projection: Projection, counted: Money) -> tuple[Decimal, str]:
    """Money a day at the end of the plan, and over which days that is."""
    diary = projection.diary
    if counted == "used" and diary.cost[-1, 0]:
        return from_nanos(diary.cost[-1, 0]), "the last day's pace"
    days = min(_DAYS_OF_PACE, projection.scenario.days)
    if counted == "used":
        moved = diary.cost
    elif not _keeps_paying(projection.scenario):
        return Decimal(0), ""
    else:
        bought = diary.purchased + diary.recharged
        moved = bought if counted == "purchased" else bought + diary.invoice_paid
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


def _money(projection: Projection, amount: Decimal) -> str:
    return amount_in_words(amount, projection.scenario.rules.currency, cents=True)
