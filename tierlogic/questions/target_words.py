"""Why a goal is reached on its day, or is not, in a sentence."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tierlogic.counts import count_in_short
from tierlogic.language import day_in_words, number, say, say_count, to_say
from tierlogic.money import amount_in_words
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_figures import tokens_of
from tierlogic.questions.target_purchases import Purchases, planned_total, total_of
from tierlogic.questions.target_search import Trial
from tierlogic.scenario import Scenario
from tierlogic.tier_in_words import counted_by


def reached_in_words(trial: Trial, aim: Aim) -> str:
    """Say what opens the tier with which a trial reaches its aim."""
    projection = trial.projection
    tier = aim.tier_reached(projection)
    why = projection.unlock(tier).why
    if aim.limit_at is None or trial.reached is None:
        return say("{tier}: {why}", tier=tier, why=why)
    day, limit = day_in_words(trial.reached), aim.limit_at[tier]
    if limit == float("inf"):
        return say(
            "{tier} allows any number of tokens per minute from {day}: {why}",
            tier=tier,
            day=day,
            why=why,
        )
    return say(
        "{tier} allows {tokens} tokens per minute from {day}: {why}",
        tier=tier,
        tokens=number(limit, ",.0f"),
        day=day,
        why=why,
    )


def missed_in_words(trials: Sequence[Trial], aim: Aim) -> str:
    """Say which gate holds the trial that comes nearest to an aim."""
    nearest = min(trials, key=lambda trial: trial.projection.unlock(aim.tier).missing)
    unlock = nearest.projection.unlock(aim.tier)
    if unlock.on is None:
        return say("{tier}: {why}", tier=aim.tier, why=unlock.why)
    day = day_in_words(unlock.on)
    if unlock.on == nearest.projection.scenario.last_day:
        return say(
            "{tier} opens on {day}, too late for its limits to be in force.",
            tier=aim.tier,
            day=day,
        )
    return say(
        "{tier} opens on {day}, but {tier_in_force} is in force, "
        "and its limit is not known to be enough.",
        tier=aim.tier,
        day=day,
        tier_in_force=nearest.projection.tier_changes[-1][1],
    )


def bounds_in_words(trial: Trial, on: date, aim: Aim) -> list[str]:
    """Say what holds back even the most tokens before a day, where use is what is counted."""
    projection = trial.projection
    rules = projection.scenario.rules
    tier = next(tier for tier in rules.tiers if tier.name == aim.tier_reached(projection))
    counts_use = any(counted_by(gate, projection.scenario) == "used" for gate in tier.money_gates)
    if projection.unlock(tier.name).held_by != "money" or not counts_use:
        return []
    first_of_kind = {event.kind: event for event in reversed(projection.events) if event.on <= on}
    bounds = [first_of_kind.get("first_rate_limited_day"), first_of_kind.get("cap_reached")]
    return [event.text for event in bounds if event]


def what_it_takes(plan: Scenario, planned: Scenario) -> str:
    """Say what a plan takes: "With 600M tokens a day and $1,000 bought on 29 Nov 2026."."""
    if plan == planned:
        return say("With the plan as it is.")
    tokens, bought = tokens_of(plan), _bought_in_words(plan)
    if not tokens:
        return say("With {bought}.", bought=bought)
    return say(
        "With {tokens} tokens a day and {bought}.", tokens=count_in_short(tokens), bought=bought
    )


def _bought_in_words(plan: Scenario) -> str:
    if not plan.purchases:
        return say("nothing bought")
    amount = amount_in_words(total_of(plan.purchases), plan.rules.currency)
    days = [purchase.on for purchase in plan.purchases]
    first, last = min(days), max(days)
    if first == last:
        return say("{amount} bought on {day}", amount=amount, day=day_in_words(first))
    return say(
        "{amount} bought from {first} to {last}",
        amount=amount,
        first=day_in_words(first),
        last=day_in_words(last),
    )


def purchases_in_words(purchases: Purchases, plan: Scenario) -> list[str]:
    """Say what purchases come to, and how far that is from what a plan buys within its horizon."""
    if not purchases:
        return [say("No purchase is needed.")]
    total = total_of(purchases)
    in_all = say_count(
        "{amount} in one purchase.",
        "{amount} in {count} purchases.",
        len(purchases),
        amount=amount_in_words(total, plan.rules.currency),
    )
    return [in_all, *_beside_planned(total, plan)]


def _beside_planned(total: Decimal, plan: Scenario) -> list[str]:
    currency, planned = plan.rules.currency, planned_total(plan)
    if not planned:
        return []
    day = day_in_words(plan.last_day)
    if total == planned:
        return [say("That is as much as is planned by {day}.", day=day)]
    sentence = (
        to_say("That is {difference} more than the {planned} planned by {day}.")
        if total > planned
        else to_say("That is {difference} less than the {planned} planned by {day}.")
    )
    return [
        say(
            sentence,
            difference=amount_in_words(abs(total - planned), currency),
            planned=amount_in_words(planned, currency),
            day=day,
        )
    ]


def on_top_in_words(plan: Scenario) -> list[str]:
    """Say what a further purchase comes on top of: what a plan buys within its horizon."""
    planned = planned_total(plan)
    if not planned:
        return []
    amount, day = amount_in_words(planned, plan.rules.currency), day_in_words(plan.last_day)
    return [say("That is on top of the {planned} planned by {day}.", planned=amount, day=day)]
