"""What some files say of an account, offered as a scenario."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from tierlogic.calendar import repeats
from tierlogic.imports.costs import Day, model_name
from tierlogic.imports.pace import Pace, pace
from tierlogic.imports.records import ImportFileError, Tokens, Unread
from tierlogic.language import say
from tierlogic.money import CENT
from tierlogic.prices import look_up
from tierlogic.rules.catalog import load_ladder, load_provider
from tierlogic.scenario import (
    MAX_PAST_DAYS,
    MAX_USAGE_LINES,
    PastDay,
    Purchase,
    Scenario,
    UsageLine,
)

DAYS_OF_MIX = 28
"""The latest whole days that the mix of models is taken from."""


@dataclass(frozen=True)
class FileRead:
    """One file, and how much of it was read."""

    name: str
    format: str
    """In English."""
    rows: int
    unread: int


@dataclass(frozen=True)
class Payment:
    """Money that reached the provider."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class Usage:
    """Usage lines from the files' mix of models, and what is not in them."""

    lines: tuple[UsageLine, ...]
    summed: tuple[tuple[str, str], ...] = ()
    """Models beyond the most that a plan holds, and the model with which each is counted."""
    left_out: tuple[str, ...] = ()
    """Models without a known price at the plan's provider; "" for tokens of no named model."""


