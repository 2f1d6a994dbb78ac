"""Tiers over time: bands of accounts, day by day."""

import pandas as pd

import tierlogic as tl
from tests.charts.plans import spec_text
from tests.fleet.accounts import BASE, bought, frame
from tierlogic.charts import DARK, LIGHT
from tierlogic.charts.tiers_over_time import tiers_chart, tiers_takeaway
from tierlogic.fleet.summary import accounts_by_day

# Tier 1 needs $5 paid, Tier 2 $50 and 7 days: it opens in February.
ROWS = frame(
    {"account": "free"},
    {"account": "first", "purchases": bought(2, "5")},
    {"account": "second", "purchases": bought(31, "60"), "reading": "paid"},
)
BY_DAY = accounts_by_day(tl.project_frame(ROWS, BASE.but(days=60)))


def frames(by_day: pd.DataFrame = BY_DAY) -> dict[str, pd.DataFrame]:
    found: dict[str, pd.DataFrame] = tiers_chart(by_day, LIGHT)["datasets"]
    return found


def test_bands_step_on_the_day_of_a_change_and_hold_to_the_end_of_the_last_day() -> None:
    bands = frames()["bands"].query("accounts > 0")
    assert [
        (f"{each.date:%Y-%m-%d}", each.tier, each.low, each.high) for each in bands.itertuples()
    ] == [
        ("2024-01-01", "Free", 0, 3),
        ("2024-01-02", "Free", 0, 2),
        ("2024-01-02", "Tier 1", 2, 3),
        ("2024-01-31", "Free", 0, 1),
        ("2024-01-31", "Tier 1", 1, 3),
        ("2024-02-07", "Free", 0, 1),
        ("2024-02-07", "Tier 1", 1, 2),
        ("2024-02-07", "Tier 2", 2, 3),
        ("2024-02-29", "Free", 0, 1),
        ("2024-02-29", "Tier 1", 1, 2),
        ("2024-02-29", "Tier 2", 2, 3),
        ("2024-03-01", "Free", 0, 1),
        ("2024-03-01", "Tier 1", 1, 2),
        ("2024-03-01", "Tier 2", 2, 3),
    ]


def test_the_plot_begins_with_the_earliest_plan() -> None:
    late = frame({"start": "2024-01-20", "days": 5}, {"start": "2024-01-17", "days": 2})
    corners = frames(accounts_by_day(tl.project_frame(late, BASE)))["frame"]
    assert corners["date"].tolist() == [pd.Timestamp("2024-01-17"), pd.Timestamp("2024-01-25")]


def test_more_than_400_days_of_a_change_are_thinned() -> None:
    def drawn(accounts: int) -> pd.DatetimeIndex:
        """The days drawn where one plan begins on each of so many days, and one ends."""
        starts = pd.date_range("2024-01-01", periods=accounts).strftime("%Y-%m-%d")
        answers = tl.project_frame(pd.DataFrame({"start": starts}), BASE.but(days=900))
        return pd.DatetimeIndex(frames(accounts_by_day(answers))["days"]["date"])

    all_days, thinned = drawn(200), drawn(400)
    assert (len(all_days), len(thinned)) == (399, 399)
    assert thinned[[0, -1]].strftime("%Y-%m-%d").tolist() == ["2024-01-01", "2027-07-22"]


def test_higher_tiers_are_darker() -> None:
    bands = frames()["bands"]
    ranks = bands.drop_duplicates("tier").set_index("tier")["rank"].to_dict()
    assert (ranks["Free"], ranks["Tier 5"]) == (0, 1)
    assert ranks["Tier 2"] > ranks["Tier 1"]


def test_tiers_with_accounts_are_named_beside_their_bands() -> None:
    names = frames()["names"]
    assert names["label"].tolist() == ["Free · 1", "Tier 1 · 1", "Tier 2 · 1"]
    assert names["label_at"].is_monotonic_increasing


def test_a_pointer_finds_every_change_in_words() -> None:
    assert frames()["days"]["text"].tolist() == [
        "3 at Free",
        "1 at Tier 1, 2 at Free",
        "2 at Tier 1, 1 at Free",
        "1 at Tier 2, 1 at Tier 1, 1 at Free",
        "1 at Tier 2, 1 at Tier 1, 1 at Free",
    ]


def test_the_takeaway_says_the_first_and_the_last_day() -> None:
    assert tiers_takeaway(BY_DAY) == (
        "On 1 Jan 2024: 3 at Free; on 29 Feb 2024: 1 at Tier 2, 1 at Tier 1, 1 at Free."
    )
    one_day = accounts_by_day(tl.project_frame(ROWS, BASE.but(days=1)))
    assert tiers_takeaway(one_day) == "On 1 Jan 2024: 3 at Free."


def test_the_spec_holds_nothing_of_the_accounts() -> None:
    other = accounts_by_day(tl.project_frame(ROWS.iloc[:1], BASE))
    assert spec_text(tiers_chart(BY_DAY, LIGHT)) == spec_text(tiers_chart(other, LIGHT))
    assert spec_text(tiers_chart(BY_DAY, DARK)) != spec_text(tiers_chart(BY_DAY, LIGHT))
