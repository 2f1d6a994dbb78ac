"""Why a tier opens on its day, or does not: one sentence for each unlock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tierlogic.language import day_in_words, number, say, say_count
from tierlogic.rules.ladder import OnDayOfMonth, Tier
from tierlogic.rules.words import days_in_words
from tierlogic.tier_in_words import leaves_a_choice, money_in_words, rule_in_words, waits_in_words
from tierlogic.why_not import why_not

if TYPE_CHECKING:
    from tierlogic.projection import Projection, Unlock


def why(projection: Projection, tier: Tier, unlock: Unlock) -> str:
    """Say in one sentence what opened a tier and when, or what is missing and for how long."""
    if unlock.on is not None:
        said = _why_open(projection, tier, unlock, unlock.on)
        if later := _how_much_later(projection, unlock):
            said = f"{said} {later}"
    elif unlock.held_by == "evaluation":
        said = say(
            "Its gates hold, but by {day} no evaluation has opened it: {cause}.",
            day=day_in_words(projection.scenario.last_day),
            cause=_why_still_waiting(projection),
        )
    else:
        said = why_not(projection, tier, unlock)
    return said[0].upper() + said[1:]


def _why_open(projection: Projection, tier: Tier, unlock: Unlock, on: date) -> str:
    scenario, day = projection.scenario, day_in_words(on)
    if unlock.held_by in ("money", "waiting") and leaves_a_choice(tier.opens_when):
        rule = rule_in_words(scenario, tier)
        return say("What it asks for holds from {day}: {rule}.", day=day, rule=rule)
    money = money_in_words(scenario, tier)
    if unlock.held_by == "money":
        return _why_money_came_last(tier, unlock, money, day)
    if unlock.held_by == "waiting":
        return _why_waiting_came_last(tier, unlock, money, day)
    if unlock.held_by == "both":
        waits = waits_in_words(tier)
        return say("{money} and {waits} both fall on {day}.", money=money, waits=waits, day=day)
    if unlock.held_by == "evaluation":
        return _why_evaluated_late(projection, unlock, day)
    return _why_nothing_held_it(projection, tier, unlock, on)


def _why_money_came_last(tier: Tier, unlock: Unlock, money: str, day: str) -> str:
    if not tier.waiting_gates or unlock.wait_over_on is None:
        return say("{money} is reached on {day}.", money=money, day=day)
    days = max(gate.at_least for gate in tier.waiting_gates)
    return say(
        "{money} is reached on {day}; {wait} was over on {wait_day}.",
        money=money,
        day=day,
        wait=say_count("the {count}-day wait", "the {count}-day wait", days),
        wait_day=day_in_words(unlock.wait_over_on),
    )


def _why_waiting_came_last(tier: Tier, unlock: Unlock, money: str, day: str) -> str:
    waits = waits_in_words(tier)
    if not tier.money_gates or unlock.money_met_on is None:
        if not waits:
            return say("The first payment comes on {day}.", day=day)
        return say("{waits} are over on {day}.", waits=waits, day=day)
    money_day = day_in_words(unlock.money_met_on)
    if not waits:
        return say(
            "The first payment comes on {day}; {money} was reached on {money_day} already.",
            day=day,
            money=money,
            money_day=money_day,
        )
    return say(
        "{waits} are over on {day}; {money} was reached on {money_day} already.",
        waits=waits,
        day=day,
        money=money,
        money_day=money_day,
    )


def _why_nothing_held_it(projection: Projection, tier: Tier, unlock: Unlock, on: date) -> str:
    day = day_in_words(on)
    if unlock.tier not in projection.open_at_start:
        return say("It opens on {day} together with a higher tier.", day=day)
    gates = (unlock.money_met_on, unlock.wait_over_on)
    earned = all(met is not None and met <= on for met in gates)
    if _is_given(projection, tier) and not earned:
        return say(
            "Open on {day}, when the plan starts: the account has this tier already.", day=day
        )
    return say("Open on {day}, when the plan starts: what the account brings is enough.", day=day)


def _is_given(projection: Projection, tier: Tier) -> bool:
    """Whether the account is said to have this tier, or a higher one, as the plan starts."""
    names, has = projection.scenario.rules.tier_names, projection.scenario.opening_tier
    return has is not None and names.index(tier.name) <= names.index(has)


def _why_evaluated_late(projection: Projection, unlock: Unlock, day: str) -> str:
    ready = max(day for day in (unlock.money_met_on, unlock.wait_over_on) if day)
    return say(
        "Its gates hold from {ready_day}; it opens on {day}: {cause}.",
        ready_day=day_in_words(ready),
        day=day,
        cause=_why_later(projection),
    )


def _why_later(projection: Projection) -> str:
    """Say what stands between gates that hold and the tier that they open."""
    if days := _lag_days(projection):
        return say("the tier follows {days} after the evaluation", days=days_in_words(days))
    return _day_of_tiers(projection) or say(
        "the account is evaluated only at a payment, and the next one comes then"
    )


def _why_still_waiting(projection: Projection) -> str:
    """Say what stands between gates that hold and a tier that is not open in time."""
    if days := _lag_days(projection):
        return say("the tier follows only {days} later", days=days_in_words(days))
    return _day_of_tiers(projection) or say(
        "the account is evaluated only at a payment, and none comes"
    )


def _lag_days(projection: Projection) -> int:
    return projection.scenario.rules.lag_for(projection.scenario.lag_days)


def _day_of_tiers(projection: Projection) -> str:
    """Say on which day tiers are given; empty where they are given on any."""
    activation = projection.scenario.rules.activation
    if not isinstance(activation, OnDayOfMonth):
        return ""
    return say("tiers are given on day {day} of a month", day=number(activation.day_of_month))


def _how_much_later(projection: Projection, unlock: Unlock) -> str:
    """Say by how much a tier may come later, where its ladder gives the most days too."""
    later = projection.scenario.rules.lag_days[1] - _lag_days(projection)
    if later <= 0 or unlock.tier in projection.open_at_start:
        return ""
    return say(
        "This is the earliest day: the tier may come up to {days} later.",
        days=days_in_words(later),
    )
