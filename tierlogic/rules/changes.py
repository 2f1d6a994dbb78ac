"""What changed between two ladders or two limits tables, in words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar, overload

from tierlogic.language import number, say, to_say
from tierlogic.money import amount_in_words
from tierlogic.rules.gates import (
    AllOf,
    AnyOf,
    Clock,
    FactGate,
    MoneyGate,
    Opaque,
    WaitingGate,
)
from tierlogic.rules.ladder import AfterDays, Ladder, OnDayOfMonth, Tier
from tierlogic.rules.limits import MEASURES, Limit, LimitsRow, LimitsTable, Multiple, TierLimits
from tierlogic.rules.words import (
    Leaf,
    all_in_words,
    clock_in_words,
    days_in_words,
    gates_in_words,
    lag_in_words,
    money_gate_in_words,
)

Opens = MoneyGate | WaitingGate | FactGate | AllOf | AnyOf | Opaque | None
_Value = TypeVar("_Value")

_BOUNDS = {
    "monthly_usage_limit": to_say("monthly usage limit {before} -> {after}"),
    "smallest_purchase": to_say("smallest purchase {before} -> {after}"),
    "largest_purchase": to_say("largest purchase {before} -> {after}"),
    "largest_balance": to_say("largest balance {before} -> {after}"),
}
_SERVED = {
    "unlimited": to_say("unlimited"),
    "not available": to_say("not available"),
    "unpublished": to_say("unpublished"),
}
"""What a provider says in the place of a limit."""


@overload
def changes(before: Ladder, after: Ladder) -> list[str]: ...
@overload
def changes(before: LimitsTable, after: LimitsTable) -> list[str]: ...
def changes(before: Ladder | LimitsTable, after: Ladder | LimitsTable) -> list[str]:
    """Say what changed between two versions, one sentence a change; none: the same rules.

    Tiers and models are compared by their names. Sources, notes and titles are not compared.

    Raises:
        TypeError: one is a ladder and the other a limits table.
    """
    if isinstance(before, Ladder) and isinstance(after, Ladder):
        return list(_of_ladders(before, after))
    if isinstance(before, LimitsTable) and isinstance(after, LimitsTable):
        return list(_of_tables(before, after))
    raise TypeError("a ladder and a limits table have nothing to compare")


def opening_in_words(opens: Opens, currency: str) -> str:
    """Say what opens a tier: "$50 used and 7 days since the first payment"."""
    match opens:
        case None:
            words = say("open from the first day")
        case Opaque():
            words = say("its rule is not public")
        case _:
            words = gates_in_words(opens, lambda gate: _gate_in_words(gate, currency))
    return words


def _gate_in_words(gate: Leaf, currency: str) -> str:
    match gate:
        case MoneyGate():
            return money_gate_in_words(gate, gate.counts, currency)
        case WaitingGate():
            return _since(days_in_words(gate.at_least), gate.days_since)
        case FactGate():
            return gate.fact


def _since(days: str, clock: Clock) -> str:
    return say("{days} since {moment}", days=days, moment=clock_in_words(clock))


def _of_ladders(before: Ladder, after: Ladder) -> Iterator[str]:
    yield from _change(to_say("Currency: {before} -> {after}"), before.currency, after.currency)
    yield from _change(to_say("Scope: {before} -> {after}"), before.scope, after.scope)
    yield from _change(
        to_say("A tier is kept: {before} -> {after}"),
        _keeping_in_words(before),
        _keeping_in_words(after),
    )
    yield from _change(
        to_say("An earned tier is given: {before} -> {after}"),
        _activation_in_words(before),
        _activation_in_words(after),
    )
    yield from _change(
        to_say("Credit lapses: {before} -> {after}"),
        _lapse_in_words(before),
        _lapse_in_words(after),
    )
    yield from _change(
        to_say("Money that does not count: {before} -> {after}"),
        ", ".join(before.money_excludes) or say("none named"),
        ", ".join(after.money_excludes) or say("none named"),
    )
    yield from _change(
        to_say("Whose use counts: {before} -> {after}"),
        before.money_scope or say("not said"),
        after.money_scope or say("not said"),
    )
    old_tiers = {tier.name: tier for tier in before.tiers}
    new_tiers = {tier.name: tier for tier in after.tiers}
    for name in _both(list(old_tiers), list(new_tiers)):
        old, new = old_tiers.get(name), new_tiers.get(name)
        if old is None and new is not None:
            opens = opening_in_words(new.opens_when, after.currency)
            yield say("{tier}: added; {opens}", tier=name, opens=opens)
        elif new is None:
            yield say("{tier}: removed", tier=name)
        elif old is not None:
            for change in _of_tiers(old, new, before.currency, after.currency):
                yield say("{tier}: {change}", tier=name, change=change)


def _keeping_in_words(ladder: Ladder) -> str:
    return say("for good") if ladder.keeping == "for good" else say("re-evaluated")


def _activation_in_words(ladder: Ladder) -> str:
    match ladder.activation:
        case OnDayOfMonth(day_of_month=day):
            return say("on day {day} of a month", day=day)
        case AfterDays(lag_days=days):
            return lag_in_words(days)
        case "at once":
            return say("at once")
        case "at a click":
            return say("at a click")


def _lapse_in_words(ladder: Ladder) -> str:
    if ladder.credit_expiry_days is None:
        return say("never or not known")
    return say("after {days}", days=days_in_words(ladder.credit_expiry_days))


def _of_tiers(old: Tier, new: Tier, old_currency: str, new_currency: str) -> Iterator[str]:
    yield from _of_openings(old.opens_when, new.opens_when, old_currency, new_currency)
    for field, sentence in _BOUNDS.items():
        was = _bound_in_words(getattr(old, field), old_currency)
        now = _bound_in_words(getattr(new, field), new_currency)
        yield from _change(sentence, was, now)
    yield from _change(to_say('wording "{before}" -> "{after}"'), old.wording, new.wording)


def _bound_in_words(bound: Decimal | tuple[Decimal, Decimal] | None, currency: str) -> str:
    if bound is None:
        return say("none known")
    if isinstance(bound, tuple):
        least, most = (amount_in_words(end, currency) for end in bound)
        return say("{least} to {most}", least=least, most=most)
    return amount_in_words(bound, currency)


def _of_openings(old: Opens, new: Opens, old_currency: str, new_currency: str) -> Iterator[str]:
    """Compare what opens a tier: gate by gate where all have to hold, else as a whole."""
    old_gates, new_gates = _conditions(old), _conditions(new)
    if old_gates is None or new_gates is None:
        was, now = opening_in_words(old, old_currency), opening_in_words(new, new_currency)
        yield from _change(to_say("opens at {before} -> {after}"), was, now)
        return
    was_money = [gate for gate in old_gates if isinstance(gate, MoneyGate)]
    is_money = [gate for gate in new_gates if isinstance(gate, MoneyGate)]
    yield from _change(
        to_say("needs {before} -> {after}"),
        _all_in_words(was_money, old_currency) or say("no money"),
        _all_in_words(is_money, new_currency) or say("no money"),
    )
    yield from _of_waits(_waits(old_gates), _waits(new_gates))
    was_facts = [gate.fact for gate in old_gates if isinstance(gate, FactGate)]
    is_facts = [gate.fact for gate in new_gates if isinstance(gate, FactGate)]
    for fact in was_facts:
        if fact not in is_facts:
            yield say("no longer asks for: {fact}", fact=fact)
    for fact in is_facts:
        if fact not in was_facts:
            yield say("now asks for: {fact}", fact=fact)


def _all_in_words(gates: Sequence[Leaf], currency: str) -> str:
    return all_in_words([_gate_in_words(gate, currency) for gate in gates])


def _conditions(opens: Opens) -> tuple[MoneyGate | WaitingGate | FactGate, ...] | None:
    """The gates that must all hold; None where the opening is no plain list of gates."""
    gates = opens.all if isinstance(opens, AllOf) else () if opens is None else (opens,)
    plain = tuple(gate for gate in gates if isinstance(gate, MoneyGate | WaitingGate | FactGate))
    return plain if len(plain) == len(gates) else None


def _waits(gates: Sequence[object]) -> dict[Clock, int]:
    """Days to wait by clock; of two gates on one clock the longer decides."""
    waits: dict[Clock, int] = {}
    for gate in gates:
        if isinstance(gate, WaitingGate):
            waits[gate.days_since] = max(gate.at_least, waits.get(gate.days_since, 0))
    return waits


def _of_waits(old: dict[Clock, int], new: dict[Clock, int]) -> Iterator[str]:
    for clock in _both(list(old), list(new)):
        was, now = old.get(clock), new.get(clock)
        if was is not None and now is None:
            wait = _wait_in_words(days_in_words(was), clock)
            yield say("no longer waits {wait}", wait=wait)
        elif now is not None and was is None:
            wait = _wait_in_words(days_in_words(now), clock)
            yield say("now waits {wait}", wait=wait)
        elif was is not None and now is not None and was != now:
            days = say("{before} -> {after} days", before=number(was), after=number(now))
            yield say("waits {wait}", wait=_wait_in_words(days, clock))


def _wait_in_words(days: str, clock: Clock) -> str:
    # Most waits count from the first payment, so that it need not be said.
    return days if clock == "first payment" else _since(days, clock)


def _of_tables(before: LimitsTable, after: LimitsTable) -> Iterator[str]:
    yield from _change(
        to_say("What a token limit counts: {before} -> {after}"), before.counts, after.counts
    )
    if after.complete and not before.complete:
        yield say("Every model is listed now")
    if before.complete and not after.complete:
        yield say("Not every model is listed now")
    matched: set[str] = set()
    for old in before.rows:
        new = _row_named(old.model, after)
        if new is None:
            yield _gone(old.model, after)
            continue
        matched.add(new.model)
        if new.model != old.model:
            yield say("{model}: now has the limits of {other}", model=old.model, other=new.model)
        yield from _of_rows(old, new)
    for new in after.rows:
        if new.model not in matched and _row_named(new.model, before) is None:
            yield _come(new.model, before)
        elif new.model not in matched:
            yield say("{model}: now has limits of its own", model=new.model)


def _gone(model: str, after: LimitsTable) -> str:
    if after.complete:
        return say("{model}: removed", model=model)
    return say("{model}: no longer listed", model=model)


def _come(model: str, before: LimitsTable) -> str:
    if before.complete:
        return say("{model}: added", model=model)
    return say("{model}: now listed", model=model)


def _row_named(model: str, table: LimitsTable) -> LimitsRow | None:
    return next((row for row in table.rows if model in row.names), None)


def _of_rows(old: LimitsRow, new: LimitsRow) -> Iterator[str]:
    model = old.model
    if gone := [name for name in old.names if name not in new.names]:
        yield say("{model}: no longer for {models}", model=model, models=", ".join(gone))
    if come := [name for name in new.names if name not in old.names]:
        yield say("{model}: now also for {models}", model=model, models=", ".join(come))
    yield from _of_settings(old, new)
    tiers = [[limits.tier for limits in row.tiers] for row in (old, new)]
    for tier in _both(*sorted(tiers, key=len)):
        was, now = old.at(tier), new.at(tier)
        for measure in MEASURES:
            yield from _change(
                to_say("{model}, {tier}: {measure} {before} -> {after}"),
                _limit(was, measure),
                _limit(now, measure),
                model=model,
                tier=tier,
                measure=measure,
            )


def _of_settings(old: LimitsRow, new: LimitsRow) -> Iterator[str]:
    model = old.model
    if new.alone and not old.alone:
        yield say("{model}: its models no longer share the limits", model=model)
    if old.alone and not new.alone:
        yield say("{model}: its models now share the limits", model=model)
    if new.soft and not old.soft:
        yield say("{model}: the limits are now guaranteed rates, not ceilings", model=model)
    if old.soft and not new.soft:
        yield say("{model}: the limits are now ceilings", model=model)
    if new.cached_input_counts and not old.cached_input_counts:
        yield say("{model}: cached input now counts", model=model)
    if old.cached_input_counts and not new.cached_input_counts:
        yield say("{model}: cached input no longer counts", model=model)


def _limit(limits: TierLimits | None, measure: str) -> str:
    limit: Limit | None = getattr(limits, measure) if limits else None
    match limit:
        case None:
            return say("not known")
        case Multiple(times=times, of=tier):
            return say("{times} times {tier}", times=times, tier=tier)
        case int():
            return number(limit)
        case _:
            return say(_SERVED[limit])


def _change(sentence: str, before: str, after: str, **values: str) -> Iterator[str]:
    if before != after:
        yield say(sentence, before=before, after=after, **values)


def _both(before: list[_Value], after: list[_Value]) -> list[_Value]:
    """What is in either list: the second in its order, then what only the first has."""
    return list(dict.fromkeys([*after, *before]))
