"""Accounts per tier by month and by day, and the accounts to act on."""

import pandas as pd

import tierlogic as tl
from tests.answer.plans import on
from tests.fleet.accounts import BASE, bought, frame
from tierlogic.fleet.summary import Summary, accounts_by_day, accounts_by_month, to_act_on

YEAR = BASE.but(days=60)
# Tier 1 needs $5 paid; Tier 2 $50 and 7 days.
ROWS = frame(
    {"account": "free"},
    {"account": "first", "purchases": bought(2, "50")},
    {"account": "second", "purchases": bought(31, "250"), "tokens_per_day": 10_000_000},
)


def by_month(answers: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {
        (f"{each.month:%Y-%m}", str(each.tier)): int(str(each.accounts))
        for each in accounts_by_month(answers).itertuples()
    }


def test_every_month_has_its_tiers() -> None:
    counts = by_month(tl.project_frame(ROWS, YEAR))
    assert [counts["2024-01", tier] for tier in ("Free", "Tier 1", "Tier 2")] == [1, 2, 0]
    # $1 a day is $50 on 20 February; $50 a day from 31 January on is $250 on 4 February.
    assert [counts["2024-02", tier] for tier in ("Free", "Tier 1", "Tier 2")] == [1, 0, 1]
    assert counts["2024-02", "Tier 4"] == 1
    assert sum(count for (month, _), count in counts.items() if month == "2024-02") == 3
    assert {month for month, _ in counts} == {"2024-01", "2024-02"}


def test_a_plan_counts_in_its_own_months_only() -> None:
    rows = frame({"start": "2024-01-31", "days": 1}, {"start": "2024-03-01", "days": 31})
    counts = by_month(tl.project_frame(rows, BASE))
    assert [counts[month, "Free"] for month in ("2024-01", "2024-03")] == [1, 1]
    assert ("2024-02", "Free") not in counts


def by_day(answers: pd.DataFrame, tier: str) -> dict[str, int]:
    return {
        f"{each.day:%Y-%m-%d}": int(str(each.accounts))
        for each in accounts_by_day(answers).itertuples()
        if each.tier == tier
    }


def test_a_tier_counts_from_the_day_on_which_it_opens() -> None:
    answers = tl.project_frame(ROWS, YEAR)
    # $1 a day is $50 on 20 February; $50 a day from 31 January on is $250 on 4 February, and the
    # waits of 7 and 14 days are over on the 7th and the 14th.
    assert by_day(answers, "Tier 2") == {
        "2024-01-01": 0,
        "2024-01-02": 0,
        "2024-01-31": 0,
        "2024-02-07": 0,
        "2024-02-14": 0,
        "2024-02-20": 1,
        "2024-02-29": 1,
    }
    assert list(by_day(answers, "Free").values()) == [3, 2, 1, 1, 1, 1, 1]
    assert list(by_day(answers, "Tier 3").values()) == [0, 0, 0, 1, 0, 0, 0]
    assert list(by_day(answers, "Tier 4").values()) == [0, 0, 0, 0, 1, 1, 1]


def test_an_account_counts_from_its_first_day_to_its_last() -> None:
    rows = frame({"start": "2024-01-31", "days": 1}, {"start": "2024-03-01", "days": 31})
    assert by_day(tl.project_frame(rows, BASE), "Free") == {
        "2024-01-31": 1,
        "2024-02-01": 0,
        "2024-03-01": 1,
        "2024-03-31": 1,
    }


def test_rows_without_an_answer_count_nowhere() -> None:
    answers = tl.project_frame(frame({"tokens_per_day": -1}), BASE)
    assert accounts_by_month(answers).empty
    assert to_act_on(answers).empty


def test_an_account_runs_out_within_14_days() -> None:
    # $1 a day: 14 dollars end on day 14, 15 on day 15.
    rows = frame({"account": "a", "opening_balance": 14}, {"account": "b", "opening_balance": 15})
    urgent = to_act_on(tl.project_frame(rows, BASE))
    (found,) = urgent[urgent["why"] == "runs out"].to_dict("records")
    assert (found["account"], found["on"]) == ("a", pd.Timestamp(on(14)))


def test_an_account_is_stuck_where_no_tier_opens_after_the_cap() -> None:
    # Tier 1 is capped at $100 a month: $10 a day reach it on day 11, and no more is paid.
    row = {"tokens_per_day": 2_000_000, "opening_balance": 1000, "reading": "paid"}
    stuck = tl.project_frame(frame({**row, "first_payment": "2023-12-31", "paid_before": 5}), BASE)
    assert stuck["first_capped_on"].tolist() == [pd.Timestamp(on(11))]
    opens = stuck.assign(tier_5_on=stuck["last_capped_on"] + pd.Timedelta(days=1))
    assert "stuck at a cap" in to_act_on(stuck)["why"].tolist()
    assert "stuck at a cap" not in to_act_on(opens)["why"].tolist()


def test_an_account_is_one_purchase_away() -> None:
    row = {"paid_before": 20, "first_payment": "2024-01-01", "reading": "paid"}
    answers = tl.project_frame(frame({**row, "opening_balance": 30}), BASE)
    (found,) = to_act_on(answers).to_dict("records")
    assert (found["why"], found["tier"], found["amount"]) == ("one purchase away", "Tier 2", 30)


def test_a_summary_of_parts_is_that_of_the_whole() -> None:
    answers = tl.project_frame(pd.concat([ROWS] * 4, ignore_index=True), YEAR)
    summary = Summary(most=3)
    for first in range(0, len(answers), 5):
        summary.add(answers.iloc[first : first + 5])
    pd.testing.assert_frame_equal(summary.by_month, accounts_by_month(answers))
    urgent = to_act_on(answers)
    assert summary.counts["runs out"] == (urgent["why"] == "runs out").sum() > 3
    pd.testing.assert_frame_equal(
        summary.to_act_on["runs out"], urgent[urgent["why"] == "runs out"].head(3)
    )
