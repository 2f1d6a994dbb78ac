"""Purchases of a plan: what they are for, and what a ladder's bounds let be bought on a day."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from tierlogic.money import CENT, MAX_AMOUNT
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_search import Trial
from tierlogic.rules.ladder import Tier
from tierlogic.scenario import Purchase, Scenario

Purchases = tuple[Purchase, ...]
Shape = Callable[[int], Purchases]
"""Purchases for a total in cents."""


def first_day(scenario: Scenario) -> date:
    """The first day on which something can be bought."""
    return max(scenario.start, scenario.first_payment or scenario.start)


def until(scenario: Scenario, day: date) -> Scenario:
    """The same plan, up to a day."""
    return scenario.model_copy(update={"days": (day - scenario.start).days + 1})


def with_purchases(scenario: Scenario, purchases: Purchases) -> Scenario:
    """The same plan with these purchases and no others."""
    return scenario.model_copy(update={"purchases": purchases, "auto_recharge": None})


def total_of(purchases: Purchases) -> Decimal:
    """What single purchases cost together."""
    return sum((purchase.amount for purchase in purchases), Decimal(0))


def planned_total(plan: Scenario) -> Decimal:
    """What a plan buys within its horizon; auto-recharge comes on top."""
    return sum((amount for _, amount in plan.payments()), Decimal(0))


def cents_of(amount: Decimal) -> int:
    """An amount in whole cents."""
    return int(amount / CENT)


def just_enough(plan: Scenario, aim: Aim) -> set[int]:
    """Cents that the gates of an aim's tier, or of a higher one that brings it along, lack.

    And a cent less of each: most searches end there.
    """
    enough = plan.rules.tiers[plan.rules.tier_names.index(aim.tier) :]
    brought = {
        Decimal(0),
        plan.paid_before,
        plan.purchased_before or Decimal(0),
        plan.used_before + plan.opening_balance,
    }
    lacking = {
        cents_of(gate.enough - part)
        for tier in enough
        for gate in tier.money_gates
        for part in brought
    }
    return {cents - less for cents in lacking for less in (0, 1) if cents - less > 0}


def all_on(day: date, tier: Tier) -> Shape:
    """Everything on one day, in as few purchases as the tier in force allows."""

    def bought(total: int) -> Purchases:
        return tuple(Purchase(on=day, amount=cents * CENT) for cents in _parts_allowed(total, tier))

    return bought


def _parts_allowed(total: int, tier: Tier) -> list[int]:
    """A total in cents in as few parts as a tier allows, the largest first."""
    most = cents_of(tier.largest_purchase or Decimal(MAX_AMOUNT))
    smallest = cents_of(tier.smallest_purchase or CENT)
    whole, rest = divmod(total, most)
    parts = [most] * whole + [rest] * (rest > 0)
    if whole and 0 < rest < smallest:
        parts[-2:] = [most - (smallest - rest), smallest]
    return parts


def refusing_tier(trial: Trial, day: date) -> Tier:
    """The tier that decides on a purchase of a day: the one in force since the day before."""
    projection = trial.projection
    tiers = projection.scenario.rules.tiers
    if day == projection.scenario.start:
        return [tiers[0], *(tier for tier in tiers if tier.name in projection.open_at_start)][-1]
    day_before = (day - projection.scenario.start).days - 1
    return tiers[int(projection.diary.tier[day_before, 0])]


def room_on(trial: Trial, day: date) -> Decimal | None:
    """What the largest balance leaves for purchases of a day; None: it is not bound."""
    scenario = trial.projection.scenario
    most = refusing_tier(trial, day).largest_balance
    if most is None:
        return None
    balance = (
        scenario.opening_balance
        if day == scenario.start
        else trial.projection.balance_on(day - timedelta(days=1))
    )
    return max(most - balance, Decimal(0)).quantize(CENT, rounding="ROUND_FLOOR")
