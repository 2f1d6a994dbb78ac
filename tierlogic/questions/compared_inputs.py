"""What differs in the inputs of two scenarios, in words."""

from collections.abc import Callable
from datetime import date

from tierlogic.language import day_in_words, month_in_words, number, say, say_count, to_say
from tierlogic.questions.compared_usage import usage_differences
from tierlogic.questions.differences import ONE_INSTEAD, Words, entries, instead, money, numbers
from tierlogic.rules.catalog import provider_of
from tierlogic.rules.document import RulesFile
from tierlogic.scenario import AutoRecharge, Noise, PastDay, Purchase, Scenario


def input_differences(scenario: Scenario, base: Scenario) -> tuple[str, ...]:
    """Say what a scenario plans otherwise than the base, field by field; empty: nothing.

    The title is a name, not an input.
    """
    return tuple(
        words for field in type(scenario).model_fields for words in _SAID[field](scenario, base)
    )


def _ladder(here: Scenario, there: Scenario) -> Words:
    sentence = to_say("rules of {here} instead of {there}")
    yield from _versions(sentence, (here.rules, here), (there.rules, there))


def _limits(here: Scenario, there: Scenario) -> Words:
    sentence = to_say("limits of {here} instead of {there}")
    yield from _versions(sentence, (here.limits_table, here), (there.limits_table, there))


def _own_ladder(here: Scenario, there: Scenario) -> Words:
    if here.ladder == there.ladder and here.own_ladder != there.own_ladder:
        sentence = _said_of_own_file(
            here.own_ladder,
            there.own_ladder,
            published=to_say("published rules {file} instead of a file of one's own"),
            own=to_say("a file of one's own for rules {file} instead of the published"),
            other=to_say("another file of one's own for rules {file}"),
        )
        yield say(sentence, file=here.ladder)


def _own_limits(here: Scenario, there: Scenario) -> Words:
    if here.limits == there.limits and here.own_limits != there.own_limits:
        sentence = _said_of_own_file(
            here.own_limits,
            there.own_limits,
            published=to_say("published limits {file} instead of a file of one's own"),
            own=to_say("a file of one's own for limits {file} instead of the published"),
            other=to_say("another file of one's own for limits {file}"),
        )
        yield say(sentence, file=here.limits)


def _start(here: Scenario, there: Scenario) -> Words:
    sentence = to_say("start on {here} instead of {there}")
    yield from instead(sentence, day_in_words(here.start), day_in_words(there.start))


def _days(here: Scenario, there: Scenario) -> Words:
    if here.days != there.days:
        yield say_count(
            "{count} day instead of {there}",
            "{count} days instead of {there}",
            here.days,
            there=number(there.days),
        )


def _first_payment(here: Scenario, there: Scenario) -> Words:
    def said(day: date | None) -> str:
        return say("on {day}", day=day_in_words(day)) if day else say("with the first one planned")

    sentence = to_say("first payment {here} instead of {there}")
    yield from instead(sentence, said(here.first_payment), said(there.first_payment))


def _reading(here: Scenario, there: Scenario) -> Words:
    if here.reading != there.reading:
        yield (
            say("reading used instead of paid")
            if here.reading == "used"
            else say("reading paid instead of used")
        )


def _purchased_before(here: Scenario, there: Scenario) -> Words:
    if here.purchased_before is None and there.purchased_before is None:
        return

    def said(scenario: Scenario) -> str:
        bought = scenario.purchased_before
        return say("all that was paid") if bought is None else money(scenario, bought)

    sentence = to_say("{here} as credit bought before instead of {there}")
    yield from instead(sentence, said(here), said(there))


def _past(here: Scenario, there: Scenario) -> Words:
    yield from entries(
        [_past_day(here, day) for day in here.past],
        [_past_day(there, day) for day in there.past],
        reordered=to_say("past days in another order"),
        many=to_say("{here} other past days instead of {there}"),
    )


def _account_created(here: Scenario, there: Scenario) -> Words:
    def said(day: date | None) -> str:
        return say("on {day}", day=day_in_words(day)) if day else say("on a day not given")

    sentence = to_say("account created {here} instead of {there}")
    yield from instead(sentence, said(here.account_created), said(there.account_created))


def _lacks(here: Scenario, there: Scenario) -> Words:
    for fact in here.lacks:
        if fact not in there.lacks:
            yield say("without {fact}", fact=fact)
    for fact in there.lacks:
        if fact not in here.lacks:
            yield say("with {fact}", fact=fact)


def _opening_tier(here: Scenario, there: Scenario) -> Words:
    unknown = say("what the figures open")
    yield from instead(
        to_say("{here} as the tier at the start instead of {there}"),
        here.opening_tier or unknown,
        there.opening_tier or unknown,
    )


def _purchases(here: Scenario, there: Scenario) -> Words:
    yield from entries(
        [_purchase(here, purchase) for purchase in here.purchases],
        [_purchase(there, purchase) for purchase in there.purchases],
        reordered=to_say("purchases in another order"),
        many=to_say("{here} other purchases instead of {there}"),
    )


def _auto_recharge(here: Scenario, there: Scenario) -> Words:
    yield from instead(ONE_INSTEAD, _recharge(here), _recharge(there))


