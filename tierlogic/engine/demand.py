"""Demand, rate limit and cost (steps 4 to 6 of a day) at every tier, for a run of days.

None of it depends on the account's money: a run of days is computed at once for each tier that
the account might have, and the walk picks the tier that it has.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tierlogic.engine.block import NEVER, Bools, Floats, Ints
from tierlogic.engine.noise import factors_by_day
from tierlogic.rules.limits import LimitsRow, Measure, TierLimits
from tierlogic.rules.own import ladder_of, limits_of
from tierlogic.scenario import Scenario, UsageLine

LARGEST_COST = 4 * 10**18
"""Nano-dollars; larger daily costs are cut to it, far beyond what any plan may cost."""

_SUNDAY, _SATURDAY = 0, 6  # of a proleptic ordinal, modulo 7

# Limits on a part of the traffic: how much of that part one token of a line is. NaN: not known.
_PART_OF_A_TOKEN: dict[Measure, Callable[[UsageLine, LimitsRow], float]] = {
    "input_tpm": lambda line, row: (
        (1 - line.output_share) * (1 if row.cached_input_counts else 1 - line.cached_share)
    ),
    "output_tpm": lambda line, _: line.output_share,
    "rps": lambda line, _: _requests(line),
    "rpm": lambda line, _: _requests(line),
    "rpd": lambda line, _: _requests(line),
}
_PER_MINUTE: dict[Measure, int] = {"input_tpm": 1, "output_tpm": 1, "rps": 60, "rpm": 1}


@dataclass(frozen=True)
class Demand:
    """What a run of days wants and may have, before any money is asked for."""

    tokens_wanted: Floats
    """(days, scenarios)"""
    tokens_allowed: Floats
    """(tiers, days, scenarios): within the rate limits of that tier."""
    tokens_above_guaranteed: Floats
    """(tiers, days, scenarios): of the tokens allowed, what a soft limit does not guarantee."""
    cost: Ints
    """(tiers, days, scenarios): of the tokens allowed, in nano-dollars."""


@dataclass(frozen=True)
class _Part:
    """A limit on a part of the traffic: input, output or requests."""

    limit_a_day: Floats
    """(tiers, scenarios)"""
    of_a_token: Floats
    """(scenarios)"""


@dataclass(frozen=True)
class _Line:
    """Usage line number n of every scenario; one that a scenario lacks wants nothing."""

    tokens_per_day: Floats
    growth: Floats
    nanos_per_token: Floats
    first_day: Ints
    last_day: Ints
    row: npt.NDArray[np.str_]
    """The row of a limits table that it draws on."""
    soft: Bools
    """Whether more than the row's limits is served, only not guaranteed (scenarios)."""
    tokens_a_day: Floats
    """(tiers, scenarios): bound by tokens per minute and per day; infinite where unknown."""
    parts: tuple[_Part, ...]


