"""Steps around a plan: each input a little more and a little less."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from tierlogic.answer import reading_heading
from tierlogic.money import amount_in_words
from tierlogic.questions.prepaying import prepaid_now, prepaying
from tierlogic.scenario import AutoRecharge, Reading, Scenario, UsageLine

PREPAY_STEP = Decimal(50)
_RECHARGE = AutoRecharge(below=Decimal(5), amount=Decimal(25))
_WEEK = timedelta(days=7)

_Proposal = tuple[str, dict[str, Any]]
"""A change in words, and the fields of the scenario that it sets."""

_WEEKENDS_TOO: _Proposal = ("Weekends like other days", {"weekend_factor": 1.0})


@dataclass(frozen=True)
class Step:
    """A plan with one input changed."""

    change: str
    """What is changed: "$50 more now"."""
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
    return _possible(scenario, [_with_tokens(scenario, 0.5, "more")] if scenario.usage else [])


def _possible(scenario: Scenario, proposals: Iterable[_Proposal]) -> list[Step]:
    found = []
    for change, fields in proposals:
        try:
            changed = scenario.but(**fields)
        except ValidationError:
            continue  # Beyond what a plan may hold.
        if changed != scenario:
            found.append(Step(change, changed))
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
        yield reading_heading(reading), {"reading": reading}
    if scenario.evaluated == "daily":
        yield "Evaluated only at a payment", {"evaluated": "at_payment"}
    else:
        yield "Evaluated every day", {"evaluated": "daily"}
    if scenario.billing == "prepaid":
        yield "Billed by monthly invoice", {"billing": "monthly_invoice"}
    else:
        yield "Billed from prepaid credit", {"billing": "prepaid"}
    yield "Activation a day later", {"lag_days": scenario.lag_days + 1}
    yield "Activation a day sooner", {"lag_days": scenario.lag_days - 1}


def _proposals_within_reach(scenario: Scenario, credit_missing: Decimal) -> Iterator[_Proposal]:
    if scenario.billing == "prepaid":
        for amount in sorted({PREPAY_STEP, credit_missing} - {0}):
            yield _buying_more(scenario, amount)
        if scenario.auto_recharge is None:
            yield from _recharging(scenario)
    if scenario.usage:
        yield _with_tokens(scenario, 0.1, "more")
        yield _WEEKENDS_TOO
        yield _longer_days(scenario)


def _buying_more(scenario: Scenario, amount: Decimal) -> _Proposal:
    purchases = prepaying(scenario, prepaid_now(scenario) + amount)
    return (
        f"{amount_in_words(amount, scenario.rules.currency)} more now",
        {"purchases": purchases},
    )


def _prepaying(scenario: Scenario) -> Iterator[_Proposal]:
    now, currency = prepaid_now(scenario), scenario.rules.currency
    yield _buying_more(scenario, PREPAY_STEP)
    less = min(PREPAY_STEP, now)
    yield (
        f"{amount_in_words(less, currency)} less now",
        {"purchases": prepaying(scenario, now - less)},
    )


def _recharging(scenario: Scenario) -> Iterator[_Proposal]:
    if scenario.auto_recharge:
        yield "Without auto-recharge", {"auto_recharge": None}
        return
    amount, below = (
        amount_in_words(part, scenario.rules.currency)
        for part in (_RECHARGE.amount, _RECHARGE.below)
    )
    yield f"With auto-recharge of {amount} below {below}", {"auto_recharge": _RECHARGE}


def _first_payment(scenario: Scenario, first_payment: date) -> Iterator[_Proposal]:
    yield "First payment a week earlier", {"first_payment": first_payment - _WEEK}
    if scenario.first_payment:
        yield "First payment a week later", {"first_payment": first_payment + _WEEK}
        return
    yield (
        "First payment a week later",
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

    yield _with_tokens(scenario, 0.1, "more")
    yield _with_tokens(scenario, -0.1, "fewer")
    for change, words in ((0.1, "higher"), (-0.1, "lower")):
        yield f"Output share 10 points {words}", lines(output_share=change)
        yield f"Cached share 10 points {words}", lines(cached_share=change)
        yield f"Growth 5 points {words}", lines(growth_per_30_days=change / 2)
        yield f"Prices 10% {words}", {"usage": [_at_price(line, change) for line in usage]}


def _with_tokens(scenario: Scenario, change: float, words: str) -> _Proposal:
    usage = [
        {**dict(line), "tokens_per_day": line.tokens_per_day * (1 + change)}
        for line in scenario.usage
    ]
    return f"{abs(change):.0%} {words} tokens", {"usage": usage}


def _longer_days(scenario: Scenario) -> _Proposal:
    return "Used 4 hours more a day", {"active_hours": min(scenario.active_hours + 4, 24.0)}


def _hours(scenario: Scenario) -> Iterator[_Proposal]:
    yield _WEEKENDS_TOO
    yield "No use at weekends", {"weekend_factor": 0.0}
    yield _longer_days(scenario)
    yield "Used 4 hours less a day", {"active_hours": scenario.active_hours - 4}
    yield "A peak half as high again", {"peak_factor": scenario.peak_factor * 1.5}
    yield "A peak a third lower", {"peak_factor": max(scenario.peak_factor / 1.5, 1.0)}


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
