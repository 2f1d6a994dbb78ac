"""What differs in the inputs of two scenarios, in words."""

from collections.abc import Callable
from datetime import date

from tierlogic.language import day_in_words, month_in_words
from tierlogic.questions.compared_usage import usage_differences
from tierlogic.questions.differences import Words, entries, instead, money, numbers
from tierlogic.rules.catalog import provider_of
from tierlogic.rules.document import RulesFile
from tierlogic.scenario import AutoRecharge, Noise, PastDay, Purchase, Scenario

_BILLING = {"prepaid": "prepaid credit", "monthly_invoice": "a monthly invoice"}
_EVALUATED = {"daily": "daily", "at_payment": "at payments"}


def input_differences(scenario: Scenario, base: Scenario) -> tuple[str, ...]:
    """Say what a scenario plans otherwise than the base, field by field; empty: nothing.

    The title is a name, not an input.
    """
    return tuple(
        words for field in type(scenario).model_fields for words in _SAID[field](scenario, base)
    )


def _ladder(here: Scenario, there: Scenario) -> Words:
    yield from _versions("rules", (here.rules, here), (there.rules, there))


def _limits(here: Scenario, there: Scenario) -> Words:
    yield from _versions("limits", (here.limits_table, here), (there.limits_table, there))


def _own_ladder(here: Scenario, there: Scenario) -> Words:
    if here.ladder == there.ladder:
        yield from _own_file("rules", here.ladder, here.own_ladder, there.own_ladder)


def _own_limits(here: Scenario, there: Scenario) -> Words:
    if here.limits == there.limits:
        yield from _own_file("limits", here.limits, here.own_limits, there.own_limits)


def _start(here: Scenario, there: Scenario) -> Words:
    yield from instead("start on {}", day_in_words(here.start), day_in_words(there.start))


def _days(here: Scenario, there: Scenario) -> Words:
    words = "{} day" if here.days == 1 else "{} days"
    yield from instead(words, f"{here.days:,}", f"{there.days:,}")


def _first_payment(here: Scenario, there: Scenario) -> Words:
    def said(day: date | None) -> str:
        return f"on {day_in_words(day)}" if day else "with the first one planned"

    yield from instead("first payment {}", said(here.first_payment), said(there.first_payment))


def _reading(here: Scenario, there: Scenario) -> Words:
    yield from instead("reading {}", here.reading, there.reading)


def _purchased_before(here: Scenario, there: Scenario) -> Words:
    if here.purchased_before is None and there.purchased_before is None:
        return

    def said(scenario: Scenario) -> str:
        bought = scenario.purchased_before
        return "all that was paid" if bought is None else money(scenario, bought)

    yield from instead("{} as credit bought before", said(here), said(there))


def _past(here: Scenario, there: Scenario) -> Words:
    yield from entries(
        "past days",
        [_past_day(here, day) for day in here.past],
        [_past_day(there, day) for day in there.past],
    )


def _account_created(here: Scenario, there: Scenario) -> Words:
    def said(day: date | None) -> str:
        return f"on {day_in_words(day)}" if day else "on a day not given"

    yield from instead(
        "account created {}", said(here.account_created), said(there.account_created)
    )


def _lacks(here: Scenario, there: Scenario) -> Words:
    yield from (f"without {fact}" for fact in here.lacks if fact not in there.lacks)
    yield from (f"with {fact}" for fact in there.lacks if fact not in here.lacks)


def _opening_tier(here: Scenario, there: Scenario) -> Words:
    unknown = "what the figures open"
    yield from instead(
        "{} as the tier at the start",
        here.opening_tier or unknown,
        there.opening_tier or unknown,
    )


def _purchases(here: Scenario, there: Scenario) -> Words:
    yield from entries(
        "purchases",
        [_purchase(here, purchase) for purchase in here.purchases],
        [_purchase(there, purchase) for purchase in there.purchases],
    )


def _auto_recharge(here: Scenario, there: Scenario) -> Words:
    yield from instead("{}", _recharge(here), _recharge(there))


def _billing(here: Scenario, there: Scenario) -> Words:
    yield from instead("{}", _BILLING[here.billing], _BILLING[there.billing])


def _usage(here: Scenario, there: Scenario) -> Words:
    said = list(usage_differences(here, there))
    yield from said
    if not said and here.usage != there.usage:
        yield "models in another order"


def _active_hours(here: Scenario, there: Scenario) -> Words:
    yield from numbers("{} active hours per day", here.active_hours, there.active_hours)


def _peak_factor(here: Scenario, there: Scenario) -> Words:
    yield from numbers("peak factor {}", here.peak_factor, there.peak_factor)