@dataclass(frozen=True)
class Imported:
    """An account's past, as its files tell it.

    Dates are calendar days in UTC; amounts are in `currency`. Nothing of the files is kept but
    these sums.
    """

    files: tuple[FileRead, ...]
    provider: str | None
    """Its name in genai-prices; None: no file says."""
    providers: tuple[str, ...]
    """All that the files tell of, most first; `provider` is the one that was counted."""
    currency: str
    currencies: tuple[str, ...]
    """All that the files state of that provider, most rows first; `currency` was counted."""
    each_day: tuple[Day, ...]
    """Every day from the first that a file tells to the last."""
    last_whole_day: date | None
    """None: no day is known to be over."""
    payments: tuple[Payment, ...]
    """By date; empty where no file tells payments."""
    unread: tuple[Unread, ...]
    """Rows that were left out, as far as they are listed; `unread_count` counts all."""
    unread_count: int
    notes: tuple[str, ...]
    """What its reader should know, in sentences."""

    @property
    def used(self) -> Decimal:
        """Used to date, exact: billed, or where no file says, what the tokens cost."""
        return sum((day.used for day in self.each_day), Decimal(0))

    @property
    def month_used(self) -> Decimal:
        """Used in the calendar month of the last day, exact."""
        if not self.each_day:
            return Decimal(0)
        last = self.each_day[-1].on
        return sum((day.used for day in self.each_day if day.on >= last.replace(day=1)), Decimal(0))

    @property
    def paid(self) -> Decimal:
        """Paid to date."""
        return sum((payment.amount for payment in self.payments), Decimal(0))

    @property
    def first_payment(self) -> date | None:
        """The earliest payment; None where no file tells payments."""
        return self.payments[0].on if self.payments else None

    @property
    def tells_all_use(self) -> bool:
        """Whether the files begin no later than the first payment."""
        return bool(self.each_day and self.payments) and self.each_day[0].on <= self.payments[0].on

    @property
    def balance(self) -> Decimal | None:
        """Paid and not used by the last whole day; None where no file tells one or the other.

        It is less where some use is older than the files (`tells_all_use` is False).
        """
        if self.start is None or not self.payments:
            return None
        before = self.start - timedelta(days=1)
        paid = (payment.amount for payment in self.payments if payment.on <= before)
        return max(Decimal(0), sum(paid, Decimal(0)) - self.used_by(before))

    @property
    def start(self) -> date | None:
        """The day after the last whole day: the first that a plan can simulate."""
        return self.last_whole_day + timedelta(days=1) if self.last_whole_day else None

    @cached_property
    def pace(self) -> Pace | None:
        """Level, weekend factor and growth of the whole days; None where they have no tokens.

        Days that were billed, but whose tokens are not in the files, say nothing and are left out.
        """
        if self.start is None:
            return None
        told = [day for day in self._whole_days() if day.tokens or not day.billed]
        return pace([day.on for day in told], [day.tokens for day in told], self.start)

    @cached_property
    def days(self) -> pd.DataFrame:
        """One row a day, index "date" (datetime64, UTC days).

        Columns: tokens; billed, computed and difference (Decimal, None where not known); cause of
        the difference, empty where the two agree to the microdollar.
        """
        return pd.DataFrame(
            {
                "tokens": [day.tokens for day in self.each_day],
                "billed": pd.Series([day.billed for day in self.each_day], dtype=object),
                "computed": pd.Series([day.computed for day in self.each_day], dtype=object),
                "difference": pd.Series([day.difference for day in self.each_day], dtype=object),
                "cause": pd.Series([day.cause for day in self.each_day], dtype=object),
            }
        ).set_index(self._index())

    @cached_property
    def actual(self) -> pd.DataFrame:
        """One row a day, index "date": what the files tell to that day's end.

        Columns: used and paid (float; paid is no number where no file tells payments).
        """
        index = self._index()
        by_day = pd.Series(
            [float(payment.amount) for payment in self.payments],
            index=pd.DatetimeIndex([payment.on for payment in self.payments]),
            dtype=float,
        )
        to_date = by_day.cumsum().reindex(index, method="ffill")
        return pd.DataFrame(
            {
                "used": [float(total) for total in self._used_by],
                "paid": to_date.fillna(0.0) if self.payments else np.nan,
            },
            index=index,
            dtype=float,
        )

    @cached_property
    def models(self) -> pd.DataFrame:
        """One row a model, index "model", most tokens first; all days.

        Columns: tokens, share of all tokens, input_share and output_share of the model's tokens,
        cached_share of its input. "" is the index of tokens of no named model.
        """
        mix = _mix(self.each_day)
        total = sum(tokens.total for tokens in mix.values()) or 1
        rows = [
            {
                "tokens": tokens.total,
                "share": tokens.total / total,
                "input_share": _share(tokens.input, tokens.input + tokens.output),
                "output_share": _share(tokens.output, tokens.input + tokens.output),
                "cached_share": _share(tokens.cached, tokens.input),
            }
            for tokens in mix.values()
        ]
        columns = ["tokens", "share", "input_share", "output_share", "cached_share"]
        return pd.DataFrame(rows, columns=columns, index=pd.Index(list(mix), name="model"))

    def used_by(self, day: date) -> Decimal:
        """Return what the files tell to a day's end, in whole cents, rounded down."""
        if not self.each_day or day < self.each_day[0].on:
            return Decimal(0)
        days = (day - self.each_day[0].on).days
        return self._used_by[min(days, len(self._used_by) - 1)].quantize(CENT, ROUND_FLOOR)

    def usage(self, base: Scenario) -> Usage:
        """Spread the pace over the models of the latest weeks, at the prices of the plan's start.

        Tokens of no named model are spread over the base's lines where no model is named at all.
        """
        rate = self.pace
        mix = _mix(self._whole_days()[-DAYS_OF_MIX:])
        total = sum(tokens.total for tokens in mix.values())
        if rate is None or not total:
            return Usage(base.usage)
        level, growth = rate.tokens_per_day.value, rate.growth_per_30_days
        per_30_days = round(growth.value, 4) if growth else 0.0
        if set(mix) == {""}:
            return Usage(_scaled(base.usage, level, per_30_days))
        lines, left_out = list[UsageLine](), list[str]()
        for name, tokens in mix.items():
            line = _line(name, tokens, level * tokens.total / total, per_30_days, base)
            if line is None:
                left_out.append(name)
            else:
                lines.append(line)
        lines.sort(key=lambda line: line.tokens_per_day * line.nanos_per_token, reverse=True)
        return _summed(lines, tuple(left_out))

    def brought_by(self, base: Scenario) -> Decimal:
        """What a base used before the files begin: all that it brings, if they begin within it."""
        return base.used_before if self._begins_within(base) else Decimal(0)

    def scenario(self, base: Scenario, start: date | None = None) -> Scenario:
        """Offer what the files say as a scenario; the rest is the base's.

        It starts on the day after the last whole day. Where the files begin within the base, what
        the base brings is added to what they tell; else the files stand alone. Payments of the
        files replace the base's purchases before the new start; without any, those purchases are
        taken to have happened. Past days are told apart where the ladder counts a window of time.

        Args:
            base: the plan to start from.
            start: only what was before this day is taken. None: the day after the last whole day.

        Raises:
            ImportFileError: a ValueError; the files' currency is not the ladder's.
            pydantic.ValidationError: a ValueError; the files say more than a plan can hold.
        """
        if self.currency != base.rules.currency:
            raise ImportFileError(
                say(
                    "The files tell amounts in {currency}, and {ladder} counts {other_currency}; "
                    "read them for that currency, or choose another ladder",
                    currency=self.currency,
                    ladder=base.ladder,
                    other_currency=base.rules.currency,
                )
            )
        start = start or self.start
        if start is None:
            return base.but(**self._payments_of(base, base.start))
        month = start.replace(day=1)
        told = self.used_by(start - timedelta(days=1))
        month_used = told - self.used_by(month - timedelta(days=1))
        if self._begins_within(base) and base.start.replace(day=1) == month:
            month_used += base.month_used_before
        rate = self.pace
        factor = rate.weekend_factor if rate else None
        return base.but(
            start=start,
            used_before=self.brought_by(base) + told,
            month_used_before=month_used,
            past=self._past(base, start),
            usage=self.usage(base.model_copy(update={"start": start})).lines,
            weekend_factor=round(factor.value, 4) if factor else base.weekend_factor,
            **self._payments_of(base, start),
        )

    @cached_property
    def _used_by(self) -> list[Decimal]:
        """The exact total at each day's end."""
        return list(accumulate(day.used for day in self.each_day))

    def _payments_of(self, base: Scenario, start: date) -> dict[str, Any]:
        """What was paid before a start, and is planned from it on."""
        before = self._paid_before(base, start)
        ahead = tuple(
            Purchase(on=payment.on, amount=payment.amount)
            for payment in self.payments
            if payment.on >= start
        )
        planned = _from(start, base, {payment.on for payment in ahead})
        adds = not self.payments or self.payments[0].on >= base.start
        firsts = [payment.on for payment in before[:1]]
        if base.first_payment and (adds or not before):
            firsts += [base.first_payment, *(payment.on for payment in ahead[:1])]
        paid = sum((payment.amount for payment in before), Decimal(0))
        since = sum((payment.amount for payment in before if payment.on >= base.start), Decimal(0))
        return {
            "paid_before": (base.paid_before if adds else Decimal(0)) + paid,
            "purchased_before": None if before else base.purchased_before,
            "first_payment": min(firsts, default=None),
            "purchases": (*ahead, *planned),
            "opening_balance": self._balance(base, start, since),
        }

    def _balance(self, base: Scenario, start: date, bought: Decimal) -> Decimal:
        if not self._begins_within(base):
            prepaid = base.billing == "prepaid"
            return base.opening_balance or (prepaid and self.balance) or Decimal(0)
        used = self.used_by(start - timedelta(days=1)) if start > base.start else Decimal(0)
        return max(Decimal(0), base.opening_balance + bought - used)

    def _paid_before(self, base: Scenario, start: date) -> list[Payment]:
        """The files' payments before a start, or without any, the base's purchases."""
        planned = (Payment(on, amount) for on, amount in sorted(base.payments()))
        return [payment for payment in self.payments or planned if payment.on < start]

    def _past(self, base: Scenario, start: date) -> tuple[PastDay, ...]:
        """Days before a start: what the base brings, and if they matter, the files' days."""
        paid: dict[date, Decimal] = defaultdict(Decimal)
        used: dict[date, Decimal] = {}
        if _counts_windows(base):
            for payment in self._paid_before(base, start):
                paid[payment.on] += payment.amount
            for day in self.each_day:
                used[day.on] = self.used_by(day.on) - self.used_by(day.on - timedelta(days=1))
        days = sorted(day for day in used.keys() | paid.keys() if day < start)
        told = tuple(
            PastDay(on=day, used=used.get(day, Decimal(0)), purchased=paid[day])
            for day in days
            if used.get(day) or paid[day]
        )
        brought = base.past if self._begins_within(base) or not self.each_day else ()
        return (*(day for day in brought if day.on < start), *told)[-MAX_PAST_DAYS:]

    def _begins_within(self, base: Scenario) -> bool:
        return bool(self.each_day) and self.each_day[0].on >= base.start

    def _whole_days(self) -> list[Day]:
        last = self.last_whole_day
        return [day for day in self.each_day if last and day.on <= last]

    def _index(self) -> pd.DatetimeIndex:
        first = self.each_day[0].on if self.each_day else date(2020, 1, 1)
        return pd.date_range(first, periods=len(self.each_day), name="date")


