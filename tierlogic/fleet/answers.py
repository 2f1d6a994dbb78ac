"""What is said of every account: the columns that come out, and how a block fills them."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from tierlogic.engine.block import NEVER, Block, Floats, Ints, block_of
from tierlogic.engine.held import HELD_BY
from tierlogic.engine.walk import Outcome, walk
from tierlogic.money import NANOS, from_nanos
from tierlogic.scenario import Purchase, Scenario

SMALL_PURCHASE = 100
"""In the ladder's currency: what one small purchase is, at most."""
_NANOS_IN_A_CENT = NANOS // 100
_EPOCH = 719_163
"""1970-01-01 as a proleptic ordinal."""

_Kind = Literal["text", "day", "number"]
_Texts = npt.NDArray[np.object_]
_Days = npt.NDArray[np.datetime64]
_Values = _Texts | _Days | Floats

_OF_THE_PLAN: dict[str, _Kind] = {
    "problem": "text",
    "ladder": "text",
    "start": "day",
    "last_day": "day",
    "first_payment": "day",
    "first_tier": "text",
    "last_tier": "text",
    "next_tier": "text",
    "small_purchase": "number",
}
_OF_A_TIER: dict[str, _Kind] = {"": "text", "_on": "day", "_held_by": "text", "_missing": "number"}
_HAPPENED = ("ran_out_on", "first_capped_on", "last_capped_on")
_MONEY_AT_THE_END = ("used", "paid", "balance")
_MONEY_OF_ALL_DAYS = ("purchased", "recharged", "invoice_paid", "lapsed")
_TOKENS_OF_ALL_DAYS = (
    "tokens_wanted",
    "tokens_served",
    "tokens_rate_limited",
    "tokens_over_cap",
    "tokens_unfunded",
    "tokens_above_guaranteed",
)
_AMOUNTS = (*_MONEY_AT_THE_END, *_MONEY_OF_ALL_DAYS, *_TOKENS_OF_ALL_DAYS)


def answer_columns(tiers: int) -> dict[str, _Kind]:
    """Return every column that comes out, and what it holds.

    Args:
        tiers: with gates, of the largest ladder.
    """
    of_tiers: dict[str, _Kind] = {
        f"tier_{number}{what}": kind
        for number in range(1, tiers + 1)
        for what, kind in _OF_A_TIER.items()
    }
    return {
        **_OF_THE_PLAN,
        "tier_0": "text",
        **of_tiers,
        **dict.fromkeys(_HAPPENED, "day"),
        **dict.fromkeys(_AMOUNTS, "number"),
    }


class Answers:
    """The rows of a result while they are filled."""

    def __init__(self, rows: int, tiers: int) -> None:
        """Begin with rows of which nothing is said."""
        empty = {
            "text": np.array(None, object),
            "day": np.datetime64("NaT", "D"),
            "number": np.array(np.nan),
        }
        self._columns = {
            name: np.full(rows, empty[kind]) for name, kind in answer_columns(tiers).items()
        }

    def refuse(self, row: int, problem: str) -> None:
        """Say why nothing is said of a row."""
        self._columns["problem"][row] = problem

    def enter(self, rows: Ints, block: Block) -> None:
        """Project a block and enter it: its first account in the first of these rows."""
        outcome = walk(block, keep_diary=False, keep_totals=True)
        counted = np.ones(len(rows), np.bool_)
        for column, problem in outcome.too_large.items():
            counted[column] = False
            self.refuse(int(rows[column]), problem)
        for name, values in _answers(block, outcome).items():
            self._columns[name][rows[counted]] = values[counted]

    def frame(self, index: "pd.Index[Any]") -> pd.DataFrame:
        """Return what was said."""
        return pd.DataFrame(
            {name: _series(values, index) for name, values in self._columns.items()}, index=index
        )


def _series(values: _Values, index: "pd.Index[Any]") -> "pd.Series[Any]":
    if values.dtype == np.object_:
        return pd.Series(values, index, dtype="str")
    if values.dtype == np.float64:
        return pd.Series(values, index)
    return pd.Series(values.astype("datetime64[us]"), index)


