"""The ledger: what was used, paid and purchased, over every window that a ladder's gates count."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from tierlogic.engine.block import Block, Bools, Ints
from tierlogic.money import to_nanos
from tierlogic.rules.gates import BestOfMonths, Money, MoneyGate, RollingDays, Since, Window
from tierlogic.scenario import PastDay, Scenario


class Ledger:
    """Running totals of a block (scenarios), in nano-dollars, and windows of them."""

    def __init__(self, block: Block) -> None:
        """Begin with what the accounts bring."""
        self.used = block.used_before.copy()
        self.paid = block.paid_before.copy()
        self.purchased = block.purchased_before.copy()
        kinds = _windows_by_money(block)
        self.needs_every_day = bool(kinds)
        self._windows = {
            money: _Windows(block, money, windows, self.total(money))
            for money, windows in kinds.items()
        }

    def total(self, money: Money) -> Ints:
        """What was counted over the account's lifetime."""
        totals: Ints = getattr(self, money)
        return totals

    def over(self, money: Money, window: Window, day: int) -> Ints:
        """What was counted in a window that ends now, on this day."""
        if window == "lifetime":
            return self.total(money)
        return self._windows[money].over(window, self.total(money), day)

    def begin_day(self, day: int, turning: Bools | None) -> None:
        """Note where the totals stand before anything happens on a day."""
        for money, windows in self._windows.items():
            windows.begin_day(day, self.total(money), turning)


class _Windows:
    """Windows of one kind of money: where its total stood when each of them began."""

    def __init__(self, block: Block, money: Money, windows: Sequence[Window], total: Ints) -> None:
        self._past = [_past(scenario, money) for scenario in block.scenarios]
        self._starts = [scenario.start for scenario in block.scenarios]
        self._at_start = total.copy()
        self._at_begin: list[Ints] = []
        """By day: the total before that day."""
        self._since = {
            window: np.array([(window.since - start).days for start in self._starts])
            for window in windows
            if isinstance(window, Since)
        }
        self._before_since = {window: np.zeros_like(total) for window in self._since}
        self._rolls = any(isinstance(window, RollingDays) for window in windows)
        longest = max((w.best_of_months for w in windows if isinstance(w, BestOfMonths)), default=2)
        self._month_began_at = total.copy()
        self._month_past = self._sum_past(_same_month)
        if money == "used":
            self._month_past = np.maximum(self._month_past, block.month_used_before)
        self._months_before = deque(
            (self._sum_past(_months_ago(count)) for count in range(1, max(longest, 2))),
            maxlen=max(longest - 1, 1),
        )
        """The whole months before this one, the latest first."""

    def begin_day(self, day: int, total: Ints, turning: Bools | None) -> None:
        if self._rolls:
            self._at_begin.append(total.copy())
        for window, first in self._since.items():
            if (first == day).any() and day > 0:
                self._before_since[window] = np.where(
                    first == day, total, self._before_since[window]
                )
        if turning is not None:
            ended = self._month_to_date(total)
            months = [ended, *self._months_before][: len(self._months_before)]
            self._months_before = deque(
                np.where(turning, new, old)
                for new, old in zip(months, self._months_before, strict=True)
            )
            self._month_began_at = np.where(turning, total, self._month_began_at)
            self._month_past = np.where(turning, 0, self._month_past)

    def over(self, window: Window, total: Ints, day: int) -> Ints:
        if isinstance(window, Since):
            counted = total - self._before_since[window]
            return np.where(self._since[window] <= day, counted, 0)
        if isinstance(window, RollingDays):
            return self._rolling(window.rolling_days, total, day)
        if isinstance(window, BestOfMonths):
            months = list(self._months_before)[: window.best_of_months - 1]
            best: Ints = np.maximum.reduce([self._month_to_date(total), *months])
            return best
        return self._months_before[0] if window == "month before" else self._month_to_date(total)

    def _month_to_date(self, total: Ints) -> Ints:
        return total - self._month_began_at + self._month_past

    def _rolling(self, length: int, total: Ints, day: int) -> Ints:
        first = day - length + 1
        if first > 0:
            return total - self._at_begin[first]
        counted = total - self._at_start
        if any(self._past):
            counted += self._sum_past(lambda start, on: (on - start).days >= first)
        return counted

    def _sum_past(self, counts: Callable[[date, date], bool]) -> Ints:
        """Sum what was counted before the start, on the days that count."""
        return np.array(
            [
                sum(nanos for on, nanos in past if counts(start, on))
                for start, past in zip(self._starts, self._past, strict=True)
            ],
            np.int64,
        )


def _windows_by_money(block: Block) -> dict[Money, list[Window]]:
    """What the ladder's gates count besides lifetime totals."""
    found: dict[Money, list[Window]] = {}
    for tier in block.ladder.tiers:
        for gate in tier.money_gates:
            if gate.over != "lifetime":
                for money in moneys_of(gate):
                    found.setdefault(money, []).append(gate.over)
    return found


def moneys_of(gate: MoneyGate) -> tuple[Money, ...]:
    """Return the kinds of money that a gate may count."""
    return ("used", "paid") if gate.counts == "contested" else (gate.counts,)


def _past(scenario: Scenario, money: Money) -> list[tuple[date, int]]:
    def amount(day: PastDay) -> int:
        return to_nanos(day.used if money == "used" else day.purchased)

    return [(day.on, amount(day)) for day in scenario.past]


def _same_month(start: date, on: date) -> bool:
    return _months_between(on, start) == 0


def _months_ago(count: int) -> Callable[[date, date], bool]:
    return lambda start, on: _months_between(on, start) == count


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