class Traffic:
    """The usage of a block of scenarios, ready to be asked for runs of days."""

    def __init__(self, scenarios: Sequence[Scenario], tiers: int) -> None:
        """Read the usage lines, and the limits of each at every one of so many tiers."""
        self._shape = tiers, len(scenarios)
        self._start = np.array([s.start.toordinal() for s in scenarios])
        self._weekend_factor = np.array([s.weekend_factor for s in scenarios])
        self._weekends_differ = bool((self._weekend_factor != 1).any())
        self._noise = factors_by_day(scenarios)
        self._lines = _lines(scenarios, tiers)
        self._shared = _shared_rows(self._lines)

    def on(self, days: range) -> Demand:
        """Compute a run of days. Memory grows with its length, not with the horizon."""
        tiers, scenarios = self._shape
        wanted = [self._wanted(line, days) for line in self._lines]
        shape = (tiers, len(days), scenarios)
        allowed, above, cost = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for number, line in enumerate(self._lines):
            of_row = self._sum_of_row(number, wanted)
            served = np.minimum(of_row, self._bound(number, wanted, of_row))
            if number in self._shared:
                served *= _ratio(wanted[number], of_row, otherwise=0.0)
            if line.soft.any():
                not_guaranteed = np.where(line.soft, wanted[number] - served, 0.0)
                above += not_guaranteed
                served += not_guaranteed
            allowed += served
            cost += served * line.nanos_per_token
        return Demand(
            tokens_wanted=sum(wanted, np.zeros((len(days), scenarios))),
            tokens_allowed=allowed,
            tokens_above_guaranteed=above,
            cost=np.minimum(np.rint(cost), LARGEST_COST).astype(np.int64),
        )

    def _wanted(self, line: _Line, days: range) -> Floats:
        """Step 4: tokens that a line wants (days, scenarios)."""
        day = np.arange(days.start, days.stop)[:, None]
        tokens = np.broadcast_to(line.tokens_per_day, (len(days), self._shape[1]))
        if line.growth.any():
            tokens = tokens * (1 + line.growth) ** (day / 30)
        if self._weekends_differ:
            weekday = (self._start + day) % 7
            weekend = (weekday == _SUNDAY) | (weekday == _SATURDAY)
            tokens = np.where(weekend, tokens * self._weekend_factor, tokens)
        if self._noise is not None:
            tokens = tokens * self._noise[days.start : days.stop]
        if line.first_day.max() > days.start or line.last_day.min() < days.stop - 1:
            tokens = np.where((line.first_day <= day) & (day <= line.last_day), tokens, 0.0)
        return tokens

    def _sum_of_row(self, number: int, per_line: Sequence[Floats]) -> Floats:
        """Sum a figure over the lines that draw on the same row as this one."""
        if number not in self._shared:
            return per_line[number]
        row = self._lines[number].row
        same = [
            np.where(other.row == row, figure, 0.0)
            for other, figure in zip(self._lines, per_line, strict=True)
        ]
        total: Floats = np.sum(same, axis=0)
        return total

    def _bound(self, number: int, wanted: Sequence[Floats], of_row: Floats) -> Floats:
        """Step 5: tokens that a line's row may serve a day (tiers, days, scenarios)."""
        line = self._lines[number]
        bound = line.tokens_a_day[:, None, :]
        for index, part in enumerate(line.parts):
            if np.isinf(part.limit_a_day).all() or np.isnan(part.of_a_token).all():
                continue
            parts = [other.parts[index].of_a_token for other in self._lines]
            load = self._sum_of_row(
                number, [tokens * part for tokens, part in zip(wanted, parts, strict=True)]
            )
            part_of_a_token = _ratio(load, of_row, otherwise=0.0)
            limit = part.limit_a_day[:, None, :]
            bound = np.minimum(bound, _ratio(limit, part_of_a_token, otherwise=np.inf))
        return bound


def _ratio(part: Floats, whole: Floats, otherwise: float) -> Floats:
    """Divide; `otherwise` where there is nothing to divide by, or it is not known."""
    out = np.full(np.broadcast_shapes(part.shape, whole.shape), otherwise)
    # What is beyond all numbers is infinite, and binds nothing.
    with np.errstate(over="ignore"):
        ratio: Floats = np.divide(part, whole, out=out, where=whole > 0)
    return ratio


def _lines(scenarios: Sequence[Scenario], tiers: int) -> list[_Line]:
    count = max((len(s.usage) for s in scenarios), default=0)
    padded = [[*s.usage, *[None] * (count - len(s.usage))] for s in scenarios]
    busy_minutes = np.array([s.active_hours * 60 / s.peak_factor for s in scenarios])
    return [_line(scenarios, lines, busy_minutes, tiers) for lines in zip(*padded, strict=True)]


