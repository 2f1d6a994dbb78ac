"""What answers say together: accounts per tier over time, and the accounts to act on."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from tierlogic.engine.block import Ints

RUNS_OUT_WITHIN = 14
"""Days, the first one counted."""

Why = Literal["runs out", "stuck at a cap", "one purchase away"]
"""Why an account is one to act on."""
_Days = npt.NDArray[np.datetime64]
_OF_A_TIER = ["month", "ladder", "number", "tier"]


def accounts_by_month(answers: pd.DataFrame) -> pd.DataFrame:
    """Count the accounts that have reached each tier as each month, or their plan, ends.

    A tier counts once it was reached, also where the ladder lets it fall again.

    Args:
        answers: of `project_frame`.

    Returns:
        Columns month (its first day), ladder, number (0: the tier without gates), tier, accounts:
        one row for every tier of a ladder and every month of its accounts' plans, in that order.
    """
    sound = answers[answers["ladder"].notna()]
    if sound.empty:
        return _counts([])
    months = pd.period_range(sound["start"].min(), sound["last_day"].max(), freq="M")
    return added([_counts(count for month in months for count in _in_month(sound, month))])


def accounts_by_day(answers: pd.DataFrame) -> pd.DataFrame:
    """Count the accounts of one ladder that have reached each tier, day by day.

    An account counts while its plan runs. A tier counts once it was reached, also where the ladder
    lets it fall again.

    Args:
        answers: of `project_frame`, one or more, all of one ladder.

    Returns:
        Columns day, number (0: the tier without gates), tier, accounts: one row for every tier and
        every day on which a count changes, and for the last day, in that order.
    """
    tiers = answers[_names_of_tiers(answers)].iloc[0].dropna()
    # Sorted, as a tier may open before a lower one: a column a tier, and none comes last.
    reached = np.sort(answers[["start", *(f"{tier}_on" for tier in tiers.index[1:])]].to_numpy())
    is_reached = ~np.isnat(reached)
    last_days = answers["last_day"].to_numpy()
    ended = last_days + np.timedelta64(1, "D")
    days = np.unique([*reached[is_reached], *ended, last_days.max()])
    days = days[days <= last_days.max()]
    this_or_higher = np.array(
        [
            _so_far(reached[those, number], days) - _so_far(ended[those], days)
            for number, those in enumerate(is_reached.T)
        ]
    )
    counts = -np.diff(this_or_higher, axis=0, append=0)
    return pd.DataFrame(
        {
            "day": days.repeat(len(tiers)),
            "number": np.tile(np.arange(len(tiers)), len(days)),
            "tier": np.tile(tiers.to_numpy(), len(days)),
            "accounts": counts.T.ravel(),
        }
    )


def _so_far(happened: _Days, days: _Days) -> Ints:
    """Count what happened until the end of each day."""
    return np.sort(happened).searchsorted(days, side="right")


def added(counts: list[pd.DataFrame]) -> pd.DataFrame:
    """Add up counts of `accounts_by_month`."""
    return pd.concat(counts).groupby(_OF_A_TIER)["accounts"].sum().reset_index()


class _Count(NamedTuple):
    month: pd.Timestamp
    ladder: str
    number: int
    tier: str
    accounts: int


def _counts(found: Iterable[_Count]) -> pd.DataFrame:
    kinds = {
        "month": "datetime64[us]",
        "ladder": "str",
        "number": "int64",
        "tier": "str",
        "accounts": "int64",
    }
    return pd.DataFrame(list(found), columns=[*kinds]).astype(kinds)


def _in_month(answers: pd.DataFrame, month: pd.Period) -> Iterator[_Count]:
    first, last = month.start_time, month.end_time
    there = answers[(answers["start"] <= last) & (answers["last_day"] >= first)]
    for ladder, accounts in there.groupby("ladder"):
        tiers = accounts[_names_of_tiers(accounts)].iloc[0].dropna()
        opened = accounts[[f"{tier}_on" for tier in tiers.index[1:]]] <= last
        reached = np.bincount(opened.sum(axis=1), minlength=len(tiers))
        for number, (name, count) in enumerate(zip(tiers, reached.tolist(), strict=True)):
            yield _Count(first, str(ladder), number, name, count)


def _names_of_tiers(answers: pd.DataFrame) -> list[str]:
    return [name for name in answers.columns if name.removeprefix("tier_").isdecimal()]


def to_act_on(answers: pd.DataFrame) -> pd.DataFrame:
    """List the accounts to act on, once for each reason, the most urgent first.

    An account runs out where its credit ends within 14 days. It is stuck at a cap where a monthly
    usage limit holds it back and no tier opens after that. It is one purchase away from its next
    tier where a small one opens it.

    Args:
        answers: of `project_frame`.

    Returns:
        Columns row and account, as far as the answers have them; why; ladder; tier: the one that
        is in force in the end, or the one to come; on: the day on which credit ends or the limit
        is reached first; amount: of the purchase. The index is that of the answers.
    """
    opened = [f"{tier}_on" for tier in _names_of_tiers(answers)[1:]]
    last_opening = answers[opened].max(axis=1).fillna(answers["start"])
    soon = answers["start"] + pd.Timedelta(days=RUNS_OUT_WITHIN)
    reasons: list[tuple[Why, pd.Series[bool], str, str]] = [
        ("runs out", answers["ran_out_on"] < soon, "last_tier", "ran_out_on"),
        (
            "stuck at a cap",
            answers["last_capped_on"] >= last_opening,
            "last_tier",
            "first_capped_on",
        ),
        ("one purchase away", answers["small_purchase"].notna(), "next_tier", "start"),
    ]
    whose = [name for name in ("row", "account") if name in answers.columns]
    found = []
    for why, holds, tier, on in reasons:
        accounts = answers[holds]
        one = accounts[[*whose, "ladder"]].assign(
            why=why, tier=accounts[tier], on=accounts[on], amount=accounts["small_purchase"]
        )
        if why != "one purchase away":
            one["amount"] = float("nan")
        found.append(one.sort_values(["on", "amount"], kind="stable"))
    return pd.concat(found)[[*whose, "why", "ladder", "tier", "on", "amount"]]


class Summary:
    """The same of answers that come one part after the other; memory does not grow with them."""

    def __init__(self, most: int) -> None:
        """Begin with none; of the accounts to act on, so many are kept for each reason."""
        self._most = most
        self._months = _counts([])
        self.to_act_on: dict[Why, pd.DataFrame] = {}
        """The most urgent, by reason."""
        self.counts: dict[Why, int] = dict.fromkeys(get_args(Why), 0)
        """All accounts to act on, by reason."""

    @property
    def by_month(self) -> pd.DataFrame:
        """As `accounts_by_month`."""
        return self._months

    def add(self, answers: pd.DataFrame) -> None:
        """Take in some answers."""
        self._months = added([self._months, accounts_by_month(answers)])
        urgent = to_act_on(answers)
        for why in self.counts:
            of_reason = urgent[urgent["why"] == why]
            self.counts[why] += len(of_reason)
            both = [self.to_act_on[why], of_reason] if why in self.to_act_on else [of_reason]
            self.to_act_on[why] = (
                pd.concat(both).sort_values(["on", "amount"], kind="stable").head(self._most)
            )