def _answers(block: Block, outcome: Outcome) -> dict[str, _Values]:
    totals = outcome.totals
    if totals is None:
        raise AssertionError("a walk that keeps totals has them")
    scenarios = len(block.scenarios)
    # None: above the highest tier there is no other.
    names = np.array([*block.ladder.tier_names, None], object)
    is_open = outcome.opened_on != NEVER
    next_tier = np.vstack([is_open, np.zeros(scenarios, np.bool_)]).argmin(axis=0) + 1
    return {
        "ladder": np.full(scenarios, block.ladder.id, object),
        "start": _days(block, np.zeros(scenarios, np.int64)),
        "last_day": _days(block, np.full(scenarios, block.days - 1)),
        "first_payment": _days(block, outcome.first_payment),
        "first_tier": names[totals.first_tier],
        "last_tier": names[totals.last_tier],
        "next_tier": names[next_tier],
        "small_purchase": _small_purchases(block, outcome, next_tier),
        **_of_tiers(block, outcome),
        **{name: _days(block, getattr(totals, name)) for name in _HAPPENED},
        **{name: getattr(outcome, name) / NANOS for name in _MONEY_AT_THE_END},
        **{name: getattr(totals, name) / NANOS for name in _MONEY_OF_ALL_DAYS},
        **{name: getattr(totals, name) for name in _TOKENS_OF_ALL_DAYS},
    }


def _of_tiers(block: Block, outcome: Outcome) -> dict[str, _Values]:
    held_by = np.array(HELD_BY, object)
    found: dict[str, _Values] = {
        "tier_0": np.full(len(block.scenarios), block.ladder.tier_names[0], object)
    }
    for row, name in enumerate(block.ladder.tier_names[1:]):
        tier = f"tier_{row + 1}"
        found |= {
            tier: np.full(len(block.scenarios), name, object),
            f"{tier}_on": _days(block, outcome.opened_on[row]),
            f"{tier}_held_by": held_by[outcome.held_by[row]],
            f"{tier}_missing": outcome.money_missing[row] / NANOS,
        }
    return found


def _days(block: Block, day: Ints) -> _Days:
    """Dates of days that count from the start; none where one does not come."""
    dates = (block.start + day - _EPOCH).astype("datetime64[D]")
    return np.where(day == NEVER, np.datetime64("NaT", "D"), dates)


def _small_purchases(block: Block, outcome: Outcome, next_tier: Ints) -> Floats:
    """One purchase on the first day that opens the next tier after all; NaN where none does.

    It is what the tier lacks in money as the plan ends, where that is little: tried, not assumed.
    """
    found = np.full(len(block.scenarios), np.nan)
    lacks = np.vstack([outcome.money_missing, np.zeros_like(outcome.used)])
    missing = lacks[next_tier - 1, np.arange(len(found))]
    columns = np.flatnonzero((missing > 0) & (missing <= SMALL_PURCHASE * NANOS))
    if not columns.size:
        return found
    cents = np.maximum(
        -(-missing[columns] // _NANOS_IN_A_CENT) * _NANOS_IN_A_CENT,
        block.smallest_purchase[0],
    )
    tried = [
        _buying(block.scenarios[column], nanos)
        for column, nanos in zip(columns, cents, strict=True)
    ]
    then = walk(block_of(tried), keep_diary=False)
    opens = then.opened_on[next_tier[columns] - 1, np.arange(len(columns))] != NEVER
    opens[[*then.too_large]] = False
    found[columns[opens]] = cents[opens] / NANOS
    return found


def _buying(scenario: Scenario, nanos: int) -> Scenario:
    on = max(scenario.start, scenario.first_payment or scenario.start)
    purchase = Purchase(on=on, amount=from_nanos(nanos))
    return scenario.model_copy(update={"purchases": (purchase, *scenario.purchases)})
