"""Tiers over time: bands of accounts, month after month."""

import pandas as pd

import tierlogic as tl
from tests.answer.plans import on
from tests.charts.plans import spec_text
from tests.fleet.accounts import BASE, bought, frame
from tierlogic.charts import DARK, LIGHT
from tierlogic.charts.tiers_over_time import tiers_chart, tiers_takeaway
from tierlogic.fleet.summary import accounts_by_month

# Tier 1 needs $5 paid, Tier 2 $50 and 7 days: it opens in February.
ROWS = frame(
    {"account": "free"},
    {"account": "first", "purchases": bought(2, "5")},
    {"account": "second", "purchases": bought(31, "60"), "reading": "paid"},
)
BY_MONTH = accounts_by_month(tl.project_frame(ROWS, BASE.but(days=60)))


def frames(by_month: pd.DataFrame = BY_MONTH) -> dict[str, pd.DataFrame]:
    found: dict[str, pd.DataFrame] = tiers_chart(by_month, LIGHT)["datasets"]
    return found


def test_bands_lie_upon_each_other_and_hold_to_the_end_of_the_last_month() -> None:
    bands = frames()["bands"].query("accounts > 0")
    assert [
        (f"{each.date:%Y-%m-%d}", each.tier, each.low, each.high) for each in bands.itertuples()
    ] == [
        ("2024-01-01", "Free", 0, 1),
        ("2024-01-01", "Tier 1", 1, 3),
        ("2024-02-01", "Free", 0, 1),
        ("2024-02-01", "Tier 1", 1, 2),
        ("2024-02-01", "Tier 2", 2, 3),
        ("2024-03-01", "Free", 0, 1),
        ("2024-03-01", "Tier 1", 1, 2),
        ("2024-03-01", "Tier 2", 2, 3),
    ]


def test_higher_tiers_are_darker() -> None:
    bands = frames()["bands"]
    ranks = bands.drop_duplicates("tier").set_index("tier")["rank"].to_dict()
    assert (ranks["Free"], ranks["Tier 5"]) == (0, 1)
    assert ranks["Tier 2"] > ranks["Tier 1"]


def test_tiers_with_accounts_are_named_beside_their_bands() -> None:
    names = frames()["names"]
    assert names["label"].tolist() == ["Free · 1", "Tier 1 · 1", "Tier 2 · 1"]
    assert names["label_at"].is_monotonic_increasing


def test_a_pointer_finds_every_month_in_words() -> None:
    assert frames()["days"]["text"].tolist() == [
        "2 at Tier 1, 1 at Free",
        "1 at Tier 2, 1 at Tier 1, 1 at Free",
    ]


def test_the_takeaway_says_the_first_and_the_last_month() -> None:
    assert tiers_takeaway(BY_MONTH) == (
        "At the end of January 2024: 2 at Tier 1, 1 at Free; "
        "at the end of February 2024: 1 at Tier 2, 1 at Tier 1, 1 at Free."
    )
    one_month = accounts_by_month(tl.project_frame(ROWS, BASE.but(days=on(31).day)))
    assert tiers_takeaway(one_month) == "At the end of January 2024: 2 at Tier 1, 1 at Free."


def test_the_spec_holds_nothing_of_the_accounts() -> None:
    other = accounts_by_month(tl.project_frame(ROWS.iloc[:1], BASE))
    assert spec_text(tiers_chart(BY_MONTH, LIGHT)) == spec_text(tiers_chart(other, LIGHT))
    assert spec_text(tiers_chart(BY_MONTH, DARK)) != spec_text(tiers_chart(BY_MONTH, LIGHT))
