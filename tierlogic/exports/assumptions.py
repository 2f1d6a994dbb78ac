"""What a projection rests on: every input that affects it, in words and units."""

from collections.abc import Iterator
from decimal import Decimal

from tierlogic.language import day_in_words, number, say, say_count, to_say
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
    return say(
        "{days}, {first_day} to {last_day}",
        days=days_in_words(scenario.days),
        first_day=first,
        last_day=last,
    )


def _all(scenario: Scenario) -> Iterator[Assumption]:
    yield say("Plan"), plan_in_words(scenario)
    yield say("Tiers"), _rules(scenario.ladder, scenario.rules.title, scenario.own_ladder)
    yield say("Limits"), _rules(scenario.limits, scenario.limits_table.title, scenario.own_limits)
    if scenario.rules.contested:
        yield say("What counts"), say(_WHAT_COUNTS[scenario.reading])
    yield from _account(scenario)
    yield from _payments(scenario)
    yield from _usage(scenario)
    yield (
        say("Evaluation"),
        say("every day") if scenario.evaluated == "daily" else say("only at a payment"),
    )
    yield say("Delay of an upgrade"), days_in_words(scenario.lag_days)


def _rules(rules: str, title: str, own: str | None) -> str:
    if own:
        return say("{rules} (a file of one's own): {title}", rules=rules, title=title)
    return say("{rules}: {title}", rules=rules, title=title)


def _account(scenario: Scenario) -> Iterator[Assumption]:
    first = scenario.first_payment
    yield say("First payment"), day_in_words(first) if first else say("the first one of the plan")
    yield say("Used before the plan"), _money(scenario, scenario.used_before)
    yield say("Paid before the plan"), _money(scenario, scenario.paid_before)
    if scenario.purchased_before is not None:
        yield say("Credit bought before the plan"), _money(scenario, scenario.purchased_before)
    this_month = _money(scenario, scenario.month_used_before)
    yield say("Used in the first month, before the plan"), this_month
    yield say("Credit at the start"), _money(scenario, scenario.opening_balance)
    yield say("Tier at the start"), scenario.opening_tier or say("the one that is earned")
    if scenario.account_created:
        yield say("Account created"), day_in_words(scenario.account_created)
    for fact in scenario.rules.facts:
        yield fact.capitalize(), say("no") if fact in scenario.lacks else say("yes")
    if scenario.past:
        yield say("Days before the plan"), "; ".join(_past(scenario, day) for day in scenario.past)


def _payments(scenario: Scenario) -> Iterator[Assumption]:
    bought = [_purchase(scenario, purchase) for purchase in scenario.purchases]
    yield say("Purchases"), "; ".join(bought) or say("none")
    is_prepaid = scenario.billing == "prepaid"
    yield say("Billing"), say("prepaid credit") if is_prepaid else say("monthly invoice")
    yield say("Auto-recharge"), _recharge(scenario)


def _usage(scenario: Scenario) -> Iterator[Assumption]:
    if not scenario.usage:
        yield say("Usage"), say("none")
    for place, line in enumerate(scenario.usage, start=1):
        is_alone = len(scenario.usage) == 1
        name = say("Usage") if is_alone else say("Usage, line {place}", place=number(place))
        yield name, "; ".join(_line(scenario, line))
    yield say("Hours of use"), say("{hours} a day", hours=number(scenario.active_hours, "g"))
    peak, weekend = number(scenario.peak_factor, "g"), number(scenario.weekend_factor, "g")
    yield say("Busiest minute"), say("{factor} times the average", factor=peak)
    yield say("Weekends"), say("{factor} times a weekday", factor=weekend)
    if scenario.noise:
        yield (
            say("Day-to-day noise"),
            say(
                "{percent} of a day's tokens, seed {seed}",
                percent=_percent(scenario.noise.spread),
                seed=scenario.noise.seed,
            ),
        )


def _line(scenario: Scenario, line: UsageLine) -> Iterator[str]:
    yield say(
        "{model}: {tokens} tokens a day",
        model=line.model,
        tokens=number(line.tokens_per_day, ",.15g"),
    )
    yield say(
        "{output} output, {cached} of the input cached",
        output=_percent(line.output_share),
        cached=_percent(line.cached_share),
    )
    if line.price:
        yield _price(scenario, line.price)
    if line.growth_per_30_days:
        yield say("changes by {percent} in 30 days", percent=_percent(line.growth_per_30_days, "+"))
    if line.starts:
        yield say("from {day}", day=day_in_words(line.starts))
    if line.ends:
        yield say("until {day}", day=day_in_words(line.ends))
    if line.tokens_per_request:
        yield say("{tokens} tokens a request", tokens=number(line.tokens_per_request, ",.15g"))
    if line.context_window:
        yield say("largest request {tokens} tokens", tokens=number(line.context_window))


def _price(scenario: Scenario, price: Price) -> str:
    cached = price.input if price.cached_input is None else price.cached_input
    currency = scenario.rules.currency
    return say(
        "{input} input, {cached} cached input and {output} output per million tokens",
        input=price_in_words(price.input, currency),
        cached=price_in_words(cached, currency),
        output=price_in_words(price.output, currency),
    )


def _purchase(scenario: Scenario, purchase: Purchase) -> str:
    amount, first = _money(scenario, purchase.amount), day_in_words(purchase.on)
    if purchase.every is None:
        return say("{amount} on {day}", amount=amount, day=first)
    if purchase.every == "week":
        repeated = say("{amount} every week from {day}", amount=amount, day=first)
    else:
        repeated = say("{amount} every month from {day}", amount=amount, day=first)
    if purchase.times is None:
        return repeated
    return say_count(
        "{purchases}, {count} time",
        "{purchases}, {count} times",
        purchase.times,
        purchases=repeated,
    )


def _recharge(scenario: Scenario) -> str:
    recharge = scenario.auto_recharge
    if recharge is None:
        return say("none")
    amount, below = _money(scenario, recharge.amount), _money(scenario, recharge.below)
    if recharge.monthly_limit is None:
        return say("{amount} when the credit falls under {below}", amount=amount, below=below)
    return say(
        "{amount} when the credit falls under {below}, {most} a month at most",
        amount=amount,
        below=below,
        most=_money(scenario, recharge.monthly_limit),
    )


def _past(scenario: Scenario, day: PastDay) -> str:
    used, bought = _money(scenario, day.used), _money(scenario, day.purchased)
    return say(
        "{day}: {used} used, {bought} bought", day=day_in_words(day.on), used=used, bought=bought
    )


def _money(scenario: Scenario, amount: Decimal) -> str:
    return amount_in_words(amount, scenario.rules.currency)


def _percent(share: float, sign: str = "") -> str:
    return say("{number}%", number=number(share * 100, f"{sign}.10g"))
