"""Steps around a plan: each input a little more and a little less."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from tierlogic.answer import if_reading
from tierlogic.counts import count_in_short
from tierlogic.language import number, say
from tierlogic.money import amount_in_words
from tierlogic.questions.date_map import TOKEN_STOPS
from tierlogic.questions.prepaying import prepaid_now, prepaying
from tierlogic.questions.target_figures import tokens_of, with_tokens
from tierlogic.scenario import AutoRecharge, Reading, Scenario, UsageLine

PREPAY_STEP = Decimal(50)
_RECHARGE = AutoRecharge(below=Decimal(5), amount=Decimal(25))
_WEEK = timedelta(days=7)

_Proposal = tuple[str, dict[str, Any]]
"""A change in words, and the fields of the scenario that it sets."""


@dataclass(frozen=True)
class Step:
    """A plan with one input changed."""

    change: str
    """What is changed: "Prices 10% higher"."""
    scenario: Scenario


def steps(scenario: Scenario, first_payment: date | None) -> list[Step]:
    """List every step that changes the plan and that a plan may take.

    Args:
        scenario: the plan.
        first_payment: its first payment, given or simulated.
    """
    return _possible(scenario, _proposals(scenario, first_payment))


def steps_within_reach(scenario: Scenario, credit_missing: Decimal) -> list[Step]:
    """List what the account's owner can do at once to open a tier sooner, the smallest first.

    Args:
        scenario: the plan.
        credit_missing: what the tier asks for beyond what is paid on the first day.
    """
    return _possible(scenario, _proposals_within_reach(scenario, credit_missing))


def bolder_steps(scenario: Scenario) -> list[Step]:
    """List what to try where none of the steps within reach gains a day."""
    return _possible(scenario, [_with_more_tokens(scenario, 0.5)] if scenario.usage else [])


def first_paces(scenario: Scenario) -> list[Step]:
    """List tokens per day, the slowest first, for a plan whose lines use nothing yet."""
    # A share more of nothing is nothing.
    if not scenario.usage or tokens_of(scenario):
        return []
    return _possible(scenario, (_at_pace(scenario, tokens) for tokens in TOKEN_STOPS))


def _possible(scenario: Scenario, proposals: Iterable[_Proposal]) -> list[Step]:
    found = []
    for words, fields in proposals:
        try:
            changed = scenario.but(**fields)
        except ValidationError:
            continue  # Beyond what a plan may hold.
        if changed != scenario:
            found.append(Step(f"{words[:1].upper()}{words[1:]}", changed))
    return found


def _proposals(scenario: Scenario, first_payment: date | None) -> Iterator[_Proposal]:
    if scenario.billing == "prepaid":
        yield from _prepaying(scenario)
        yield from _recharging(scenario)
    if first_payment:
        yield from _first_payment(scenario, first_payment)
    if scenario.usage:
        yield from _usage(scenario)
        yield from _hours(scenario)
    if scenario.rules.contested:
        reading: Reading = "paid" if scenario.reading == "used" else "used"
        yield if_reading(reading), {"reading": reading}
    if scenario.evaluated == "daily":
        yield say("evaluated only at a payment"), {"evaluated": "at_payment"}
    else:
        yield say("evaluated every day"), {"evaluated": "daily"}
    if scenario.billing == "prepaid":
        yield say("billed by monthly invoice"), {"billing": "monthly_invoice"}
    else:
        yield say("billed from prepaid credit"), {"billing": "prepaid"}
    yield say("activation a day later"), {"lag_days": scenario.lag_days + 1}
    yield say("activation a day sooner"), {"lag_days": scenario.lag_days - 1}


def _proposals_within_reach(scenario: Scenario, credit_missing: Decimal) -> Iterator[_Proposal]:
    if scenario.billing == "prepaid":
        for amount in sorted({PREPAY_STEP, credit_missing} - {0}):
            yield _buying_more(scenario, amount)
        if scenario.auto_recharge is None:
            yield from _recharging(scenario)
    if scenario.usage:
        yield _with_more_tokens(scenario, 0.1)
        yield _weekends_too()
        yield _longer_days(scenario)


def _buying_more(scenario: Scenario, amount: Decimal) -> _Proposal:
    purchases = prepaying(scenario, prepaid_now(scenario) + amount)
    more = amount_in_words(amount, scenario.rules.currency)
    return say("{amount} more now", amount=more), {"purchases": purchases}


def _prepaying(scenario: Scenario) -> Iterator[_Proposal]:
    now = prepaid_now(scenario)
    yield _buying_more(scenario, PREPAY_STEP)
    less = min(PREPAY_STEP, now)
    yield (
        say("{amount} less now", amount=amount_in_words(less, scenario.rules.currency)),
        {"purchases": prepaying(scenario, now - less)},
    )


def _recharging(scenario: Scenario) -> Iterator[_Proposal]:
    if scenario.auto_recharge:
        yield say("without auto-recharge"), {"auto_recharge": None}
        return
    amount, below = (
        amount_in_words(part, scenario.rules.currency)
        for part in (_RECHARGE.amount, _RECHARGE.below)
    )
    yield (
        say("with auto-recharge of {amount} below {below}", amount=amount, below=below),
        {"auto_recharge": _RECHARGE},
    )


def _first_payment(scenario: Scenario, first_payment: date) -> Iterator[_Proposal]:
    yield say("first payment a week earlier"), {"first_payment": first_payment - _WEEK}
    later = say("first payment a week later")
    if scenario.first_payment:
        yield later, {"first_payment": first_payment + _WEEK}
        return
    yield (
        later,
        {
            "purchases": tuple(
                buy.model_copy(update={"on": buy.on + _WEEK}) if buy.on == first_payment else buy
                for buy in scenario.purchases
            )
        },
    )


def _usage(scenario: Scenario) -> Iterator[_Proposal]:
    usage = scenario.usage

    def lines(**changes: float) -> dict[str, Any]:
        """Add to a field of every line, within what a share may be."""
        return {"usage": [{**dict(line), **_added(line, changes)} for line in usage]}

    def at_prices(change: float) -> dict[str, Any]:
        return {"usage": [_at_price(line, change) for line in usage]}

    yield _with_more_tokens(scenario, 0.1)
    yield _with_fewer_tokens(scenario, 0.1)
    yield say("output share 10 points higher"), lines(output_share=0.1)
    yield say("cached share 10 points higher"), lines(cached_share=0.1)
    yield say("growth 5 points higher"), lines(growth_per_30_days=0.05)
    yield say("prices 10% higher"), at_prices(0.1)
    yield say("output share 10 points lower"), lines(output_share=-0.1)
    yield say("cached share 10 points lower"), lines(cached_share=-0.1)
    yield say("growth 5 points lower"), lines(growth_per_30_days=-0.05)
    yield say("prices 10% lower"), at_prices(-0.1)


def _with_more_tokens(scenario: Scenario, share: float) -> _Proposal:
    words = say("{share} more tokens", share=number(share, ".0%"))
    return words, _tokens_times(scenario, 1 + share)


def _with_fewer_tokens(scenario: Scenario, share: float) -> _Proposal:
    words = say("{share} fewer tokens", share=number(share, ".0%"))
    return words, _tokens_times(scenario, 1 - share)


def _tokens_times(scenario: Scenario, factor: float) -> dict[str, Any]:
    return {
        "usage": [
            {**dict(line), "tokens_per_day": line.tokens_per_day * factor}
            for line in scenario.usage
        ]
    }


def _at_pace(scenario: Scenario, tokens: float) -> _Proposal:
    words = say("{tokens} tokens a day", tokens=count_in_short(tokens))
    return words, {"usage": with_tokens(scenario, tokens).usage}


def _weekends_too() -> _Proposal:
    return say("weekends like other days"), {"weekend_factor": 1.0}


def _longer_days(scenario: Scenario) -> _Proposal:
    return say("used 4 hours more a day"), {"active_hours": min(scenario.active_hours + 4, 24.0)}


def _hours(scenario: Scenario) -> Iterator[_Proposal]:
    yield _weekends_too()
    yield say("no use at weekends"), {"weekend_factor": 0.0}
    yield _longer_days(scenario)
    yield say("used 4 hours less a day"), {"active_hours": scenario.active_hours - 4}
    yield say("a peak half as high again"), {"peak_factor": scenario.peak_factor * 1.5}
    yield say("a peak a third lower"), {"peak_factor": max(scenario.peak_factor / 1.5, 1.0)}


def _added(line: UsageLine, changes: dict[str, float]) -> dict[str, float]:
    added = {field: round(getattr(line, field) + change, 9) for field, change in changes.items()}
    return {
        field: min(max(value, 0.0), 1.0) if field.endswith("share") else value
        for field, value in added.items()
    }


def _at_price(line: UsageLine, change: float) -> dict[str, Any]:
    factor = 1 + Decimal(str(change))
    prices = {
        part: None if price is None else price * factor
        for part, price in dict(line.price or ()).items()
    }
    return {**dict(line), "price": prices}