def _line(
    scenarios: Sequence[Scenario],
    lines: tuple[UsageLine | None, ...],
    busy_minutes: Floats,
    tiers: int,
) -> _Line:
    def ask(say: Callable[[UsageLine], float]) -> Floats:
        return np.array([say(line) if line else 0.0 for line in lines])

    known, chosen = _rows_of(scenarios, lines)
    limits = {measure: _table(known, measure, tiers)[:, chosen] for measure in _MEASURES}
    parts = {
        measure: np.array(
            [
                part(line, known[row].row) if line else 0.0
                for line, row in zip(lines, chosen, strict=True)
            ]
        )
        for measure, part in _PART_OF_A_TOKEN.items()
    }
    return _Line(
        tokens_per_day=ask(lambda line: line.tokens_per_day),
        growth=ask(lambda line: line.growth_per_30_days),
        nanos_per_token=ask(lambda line: line.nanos_per_token),
        first_day=np.array(
            [
                (line.starts - s.start).days if line and line.starts else 0
                for s, line in zip(scenarios, lines, strict=True)
            ]
        ),
        last_day=np.array(
            [
                (line.ends - s.start).days if line and line.ends else NEVER
                for s, line in zip(scenarios, lines, strict=True)
            ]
        ),
        row=np.array([row.bucket for row in known])[chosen],
        soft=np.array([row.row.soft for row in known])[chosen],
        tokens_a_day=np.minimum(limits["tpm"] * busy_minutes, limits["tpd"]),
        parts=tuple(
            _Part(
                limits[measure] * (busy_minutes * _PER_MINUTE.get(measure, 1))
                if measure in _PER_MINUTE
                else limits[measure],
                parts[measure],
            )
            for measure in _PART_OF_A_TOKEN
        ),
    )


@dataclass(frozen=True)
class _KnownRow:
    """What a limits table says of one model, by measure and tier; infinite where unknown."""

    row: LimitsRow
    bucket: str
    limits: dict[Measure, tuple[float, ...]]


_MEASURES: tuple[Measure, ...] = ("tpm", "tpd", *_PART_OF_A_TOKEN)
_NO_ROW = LimitsRow(model="no row", source="", tiers=(TierLimits(tier=""),))


def _rows_of(
    scenarios: Sequence[Scenario], lines: tuple[UsageLine | None, ...]
) -> tuple[list[_KnownRow], Ints]:
    """The distinct rows that the lines draw on, and which of them each scenario's line does."""
    wanted = [
        (s.limits, s.own_limits, s.ladder, s.own_ladder, line.model if line else "")
        for s, line in zip(scenarios, lines, strict=True)
    ]
    distinct = {key: index for index, key in enumerate(dict.fromkeys(wanted))}
    return [_known_row(*key) for key in distinct], np.array([distinct[key] for key in wanted])


@functools.lru_cache(maxsize=1024)
def _known_row(
    table: str, own_table: str | None, ladder: str, own_ladder: str | None, model: str
) -> _KnownRow:
    row = limits_of(table, own_table).row_for(model) or _NO_ROW
    tiers = ladder_of(ladder, own_ladder).tier_names

    def number(measure: Measure, tier: str) -> float:
        known = row.number(measure, tier)
        return np.inf if known is None else known

    bucket = f"{table} {model}" if row is _NO_ROW else f"{table} {row.bucket(model)}"
    limits = {measure: tuple(number(measure, tier) for tier in tiers) for measure in _MEASURES}
    return _KnownRow(row, bucket, limits)


def _table(known: Sequence[_KnownRow], measure: Measure, tiers: int) -> Floats:
    """One measure of every row (tiers, rows)."""
    rows = [row.limits[measure] for row in known]
    table: Floats = np.array(rows).reshape(len(rows), tiers).T
    return table


def _requests(line: UsageLine) -> float:
    return 1 / line.tokens_per_request if line.tokens_per_request else np.nan


def _shared_rows(lines: Sequence[_Line]) -> set[int]:
    """Numbers of the lines that share a row with another line in any scenario."""
    return {
        number
        for number, line in enumerate(lines)
        if any(other is not line and bool((other.row == line.row).any()) for other in lines)
    }
