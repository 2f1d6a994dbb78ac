"""Gates in words: the same words for the same thing, wherever they are said."""

from collections.abc import Callable, Sequence
from functools import reduce

from tierlogic.language import day_in_words, number, say, say_count
from tierlogic.money import amount_in_words
from tierlogic.rules.document import Confidence, Source
from tierlogic.rules.gates import (
    AllOf,
    AnyOf,
    BestOfMonths,
    Clock,
    Counted,
    FactGate,
    MoneyGate,
    RollingDays,
    Since,
    WaitingGate,
    Window,
)
from tierlogic.rules.ladder import Ladder

Leaf = MoneyGate | WaitingGate | FactGate


def money_gate_in_words(gate: MoneyGate, counted: Counted, currency: str) -> str:
    """Say what a money gate asks for: "$250 used", "more than ¥100,000 used in the month before".

    Args:
        gate: the gate.
        counted: which money; a contested gate counts what its reader takes it to.
        currency: the ladder's.
    """
    amount = amount_in_words(gate.amount, currency)
    if gate.more_than is not None:
        amount = say("more than {amount}", amount=amount) if gate.amount else say("any amount")
    return counted_in_words(amount, counted, gate.over)


def counted_in_words(amount: str, counted: Counted, over: Window) -> str:
    """Say which money an amount is of, and when it counts: "$250 used in 30 days".

    Args:
        amount: in words.
        counted: which money.
        over: the time; for all time nothing is said of it.
    """
    match counted:
        case "used":
            money = say("{amount} used", amount=amount)
        case "paid":
            money = say("{amount} paid", amount=amount)
        case "purchased":
            money = say("{amount} purchased", amount=amount)
        case "contested":
            money = say("{amount} used or paid (contested)", amount=amount)
    match over:
        case Since(since=day):
            return say("{money} since {day}", money=money, day=day_in_words(day))
        case RollingDays(rolling_days=days):
            return say("{money} in {days}", money=money, days=days_in_words(days))
        case BestOfMonths(best_of_months=months):
            months_in_words = say_count("{count} month", "{count} months", months)
            return say("{money} in the best of {months}", money=money, months=months_in_words)
        case "lifetime":
            return money
        case "month to date":
            return say("{money} in the month to date", money=money)
        case "month before":
            return say("{money} in the month before", money=money)


def gates_in_words(gate: object, words: Callable[[Leaf], str]) -> str:
    """Join what is said of each gate, as they are joined: "$5 paid and (a plan or 7 days)".

    Args:
        gate: one gate, or several joined by all or any.
        words: those for one gate; empty where nothing is to be said of it.
    """
    if not isinstance(gate, AllOf | AnyOf):
        return words(gate) if isinstance(gate, Leaf) else ""
    inner = gate.all if isinstance(gate, AllOf) else gate.any
    said = [(each, of_each) for each in inner if (of_each := gates_in_words(each, words))]
    parts = [
        f"({of_each})" if isinstance(each, AllOf | AnyOf) and len(said) > 1 else of_each
        for each, of_each in said
    ]
    return all_in_words(parts) if isinstance(gate, AllOf) else _any_in_words(parts)


def all_in_words(parts: Sequence[str]) -> str:
    """Join what has to hold together: "$5 paid and 7 days"; empty for nothing."""
    return reduce(_both, parts) if parts else ""


def _any_in_words(parts: Sequence[str]) -> str:
    return reduce(_either, parts) if parts else ""


def _both(one: str, other: str) -> str:
    return say("{one} and {other}", one=one, other=other)


def _either(one: str, other: str) -> str:
    return say("{one} or {other}", one=one, other=other)


def no_such_tier(ladder: Ladder, tier: str) -> str:
    """Say that a ladder lacks a tier, and which it has."""
    return say(
        "{ladder} has no tier {tier}; it has {tiers}",
        ladder=ladder.id,
        tier=repr(tier),
        tiers=", ".join(ladder.tier_names),
    )


def confidence_in_words(confidence: Confidence) -> str:
    """Say how sure a source is: "high"."""
    match confidence:
        case "high":
            return say("high")
        case "medium":
            return say("medium")
        case "low":
            return say("low")


def source_in_words(source: Source) -> str:
    """Say how sure a source is and when it was read: "high, read 22 Nov 2026"."""
    confidence, read = confidence_in_words(source.confidence), day_in_words(source.read)
    return say("{confidence}, read {day}", confidence=confidence, day=read)


def days_in_words(days: int) -> str:
    """Say a number of days: "1 day", "30 days"."""
    return say_count("{count} day", "{count} days", days)


def clock_in_words(clock: Clock) -> str:
    """Say what days are counted from: "the first payment"."""
    match clock:
        case "first payment":
            return say("the first payment")
        case "first purchase":
            return say("the first purchase")
        case "account creation":
            return say("the account's creation")


def lag_in_words(lag_days: tuple[int, int]) -> str:
    """Say when an earned tier comes: "at once", "at once or up to 2 days later"."""
    least, most = lag_days
    days = days_in_words(most)
    if most == 0:
        return say("at once")
    if least == most:
        return say("{days} later", days=days)
    if least == 0:
        return say("at once or up to {days} later", days=days)
    return say("{least} to {days} later", least=number(least), days=days)
