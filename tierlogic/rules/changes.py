"""What changed between two ladders or two limits tables, in words."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar, overload

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
    "monthly_usage_limit": "monthly usage limit",
    "smallest_purchase": "smallest purchase",
    "largest_purchase": "largest purchase",
    "largest_balance": "largest balance",
}


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
            words = "open from the first day"
        case Opaque():
            words = "its rule is not public"
        case _:
            words = gates_in_words(opens, lambda gate: _gate_in_words(gate, currency))
    return words


def _gate_in_words(gate: Leaf, currency: str) -> str:
    match gate:
        case MoneyGate():
            return money_gate_in_words(gate, gate.counts, currency)
        case WaitingGate():
            return f"{days_in_words(gate.at_least)} since {clock_in_words(gate.days_since)}"
        case FactGate():
            return gate.fact


def _of_ladders(before: Ladder, after: Ladder) -> Iterator[str]:
    yield from _change("Currency:", before.currency, after.currency)
    yield from _change("Scope:", before.scope, after.scope)
    yield from _change("A tier is kept:", before.keeping, after.keeping)
    yield from _change(
        "An earned tier is given:",
        _activation_in_words(before.activation),
        _activation_in_words(after.activation),
    )
    yield from _change(
        "Credit lapses:",
        _or(before.credit_expiry_days, _lapse_in_words, "never or not known"),
        _or(after.credit_expiry_days, _lapse_in_words, "never or not known"),
    )
    yield from _change(
        "Money that does not count:",
        ", ".join(before.money_excludes) or "none named",
        ", ".join(after.money_excludes) or "none named",
    )
    yield from _change(
        "Whose use counts:",
        before.money_scope or "not said",
        after.money_scope or "not said",
    )
    old_tiers = {tier.name: tier for tier in before.tiers}
    new_tiers = {tier.name: tier for tier in after.tiers}
    for name in _both(list(old_tiers), list(new_tiers)):
        old, new = old_tiers.get(name), new_tiers.get(name)
        if old is None and new is not None:
            opens = opening_in_words(new.opens_when, after.currency)
            yield f"{name}: added; {opens}"
        elif new is None:
            yield f"{name}: removed"
        elif old is not None:
            for change in _of_tiers(old, new, before.currency, after.currency):
                yield f"{name}: {change}"


def _activation_in_words(activation: str | OnDayOfMonth | AfterDays) -> str:
    if isinstance(activation, OnDayOfMonth):
        return f"on day {activation.day_of_month} of a month"
    if isinstance(activation, AfterDays):
        return lag_in_words(activation.lag_days)
    return activation


def _lapse_in_words(days: int) -> str:
    return f"after {days_in_words(days)}"


def _of_tiers(old: Tier, new: Tier, old_currency: str, new_currency: str) -> Iterator[str]:
    yield from _of_openings(old.opens_when, new.opens_when, old_currency, new_currency)
    for field, words in _BOUNDS.items():
        was = _bound_in_words(getattr(old, field), old_currency)
        now = _bound_in_words(getattr(new, field), new_currency)
        yield from _change(words, was, now)
    if old.wording != new.wording:
        yield f'wording "{old.wording}" -> "{new.wording}"'


def _bound_in_words(bound: Decimal | tuple[Decimal, Decimal] | None, currency: str) -> str:
    if isinstance(bound, tuple):
        return " to ".join(amount_in_words(end, currency) for end in bound)
    return _or(bound, lambda amount: amount_in_words(amount, currency), "none known")


def _of_openings(old: Opens, new: Opens, old_currency: str, new_currency: str) -> Iterator[str]:
    """Compare what opens a tier: gate by gate where all have to hold, else as a whole."""
    old_gates, new_gates = _conditions(old), _conditions(new)
    if old_gates is None or new_gates is None:
        was, now = opening_in_words(old, old_currency), opening_in_words(new, new_currency)
        yield from _change("opens at", was, now)
        return
    was_money = [gate for gate in old_gates if isinstance(gate, MoneyGate)]
    is_money = [gate for gate in new_gates if isinstance(gate, MoneyGate)]
    yield from _change(
        "needs",
        _all_in_words(was_money, old_currency) or "no money",
        _all_in_words(is_money, new_currency) or "no money",
    )
    yield from _of_waits(_waits(old_gates), _waits(new_gates))
    was_facts = [gate.fact for gate in old_gates if isinstance(gate, FactGate)]
    is_facts = [gate.fact for gate in new_gates if isinstance(gate, FactGate)]
    yield from (f"no longer asks for: {fact}" for fact in was_facts if fact not in is_facts)
    yield from (f"now asks for: {fact}" for fact in is_facts if fact not in was_facts)


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
        since = f" since {clock_in_words(clock)}" if clock != "first payment" else ""
        if was is not None and now is None:
            yield f"no longer waits {days_in_words(was)}{since}"
        elif now is not None and was is None:
            yield f"now waits {days_in_words(now)}{since}"
        elif was != now:
            yield f"waits {was} -> {now} days{since}"


def _of_tables(before: LimitsTable, after: LimitsTable) -> Iterator[str]:
    yield from _change("What a token limit counts:", before.counts, after.counts)
    if before.complete != after.complete:
        yield f"{'Every model is' if after.complete else 'Not every model is'} listed now"
    matched: set[str] = set()
    for old in before.rows:
        new = _row_named(old.model, after)
        if new is None:
            yield f"{old.model}: {'removed' if after.complete else 'no longer listed'}"
            continue
        matched.add(new.model)
        if new.model != old.model:
            yield f"{old.model}: now has the limits of {new.model}"
        yield from (f"{old.model}{change}" for change in _of_rows(old, new))
    for new in after.rows:
        if new.model not in matched and _row_named(new.model, before) is None:
            yield f"{new.model}: {'added' if before.complete else 'now listed'}"
        elif new.model not in matched:
            yield f"{new.model}: now has limits of its own"


def _row_named(model: str, table: LimitsTable) -> LimitsRow | None:
    return next((row for row in table.rows if model in row.names), None)


def _of_rows(old: LimitsRow, new: LimitsRow) -> Iterator[str]:
    if gone := [name for name in old.names if name not in new.names]:
        yield f": no longer for {', '.join(gone)}"
    if come := [name for name in new.names if name not in old.names]:
        yield f": now also for {', '.join(come)}"
    if old.alone != new.alone:
        yield f": its models {'no longer share' if new.alone else 'now share'} the limits"
    if old.soft != new.soft:
        yield f": the limits are now {'guaranteed rates, not ceilings' if new.soft else 'ceilings'}"
    if old.cached_input_counts != new.cached_input_counts:
        yield f": cached input {'now counts' if new.cached_input_counts else 'no longer counts'}"
    tiers = [[limits.tier for limits in row.tiers] for row in (old, new)]
    for tier in _both(*sorted(tiers, key=len)):
        was, now = old.at(tier), new.at(tier)
        for measure in MEASURES:
            yield from _change(f", {tier}: {measure}", _limit(was, measure), _limit(now, measure))


def _limit(limits: TierLimits | None, measure: str) -> str:
    limit: Limit | None = getattr(limits, measure) if limits else None
    if isinstance(limit, Multiple):
        return f"{limit.times} times {limit.of}"
    return f"{limit:,}" if isinstance(limit, int) else limit or "not known"


def _change(what: str, before: str, after: str) -> Iterator[str]:
    if before != after:
        yield f"{what} {before} -> {after}"


def _or(value: _Value | None, words: Callable[[_Value], str], without: str) -> str:
    return without if value is None else words(value)


def _both(before: list[_Value], after: list[_Value]) -> list[_Value]:
    """What is in either list: the second in its order, then what only the first has."""
    return list(dict.fromkeys([*after, *before]))
