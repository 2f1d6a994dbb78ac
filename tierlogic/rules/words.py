"""Gates in words: the same words for the same thing, wherever they are said."""

from collections.abc import Callable

from tierlogic.language import day_in_words
from tierlogic.money import amount_in_words
from tierlogic.rules.gates import (
    AllOf,
    AnyOf,
    BestOfMonths,
    Clock,
    FactGate,
    MoneyGate,
    RollingDays,
    Since,
    WaitingGate,
    Window,
)

Leaf = MoneyGate | WaitingGate | FactGate


def money_gate_in_words(gate: MoneyGate, counted: str, currency: str) -> str:
    """Say what a money gate asks for: "$250 used", "more than ¥100,000 used in the month before".

    Args:
        gate: the gate.
        counted: which money, in words; a contested gate counts what its reader takes it to.
        currency: the ladder's.
    """
    amount = amount_in_words(gate.amount, currency)
    if gate.more_than is not None:
        amount = f"more than {amount}" if gate.amount else "any amount"
    return f"{amount} {counted}{window_in_words(gate.over)}"


def gates_in_words(gate: object, say: Callable[[Leaf], str]) -> str:
    """Join what is said of each gate, as they are joined: "$5 paid and (a plan or 7 days)".

    Args:
        gate: one gate, or several joined by all or any.
        say: the words for one gate; empty where nothing is to be said of it.
    """
    if isinstance(gate, AllOf | AnyOf):
        word, inner = (" and ", gate.all) if isinstance(gate, AllOf) else (" or ", gate.any)
        said = [(each, words) for each in inner if (words := gates_in_words(each, say))]
        return word.join(
            f"({words})" if isinstance(each, AllOf | AnyOf) and len(said) > 1 else words
            for each, words in said
        )
    return say(gate) if isinstance(gate, Leaf) else ""


def days_in_words(days: int) -> str:
    """Say a number of days: "1 day", "30 days"."""
    return "1 day" if days == 1 else f"{days} days"


def clock_in_words(clock: Clock) -> str:
    """Say what days are counted from: "the first payment"."""
    return "the account's creation" if clock == "account creation" else f"the {clock}"


def lag_in_words(lag_days: tuple[int, int]) -> str:
    """Say when an earned tier comes: "at once", "at once or up to 2 days later"."""
    least, most = lag_days
    if most == 0:
        return "at once"
    if least == most:
        return f"{days_in_words(most)} later"
    if least == 0:
        return f"at once or up to {days_in_words(most)} later"
    return f"{least} to {days_in_words(most)} later"


def window_in_words(window: Window) -> str:
    """Say over which time money is counted: " in 30 days"; empty for all time."""
    match window:
        case Since(since=day):
            return f" since {day_in_words(day)}"
        case RollingDays(rolling_days=days):
            return f" in {days_in_words(days)}"
        case BestOfMonths(best_of_months=months):
            return f" in the best of {months} months"
        case "lifetime":
            return ""
        case "month to date":
            return " in the month to date"
        case "month before":
            return " in the month before"