def _counts_windows(base: Scenario) -> bool:
    gates = (gate for tier in base.rules.tiers for gate in tier.money_gates)
    return any(gate.over != "lifetime" for gate in gates)


def _mix(days: Iterable[Day]) -> dict[str, Tokens]:
    """Tokens by model, dated names together, most first."""
    mix: dict[str, Tokens] = defaultdict(Tokens)
    for day in days:
        for key, entry in day.token_entries:
            if entry.tokens and entry.tokens.total:
                mix[model_name(key)].add(entry.tokens)
    return dict(sorted(mix.items(), key=lambda item: item[1].total, reverse=True))


def _line(
    name: str, tokens: Tokens, tokens_per_day: float, growth: float, base: Scenario
) -> UsageLine | None:
    """A usage line of a model; None where it has no price at the plan's provider."""
    prices = load_provider(load_ladder(base.ladder).provider).prices
    facts = look_up(name, prices, base.start) if name else None
    if facts is None or facts.price is None:
        return None
    alike = next((line for line in base.usage if line.model == name), None)
    told = tokens.input + tokens.output
    try:
        return UsageLine(
            model=name,
            tokens_per_day=round(tokens_per_day),
            output_share=round(tokens.output / told, 4) if told else 0.25,
            cached_share=round(_share(tokens.cached, tokens.input), 4),
            price=facts.price,
            growth_per_30_days=growth,
            tokens_per_request=alike.tokens_per_request if alike else None,
        )
    except ValidationError:
        return None


