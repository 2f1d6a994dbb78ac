"""What tierlogic fleet says: what was done, accounts per tier by month, and those to act on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from tierlogic.fleet.run import Done
from tierlogic.fleet.summary import RUNS_OUT_WITHIN, Summary, Why
from tierlogic.language import day_in_words
from tierlogic.shell.printing import Said, Table

_SAYS: dict[Why, str] = {
    "runs out": f"Credit runs out within {RUNS_OUT_WITHIN} days",
    "stuck at a cap": "Stuck at a monthly usage limit",
    "one purchase away": "One small purchase from the next tier",
}


def said(done: Done, answers: Path, rejects: Path, summary: Summary | None) -> Said:
    """Say what came of a run, and the summary of its answers if there is one."""
    sentences = [f"{_accounts(done.projected)} projected into {answers}."]
    if done.rejected:
        sentences.append(
            f"{_accounts(done.rejected)} cannot be read: {rejects} has them, with the reasons."
        )
    record: dict[str, Any] = {
        "projected": done.projected,
        "rejected": done.rejected,
        "answers": str(answers),
        "rejects": str(rejects) if done.rejected else None,
    }
    if summary is None:
        return Said("fleet", sentences, [], [record], record)
    by_month = _records(summary.by_month)
    return Said(
        kind="fleet",
        sentences=[*sentences, *_counts(summary)],
        tables=[*_tiers_by_month(summary.by_month), *_urgent(summary)],
        figures=by_month,
        record={
            **record,
            "by_month": by_month,
            "to_act_on": {
                why: {
                    "accounts": count,
                    "most_urgent": _records(summary.to_act_on[why]) if count else [],
                }
                for why, count in summary.counts.items()
            },
        },
    )


def _counts(summary: Summary) -> list[str]:
    return [
        f"{_SAYS[why]}: {_accounts(count)}{_shown(count, len(summary.to_act_on[why]))}."
        for why, count in summary.counts.items()
        if count
    ]


def _shown(count: int, listed: int) -> str:
    return f"; the {listed} most urgent are listed" if listed < count else ""


def _tiers_by_month(by_month: pd.DataFrame) -> Iterator[Table]:
    """One table a ladder: months down, tiers across."""
    for ladder, counts in by_month.groupby("ladder"):
        table = counts.pivot_table("accounts", "month", "number")
        names = counts.drop_duplicates("number").sort_values("number")["tier"]
        yield Table(
            (f"{ladder}, reached by the end of", *names),
            [
                (f"{month:%b %Y}", *(f"{count:,.0f}" for count in row))
                for month, row in zip(table.index, table.to_numpy(), strict=True)
            ],
        )


def _urgent(summary: Summary) -> Iterator[Table]:
    for why, accounts in summary.to_act_on.items():
        whose = "account" if "account" in accounts else "row"
        heading = {
            "runs out": ("runs out", "tier", "credit ends on"),
            "stuck at a cap": ("stuck at a limit", "tier", "held back from"),
            "one purchase away": ("one purchase away", "next tier", "amount"),
        }[why]
        yield Table(
            heading,
            [
                (
                    str(each[whose]),
                    each["tier"],
                    day_in_words(each["on"])
                    if each["amount"] is None
                    else f"{each['amount']:,.2f}",
                )
                for each in _records(accounts)
            ],
        )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Write rows with days as dates; what is missing is None."""
    return [
        {
            str(name): None
            if pd.isna(value)
            else value.date()
            if isinstance(value, pd.Timestamp)
            else value
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]


def _accounts(count: int) -> str:
    return f"{count:,} account{'' if count == 1 else 's'}"