def _billing(here: Scenario, there: Scenario) -> Words:
    if here.billing != there.billing:
        yield (
            say("prepaid credit instead of a monthly invoice")
            if here.billing == "prepaid"
            else say("a monthly invoice instead of prepaid credit")
        )


def _usage(here: Scenario, there: Scenario) -> Words:
    said = list(usage_differences(here, there))
    yield from said
    if not said and here.usage != there.usage:
        yield say("models in another order")


def _active_hours(here: Scenario, there: Scenario) -> Words:
    sentence = to_say("{here} active hours per day instead of {there}")
    yield from numbers(sentence, here.active_hours, there.active_hours)


def _peak_factor(here: Scenario, there: Scenario) -> Words:
    sentence = to_say("peak factor {here} instead of {there}")
    yield from numbers(sentence, here.peak_factor, there.peak_factor)


def _weekend_factor(here: Scenario, there: Scenario) -> Words:
    sentence = to_say("weekend factor {here} instead of {there}")
    yield from numbers(sentence, here.weekend_factor, there.weekend_factor)


def _noise(here: Scenario, there: Scenario) -> Words:
    def said(noise: Noise | None) -> str:
        if noise is None:
            return "0"
        return say("{spread} (seed {seed})", spread=number(noise.spread, ".6g"), seed=noise.seed)

    sentence = to_say("day-to-day noise of {here} instead of {there}")
    yield from instead(sentence, said(here.noise), said(there.noise))


def _evaluated(here: Scenario, there: Scenario) -> Words:
    if here.evaluated != there.evaluated:
        yield (
            say("tiers evaluated daily instead of at payments")
            if here.evaluated == "daily"
            else say("tiers evaluated at payments instead of daily")
        )


def _lag_days(here: Scenario, there: Scenario) -> Words:
    if here.lag_days != there.lag_days:
        yield say_count(
            "{count} day of lag instead of {there}",
            "{count} days of lag instead of {there}",
            here.lag_days,
            there=number(there.lag_days),
        )


def _title(_here: Scenario, _there: Scenario) -> Words:
    yield from ()


def _amount(field: str, sentence: str) -> Callable[[Scenario, Scenario], Words]:
    """Make the words of an amount: nothing of any currency is nothing."""

    def said(here: Scenario, there: Scenario) -> Words:
        mine, other = getattr(here, field), getattr(there, field)
        if mine or other:
            yield from instead(sentence, money(here, mine), money(there, other))

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
    "used_before": _amount("used_before", to_say("{here} used before instead of {there}")),
    "paid_before": _amount("paid_before", to_say("{here} paid before instead of {there}")),
    "purchased_before": _purchased_before,
    "past": _past,
    "account_created": _account_created,
    "lacks": _lacks,
    "opening_balance": _amount(
        "opening_balance", to_say("{here} of credit at the start instead of {there}")
    ),
    "month_used_before": _amount(
        "month_used_before", to_say("{here} used in the first month before instead of {there}")
    ),
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
    sentence: str, this: tuple[RulesFile, Scenario], that: tuple[RulesFile, Scenario]
) -> Words:
    """Say which dated file is taken: by its month, or its day where two share the month."""
    (here, scenario), (there, base) = this, that
    if here.id == there.id:
        return
    mine, other = month_in_words(here.in_force_from), month_in_words(there.in_force_from)
    if here.provider != there.provider:
        mine, other = _of_provider(scenario, mine), _of_provider(base, other)
    elif mine == other:
        mine, other = day_in_words(here.in_force_from), day_in_words(there.in_force_from)
    if mine == other:
        mine, other = here.id, there.id
    yield from instead(sentence, mine, other)


def _of_provider(scenario: Scenario, version: str) -> str:
    provider = provider_of(scenario.rules).name
    return say("{provider} of {month}", provider=provider, month=version)


def _said_of_own_file(
    here: str | None, there: str | None, *, published: str, own: str, other: str
) -> str:
    """Choose what is said where a file of one's own stands in under the same id, or another one."""
    if here is None:
        return published
    return own if there is None else other


def _past_day(scenario: Scenario, day: PastDay) -> str:
    return say(
        "{used} used and {bought} bought on {day}",
        used=money(scenario, day.used),
        bought=money(scenario, day.purchased),
        day=day_in_words(day.on),
    )


def _purchase(scenario: Scenario, purchase: Purchase) -> str:
    amount, day = money(scenario, purchase.amount), day_in_words(purchase.on)
    match purchase.every:
        case None:
            words = say("{amount} on {day}", amount=amount, day=day)
        case "week":
            words = say("{amount} on {day} and every week", amount=amount, day=day)
        case "month":
            words = say("{amount} on {day} and every month", amount=amount, day=day)
    if purchase.times is None:
        return words
    return say_count(
        "{purchases}, {count} time", "{purchases}, {count} times", purchase.times, purchases=words
    )


def _recharge(scenario: Scenario) -> str:
    recharge: AutoRecharge | None = scenario.auto_recharge
    if recharge is None:
        return say("no auto-recharge")
    amount, below = money(scenario, recharge.amount), money(scenario, recharge.below)
    if recharge.monthly_limit is None:
        return say("auto-recharge of {amount} below {below}", amount=amount, below=below)
    return say(
        "auto-recharge of {amount} below {below}, at most {limit} a month",
        amount=amount,
        below=below,
        limit=money(scenario, recharge.monthly_limit),
    )
