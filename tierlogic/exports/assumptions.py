"""What a projection rests on: every input that affects it, in words and units."""

from collections.abc import Iterator
from decimal import Decimal

from tierlogic.language import day_in_words, say, to_say
from tierlogic.money import amount_in_words, price_in_words
from tierlogic.prices import Price
from tierlogic.rules.words import days_in_words
from tierlogic.scenario import PastDay, Purchase, Reading, Scenario, UsageLine

_WHAT_COUNTS: dict[Reading, str] = {
    "used": to_say("only used money counts"),
    "paid": to_say("buying credit counts"),
}

Assumption = tuple[str, str]
"""Its name and its value: ("Purchases", "$250 on 31 Jan 2026")."""


def assumptions(scenario: Scenario) -> list[Assumption]:
    """List every input that affects the figures."""
    return list(_all(scenario))


def unusual_assumptions(scenario: Scenario) -> list[Assumption]:
    """List the inputs in which a scenario is not the plainest plan of its length and rules."""
    plainest = Scenario(
        own_ladder=scenario.own_ladder,
        own_limits=scenario.own_limits,
        ladder=scenario.ladder,
        limits=scenario.limits,
        start=scenario.start,
        days=scenario.days,
        reading=scenario.reading,
    )
    usual = set(assumptions(plainest))
    return [assumption for assumption in assumptions(scenario) if assumption not in usual]


def plan_in_words(scenario: Scenario) -> str:
    """Say which days a scenario covers."""
    first, last = day_in_words(scenario.start), day_in_words(scenario.last_day)
    return f"{days_in_words(scenario.days)}, {first} to {last}"


def _all(scenario: Scenario) -> Iterator[Assumption]:
    yield "Plan", plan_in_words(scenario)
    yield "Tiers", _rules(scenario.ladder, scenario.rules.title, scenario.own_ladder)
    yield "Limits", _rules(scenario.limits, scenario.limits_table.title, scenario.own_limits)
    if scenario.rules.contested:
        yield say("What counts"), say(_WHAT_COUNTS[scenario.reading])
    yield from _account(scenario)
    yield from _payments(scenario)
    yield from _usage(scenario)
    yield (
        "Evaluation",
        "every day" if scenario.evaluated == "daily" else "only at a payment",
    )
    yield "Delay of an upgrade", days_in_words(scenario.lag_days)


def _rules(rules: str, title: str, own: str | None) -> str:
    whose = " (a file of one's own)" if own else ""
    return f"{rules}{whose}: {title}"


def _account(scenario: Scenario) -> Iterator[Assumption]:
    first = scenario.first_payment
    yield "First payment", day_in_words(first) if first else "the first one of the plan"
    yield "Used before the plan", _money(scenario, scenario.used_before)
    yield "Paid before the plan", _money(scenario, scenario.paid_before)
    if scenario.purchased_before is not None:
        yield "Credit bought before the plan", _money(scenario, scenario.purchased_before)
    yield "Used in the first month, before the plan", _money(scenario, scenario.month_used_before)
    yield "Credit at the start", _money(scenario, scenario.opening_balance)
    yield "Tier at the start", scenario.opening_tier or "the one that is earned"
    if scenario.account_created:
        yield "Account created", day_in_words(scenario.account_created)
    for fact in scenario.rules.facts:
        yield fact.capitalize(), "no" if fact in scenario.lacks else "yes"
    if scenario.past:
        yield "Days before the plan", "; ".join(_past(scenario, day) for day in scenario.past)


def _payments(scenario: Scenario) -> Iterator[Assumption]:
    bought = [_purchase(scenario, purchase) for purchase in scenario.purchases]
    yield "Purchases", "; ".join(bought) or "none"
    yield "Billing", "prepaid credit" if scenario.billing == "prepaid" else "monthly invoice"
    yield "Auto-recharge", _recharge(scenario)


def _usage(scenario: Scenario) -> Iterator[Assumption]:
    if not scenario.usage:
        yield "Usage", "none"
    for number, line in enumerate(scenario.usage, start=1):
        name = "Usage" if len(scenario.usage) == 1 else f"Usage, line {number}"
        yield name, "; ".join(_line(scenario, line))
    yield "Hours of use", f"{scenario.active_hours:g} a day"
    yield "Busiest minute", f"{scenario.peak_factor:g} times the average"
    yield "Weekends", f"{scenario.weekend_factor:g} times a weekday"
    if scenario.noise:
        spread = _percent(scenario.noise.spread)
        yield "Day-to-day noise", f"{spread} of a day's tokens, seed {scenario.noise.seed}"


def _line(scenario: Scenario, line: UsageLine) -> Iterator[str]:
    yield f"{line.model}: {line.tokens_per_day:,.15g} tokens a day"
    yield f"{_percent(line.output_share)} output, {_percent(line.cached_share)} of the input cached"
    if line.price:
        yield _price(scenario, line.price)
    if line.growth_per_30_days:
        yield f"changes by {line.growth_per_30_days * 100:+.10g}% in 30 days"
    if line.starts:
        yield f"from {day_in_words(line.starts)}"
    if line.ends:
        yield f"until {day_in_words(line.ends)}"
    if line.tokens_per_request:
        yield f"{line.tokens_per_request:,.15g} tokens a request"
    if line.context_window:
        yield f"largest request {line.context_window:,} tokens"


def _price(scenario: Scenario, price: Price) -> str:
    cached = price.input if price.cached_input is None else price.cached_input
    currency = scenario.rules.currency
    exact = [price_in_words(each, currency) for each in (price.input, cached, price.output)]
    return "{} input, {} cached input and {} output per million tokens".format(*exact)


def _purchase(scenario: Scenario, purchase: Purchase) -> str:
    amount, first = _money(scenario, purchase.amount), day_in_words(purchase.on)
    if purchase.every is None:
        return f"{amount} on {first}"
    until = f", {purchase.times} times" if purchase.times else ""
    return f"{amount} every {purchase.every} from {first}{until}"


def _recharge(scenario: Scenario) -> str:
    recharge = scenario.auto_recharge
    if recharge is None:
        return "none"
    most = recharge.monthly_limit
    bounded = "" if most is None else f", {_money(scenario, most)} a month at most"
    amount, below = _money(scenario, recharge.amount), _money(scenario, recharge.below)
    return f"{amount} when the credit falls under {below}{bounded}"


def _past(scenario: Scenario, day: PastDay) -> str:
    used, bought = _money(scenario, day.used), _money(scenario, day.purchased)
    return f"{day_in_words(day.on)}: {used} used, {bought} bought"


def _money(scenario: Scenario, amount: Decimal) -> str:
    return amount_in_words(amount, scenario.rules.currency)


def _percent(share: float) -> str:
    return f"{share * 100:.10g}%"
