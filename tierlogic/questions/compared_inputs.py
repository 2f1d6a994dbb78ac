"""What differs in the inputs of two scenarios, in words."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from tierlogic.calendar import day_in_words
from tierlogic.money import SYMBOLS, amount_in_words
from tierlogic.prices import Price
from tierlogic.rules.catalog import provider_of
from tierlogic.rules.document import RulesFile
from tierlogic.scenario import AutoRecharge, Noise, PastDay, Purchase, Scenario, UsageLine

Words = Iterator[str]

_MOST_ENTRIES = 4
"""Differing purchases, and past days, that are said one by one."""
_BILLING = {"prepaid": "prepaid credit", "monthly_invoice": "a monthly invoice"}
_EVALUATED = {"daily": "daily", "at_payment": "at payments"}
_UNITS = ((10**12, "T"), (10**9, "B"), (10**6, "M"))


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
    yield from _instead("start on {}", _day(here.start), _day(there.start))


def _days(here: Scenario, there: Scenario) -> Words:
    words = "{} day" if here.days == 1 else "{} days"
    yield from _instead(words, f"{here.days:,}", f"{there.days:,}")


def _first_payment(here: Scenario, there: Scenario) -> Words:
    def said(day: date | None) -> str:
        return f"on {_day(day)}" if day else "with the first one planned"

    yield from _instead("first payment {}", said(here.first_payment), said(there.first_payment))


def _reading(here: Scenario, there: Scenario) -> Words:
    yield from _instead("reading {}", here.reading, there.reading)


def _purchased_before(here: Scenario, there: Scenario) -> Words:
    if here.purchased_before is None and there.purchased_before is None:
        return

    def said(scenario: Scenario) -> str:
        bought = scenario.purchased_before
        return "all that was paid" if bought is None else _money(scenario, bought)

    yield from _instead("{} as credit bought before", said(here), said(there))


def _past(here: Scenario, there: Scenario) -> Words:
    yield from _entries(
        "past days",
        [_past_day(here, day) for day in here.past],
        [_past_day(there, day) for day in there.past],
    )


def _account_created(here: Scenario, there: Scenario) -> Words:
    def said(day: date | None) -> str:
        return f"on {_day(day)}" if day else "on a day not given"

    yield from _instead(
        "account created {}", said(here.account_created), said(there.account_created)
    )


def _lacks(here: Scenario, there: Scenario) -> Words:
    yield from (f"without {fact}" for fact in here.lacks if fact not in there.lacks)
    yield from (f"with {fact}" for fact in there.lacks if fact not in here.lacks)


def _opening_tier(here: Scenario, there: Scenario) -> Words:
    unknown = "what the figures open"
    yield from _instead(
        "{} as the tier at the start",
        here.opening_tier or unknown,
        there.opening_tier or unknown,
    )


def _purchases(here: Scenario, there: Scenario) -> Words:
    yield from _entries(
        "purchases",
        [_purchase(here, purchase) for purchase in here.purchases],
        [_purchase(there, purchase) for purchase in there.purchases],
    )


def _auto_recharge(here: Scenario, there: Scenario) -> Words:
    yield from _instead("{}", _recharge(here), _recharge(there))


def _billing(here: Scenario, there: Scenario) -> Words:
    yield from _instead("{}", _BILLING[here.billing], _BILLING[there.billing])


def _usage(here: Scenario, there: Scenario) -> Words:
    said = list(_lines(here, there))
    yield from said
    if not said and here.usage != there.usage:
        yield "models in another order"


def _active_hours(here: Scenario, there: Scenario) -> Words:
    yield from _numbers("{} active hours per day", here.active_hours, there.active_hours)


def _peak_factor(here: Scenario, there: Scenario) -> Words:
    yield from _numbers("peak factor {}", here.peak_factor, there.peak_factor)


def _weekend_factor(here: Scenario, there: Scenario) -> Words:
    yield from _numbers("weekend factor {}", here.weekend_factor, there.weekend_factor)


def _noise(here: Scenario, there: Scenario) -> Words:
    def said(noise: Noise | None) -> str:
        return f"{noise.spread:.6g} (seed {noise.seed})" if noise else "0"

    yield from _instead("day-to-day noise of {}", said(here.noise), said(there.noise))


def _evaluated(here: Scenario, there: Scenario) -> Words:
    yield from _instead(
        "tiers evaluated {}", _EVALUATED[here.evaluated], _EVALUATED[there.evaluated]
    )


def _lag_days(here: Scenario, there: Scenario) -> Words:
    words = "{} day of lag" if here.lag_days == 1 else "{} days of lag"
    yield from _instead(words, str(here.lag_days), str(there.lag_days))


def _title(_here: Scenario, _there: Scenario) -> Words:
    yield from ()


def _amount(field: str, words: str) -> Callable[[Scenario, Scenario], Words]:
    """Make the words of an amount: nothing of any currency is nothing."""

    def said(here: Scenario, there: Scenario) -> Words:
        mine, other = getattr(here, field), getattr(there, field)
        if mine or other:
            yield from _instead(words, _money(here, mine), _money(there, other))

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


# Parts of a scenario


def _versions(
    what: str, this: tuple[RulesFile, Scenario], that: tuple[RulesFile, Scenario]
) -> Words:
    """Say which dated file is taken: by its month, or its day where two share the month."""
    (here, scenario), (there, base) = this, that
    if here.id == there.id:
        return
    mine, other = f"{here.in_force_from:%B %Y}", f"{there.in_force_from:%B %Y}"
    if here.provider != there.provider:
        mine = f"{provider_of(scenario.rules).name} of {mine}"
        other = f"{provider_of(base.rules).name} of {other}"
    elif mine == other:
        mine, other = _day(here.in_force_from), _day(there.in_force_from)
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
    used, bought = _money(scenario, day.used), _money(scenario, day.purchased)
    return f"{used} used and {bought} bought on {_day(day.on)}"


def _purchase(scenario: Scenario, purchase: Purchase) -> str:
    words = f"{_money(scenario, purchase.amount)} on {_day(purchase.on)}"
    if purchase.every:
        words += f" and every {purchase.every}"
    return f"{words}, {purchase.times} times" if purchase.times else words


def _recharge(scenario: Scenario) -> str:
    recharge: AutoRecharge | None = scenario.auto_recharge
    if recharge is None:
        return "no auto-recharge"
    words = (
        f"auto-recharge of {_money(scenario, recharge.amount)} "
        f"below {_money(scenario, recharge.below)}"
    )
    if recharge.monthly_limit is None:
        return words
    return f"{words}, at most {_money(scenario, recharge.monthly_limit)} a month"


def _lines(here: Scenario, there: Scenario) -> Words:
    """Say what differs between the usage lines of two scenarios."""
    pairs, more, less = _paired(here.usage, there.usage)
    is_one = len(here.usage) == len(there.usage) == 1
    for mine, other in pairs:
        for words in _line(here, mine, there, other):
            yield words if is_one else f"{mine.model}: {words}"
    yield from (f"{_tokens_of(line)} more" for line in more)
    yield from (f"{_tokens_of(line)} less" for line in less)


def _line(here: Scenario, mine: UsageLine, there: Scenario, other: UsageLine) -> Words:
    """Say what differs between two usage lines, field by field."""
    for field in UsageLine.model_fields:
        a, b = getattr(mine, field), getattr(other, field)
        match field:
            case "model":
                yield from _instead("{}", a, b)
            case "tokens_per_day":
                yield from _tokens("{} tokens per day", a, b)
            case "output_share":
                yield from _shares("{} output tokens", a, b)
            case "cached_share":
                yield from _shares("{} of the input cached", a, b)
            case "price":
                yield from _instead("{} per million", _price(here, a), _price(there, b))
            case "growth_per_30_days":
                yield from _shares("{} growth per 30 days", a, b)
            case "starts":
                yield from _instead("usage {}", _from(a), _from(b))
            case "ends":
                yield from _instead("usage {}", _until(a), _until(b))
            case "tokens_per_request":
                yield from _tokens("{} tokens per request", a, b)
            case "context_window":
                yield from _tokens("{} tokens of context", a, b)
            case _:
                raise AssertionError(f"no words for {field}")


def _tokens_of(line: UsageLine) -> str:
    return f"{_count(line.tokens_per_day)} tokens of {line.model} per day"


def _price(scenario: Scenario, price: Price) -> str:
    currency = scenario.rules.currency
    said = [f"{_rate(price.input, currency)} input", f"{_rate(price.output, currency)} output"]
    if price.cached_input is not None:
        said.insert(1, f"{_rate(price.cached_input, currency)} cached input")
    return ", ".join(said)


def _rate(price: Decimal, currency: str) -> str:
    """Say a price in full: to the cent, or finer where it is."""
    if price == round(price, 2):
        return amount_in_words(price, currency)
    return f"{SYMBOLS[currency]}{_plain(price)}"


def _paired(
    here: Sequence[UsageLine], there: Sequence[UsageLine]
) -> tuple[list[tuple[UsageLine, UsageLine]], list[UsageLine], list[UsageLine]]:
    """Pair lines: of one model first, what is left then in order; and list what has no pair."""
    left = list(there)
    pairs, alone = [], []
    for line in here:
        same = next((other for other in left if other.model == line.model), None)
        if same is None:
            alone.append(line)
        else:
            left.remove(same)
            pairs.append((line, same))
    both = min(len(alone), len(left))
    pairs += zip(alone[:both], left[:both], strict=True)
    return pairs, alone[both:], left[both:]


# Ways to say a difference


def _instead(words: str, here: str, there: str) -> Words:
    if here != there:
        yield f"{words.format(here)} instead of {there}"


def _entries(what: str, here: Sequence[str], there: Sequence[str]) -> Words:
    """Say which entries of a list are more, less or others."""
    more = list((Counter(here) - Counter(there)).elements())
    less = list((Counter(there) - Counter(here)).elements())
    if not more and not less:
        if here != there:
            yield f"{what} in another order"
        return
    if len(more) + len(less) > 2 * _MOST_ENTRIES:
        yield f"{len(more)} other {what} instead of {len(less)}"
        return
    both = min(len(more), len(less))
    yield from (
        f"{mine} instead of {other}" for mine, other in zip(more[:both], less[:both], strict=True)
    )
    yield from (f"{mine} more" for mine in more[both:])
    yield from (f"{other} less" for other in less[both:])


def _numbers(words: str, here: float, there: float) -> Words:
    yield from _instead(words, _plain(here), _plain(there))


def _tokens(words: str, here: float | None, there: float | None) -> Words:
    yield from _instead(words, _count(here), _count(there))


def _shares(words: str, here: float, there: float) -> Words:
    yield from _instead(words, _percent(here), _percent(there))


def _count(tokens: float | None) -> str:
    """Say a count in full, and a round one in millions: "2.5M", "800", "1,234,567"."""
    if tokens is None:
        return "an unknown number of"
    for unit, letter in _UNITS:
        if tokens >= unit and tokens % (unit / 1000) == 0:
            return f"{_plain(tokens / unit)}{letter}"
    return f"{int(tokens):,}" if float(tokens).is_integer() else str(tokens)


def _percent(share: float) -> str:
    return f"{_plain(Decimal(str(share)) * 100)}%"


def _plain(number: Decimal | float) -> str:
    return f"{Decimal(str(number)).normalize() + 0:f}"


def _from(day: date | None) -> str:
    return f"from {_day(day)}" if day else "from the start"


def _until(day: date | None) -> str:
    return f"until {_day(day)}" if day else "until the last day"


def _day(day: date) -> str:
    return day_in_words(day)


def _money(scenario: Scenario, amount: Decimal) -> str:
    return amount_in_words(amount, scenario.rules.currency)
