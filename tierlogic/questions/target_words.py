"""Why a goal is reached on its day, or is not, in a sentence."""

from collections.abc import Sequence
from datetime import date

from tierlogic.language import day_in_words
from tierlogic.money import amount_in_words
from tierlogic.questions.goal import Aim
from tierlogic.questions.target_purchases import Purchases, total_of
from tierlogic.questions.target_search import Trial
from tierlogic.tier_in_words import counted_by


def reached_in_words(trial: Trial, aim: Aim) -> str:
    """Say what opens the tier with which a trial reaches its aim."""
    projection = trial.projection
    tier = aim.tier_reached(projection)
    why = projection.unlock(tier).why
    if aim.limit_at is None or trial.reached is None:
        return f"{tier}: {why}"
    return (
        f"{tier} allows {_tokens_in_words(aim.limit_at[tier])} per minute "
        f"from {day_in_words(trial.reached)}: {why}"
    )


def missed_in_words(trials: Sequence[Trial], aim: Aim) -> str:
    """Say which gate holds the trial that comes nearest to an aim."""
    nearest = min(trials, key=lambda trial: trial.projection.unlock(aim.tier).missing)
    unlock = nearest.projection.unlock(aim.tier)
    if unlock.on is None:
        return f"{aim.tier}: {unlock.why}"
    opens = f"{aim.tier} opens on {day_in_words(unlock.on)}"
    in_force = nearest.projection.tier_changes[-1][1]
    if unlock.on == nearest.projection.scenario.last_day:
        return f"{opens}, too late for its limits to be in force."
    return f"{opens}, but {in_force} is in force, and its limit is not known to be enough."


def bounds_in_words(trial: Trial, on: date, aim: Aim) -> str:
    """Say what holds back even the most tokens before a day, where use is what is counted."""
    projection = trial.projection
    rules = projection.scenario.rules
    tier = next(tier for tier in rules.tiers if tier.name == aim.tier_reached(projection))
    counts_use = any(counted_by(gate, projection.scenario) == "used" for gate in tier.money_gates)
    if projection.unlock(tier.name).held_by != "money" or not counts_use:
        return ""
    first_of_kind = {event.kind: event for event in reversed(projection.events) if event.on <= on}
    bounds = [first_of_kind.get("first_rate_limited_day"), first_of_kind.get("cap_reached")]
    return "".join(f" {event.text}" for event in bounds if event)


def purchases_in_words(purchases: Purchases, currency: str) -> str:
    """Say what purchases come to: "$250 in one purchase"."""
    if not purchases:
        return "No purchase is needed"
    count = "one purchase" if len(purchases) == 1 else f"{len(purchases)} purchases"
    return f"{amount_in_words(total_of(purchases), currency)} in {count}"


def _tokens_in_words(limit: float) -> str:
    return "any number of tokens" if limit == float("inf") else f"{limit:,.0f} tokens"