def _weekend_factor(here: Scenario, there: Scenario) -> Words:
    yield from numbers("weekend factor {}", here.weekend_factor, there.weekend_factor)


def _noise(here: Scenario, there: Scenario) -> Words:
    def said(noise: Noise | None) -> str:
        return f"{noise.spread:.6g} (seed {noise.seed})" if noise else "0"

    yield from instead("day-to-day noise of {}", said(here.noise), said(there.noise))


def _evaluated(here: Scenario, there: Scenario) -> Words:
    yield from instead(
        "tiers evaluated {}", _EVALUATED[here.evaluated], _EVALUATED[there.evaluated]
    )


def _lag_days(here: Scenario, there: Scenario) -> Words:
    words = "{} day of lag" if here.lag_days == 1 else "{} days of lag"
    yield from instead(words, str(here.lag_days), str(there.lag_days))


def _title(_here: Scenario, _there: Scenario) -> Words:
    yield from ()


def _amount(field: str, words: str) -> Callable[[Scenario, Scenario], Words]:
    """Make the words of an amount: nothing of any currency is nothing."""

    def said(here: Scenario, there: Scenario) -> Words:
        mine, other = getattr(here, field), getattr(there, field)
        if mine or other:
            yield from instead(words, money(here, mine), money(there, other))

    return said


_SAID: dict[str, Callable[[Scenario, Scenario], Words]] = {
    "own_ladder": _own_ladder,
    "own_limits": _own_limits,
    "ladder": _ladder,
    "limits": _limits,
    "start": _start,
    "days": _days,
    "first_payment": _first_payment,
    "reading": _reading,
    "used_before": _amount("used_before", "{} used before"),
    "paid_before": _amount("paid_before", "{} paid before"),
    "purchased_before": _purchased_before,
    "past": _past,
    "account_created": _account_created,
    "lacks": _lacks,
    "opening_balance": _amount("opening_balance", "{} of credit at the start"),
    "month_used_before": _amount("month_used_before", "{} used in the first month before"),
    "opening_tier": _opening_tier,
    "purchases": _purchases,
    "auto_recharge": _auto_recharge,
    "billing": _billing,
    "usage": _usage,
    "active_hours": _active_hours,
    "peak_factor": _peak_factor,
    "weekend_factor": _weekend_factor,
    "noise": _noise,
    "evaluated": _evaluated,
    "lag_days": _lag_days,
    "title": _title,
}
"""Words for each field of a scenario, in the order of its fields."""


def _versions(
    what: str, this: tuple[RulesFile, Scenario], that: tuple[RulesFile, Scenario]
) -> Words:
    """Say which dated file is taken: by its month, or its day where two share the month."""
    (here, scenario), (there, base) = this, that
    if here.id == there.id:
        return
    mine, other = month_in_words(here.in_force_from), month_in_words(there.in_force_from)
    if here.provider != there.provider:
        mine = f"{provider_of(scenario.rules).name} of {mine}"
        other = f"{provider_of(base.rules).name} of {other}"
    elif mine == other:
        mine, other = day_in_words(here.in_force_from), day_in_words(there.in_force_from)
    if mine == other:
        mine, other = here.id, there.id
    yield f"{what} of {mine} instead of {other}"


def _own_file(what: str, rules: str, here: str | None, there: str | None) -> Words:
    """Say that a file of one's own stands in, or another one, under the same id."""
    if here == there:
        return
    if here is None:
        yield f"published {what} {rules} instead of a file of one's own"
    elif there is None:
        yield f"a file of one's own for {what} {rules} instead of the published"
    else:
        yield f"another file of one's own for {what} {rules}"


def _past_day(scenario: Scenario, day: PastDay) -> str:
    used, bought = money(scenario, day.used), money(scenario, day.purchased)
    return f"{used} used and {bought} bought on {day_in_words(day.on)}"


def _purchase(scenario: Scenario, purchase: Purchase) -> str:
    words = f"{money(scenario, purchase.amount)} on {day_in_words(purchase.on)}"
    if purchase.every:
        words += f" and every {purchase.every}"
    return f"{words}, {purchase.times} times" if purchase.times else words


def _recharge(scenario: Scenario) -> str:
    recharge: AutoRecharge | None = scenario.auto_recharge
    if recharge is None:
        return "no auto-recharge"
    words = (
        f"auto-recharge of {money(scenario, recharge.amount)} "
        f"below {money(scenario, recharge.below)}"
    )
    if recharge.monthly_limit is None:
        return words
    return f"{words}, at most {money(scenario, recharge.monthly_limit)} a month"
