"""Why a tier opens on its day, or does not: one sentence for each unlock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tierlogic.language import day_in_words
from tierlogic.rules.ladder import OnDayOfMonth, Tier
from tierlogic.rules.words import days_in_words
from tierlogic.tier_in_words import leaves_a_choice, money_in_words, rule_in_words, waits_in_words
from tierlogic.why_not import why_not

if TYPE_CHECKING:
    from tierlogic.projection import Projection, Unlock


def why(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """Say in one sentence what opened a tier and when, or what is missing and for how long."""
    if unlock.on is not None:
        said = _why_open(projection, tier, unlock, unlock.on) + _how_much_later(projection, unlock)
    elif unlock.held_by == "evaluation":
        last, cause = projection.scenario.last_day, _cause_of_delay(projection, opens=False)
        said = f"Its gates hold, but by {day_in_words(last)} no evaluation has opened it: {cause}."
    else:
        said = why_not(projection, tier, unlock)
    return said[0].upper() + said[1:]


def _why_open(projection: Projection, tier: Tier, unlock: Unlock, on: date) -> str:
    scenario, opened = projection.scenario, day_in_words(on)
    money, waits = money_in_words(scenario, tier), waits_in_words(tier)
    if unlock.held_by in ("money", "waiting") and leaves_a_choice(tier.opens_when):
        return f"What it asks for holds from {opened}: {rule_in_words(scenario, tier)}."
    if unlock.held_by == "money":
        return f"{money} is reached on {opened}{_wait_was_over(tier, unlock)}."
    if unlock.held_by == "waiting":
        waited = f"{waits} are over" if waits else "The first payment comes"
        met = f"; {money} was reached on {day_in_words(unlock.money_met_on or on)} already"
        return f"{waited} on {opened}{met if tier.money_gates else ''}."
    if unlock.held_by == "both":
        return f"{money} and {waits} both fall on {opened}."
    if unlock.held_by == "evaluation":
        return _why_evaluated_late(projection, unlock, opened)
    return _why_nothing_held_it(projection, tier, unlock, on)


def _wait_was_over(tier: Tier, unlock: Unlock) -> str:
    if not tier.waiting_gates or unlock.wait_over_on is None:
        return ""
    days = max(gate.at_least for gate in tier.waiting_gates)
    return f"; the {days}-day wait was over on {day_in_words(unlock.wait_over_on)}"


def _why_nothing_held_it(projection: Projection, tier: Tier, unlock: Unlock, on: date) -> str:
    if unlock.tier not in projection.open_at_start:
        return f"It opens on {day_in_words(on)} together with a higher tier."
    given = _is_given(projection, tier)
    gates = (unlock.money_met_on, unlock.wait_over_on)
    earned = all(day is not None and day <= on for day in gates)
    brought = "what the account brings is enough"
    reason = "the account has this tier already" if given and not earned else brought
    return f"Open on {day_in_words(on)}, when the plan starts: {reason}."


def _is_given(projection: Projection, tier: Tier) -> bool:
    """Whether the account is said to have this tier, or a higher one, as the plan starts."""
    names, has = projection.scenario.rules.tier_names, projection.scenario.opening_tier
    return has is not None and names.index(tier.name) <= names.index(has)


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