def _summed(lines: list[UsageLine], left_out: tuple[str, ...]) -> Usage:
    """Keep as many lines as a plan holds; count the rest with the nearest in price."""
    kept, summed = lines[:MAX_USAGE_LINES], list[tuple[str, str]]()
    for line in lines[MAX_USAGE_LINES:]:
        nearest = min(
            range(len(kept)),
            key=lambda place: abs(kept[place].nanos_per_token - line.nanos_per_token),
        )
        more = kept[nearest].tokens_per_day + line.tokens_per_day
        kept[nearest] = kept[nearest].model_copy(update={"tokens_per_day": more})
        summed.append((line.model, kept[nearest].model))
    return Usage(tuple(kept), tuple(summed), left_out)


def _scaled(lines: tuple[UsageLine, ...], level: float, growth: float) -> tuple[UsageLine, ...]:
    planned = sum(line.tokens_per_day for line in lines)
    return tuple(
        line.model_copy(
            update={
                "tokens_per_day": float(round(level * line.tokens_per_day / planned)),
                "growth_per_30_days": growth,
            }
        )
        for line in lines
        if planned
    )


def _from(start: date, base: Scenario, made: set[date]) -> Iterator[Purchase]:
    """What remains of planned purchases from a start on, less those already made."""
    last = start + timedelta(days=base.days)
    for plan in base.purchases:
        days = list(repeats(plan.on, plan.every, plan.times, last))
        ahead = [day for day in days if day >= start]
        # A repeat that begins on a clipped month's end would never reach the 31st again.
        while ahead and (
            ahead[0] in made or (plan.every == "month" and ahead[0].day != plan.on.day)
        ):
            day = ahead.pop(0)
            if day not in made:
                yield Purchase(on=day, amount=plan.amount)
        if ahead:
            gone = len(days) - len(ahead)
            times = None if plan.times is None else plan.times - gone
            yield plan.model_copy(update={"on": ahead[0], "times": times})


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
