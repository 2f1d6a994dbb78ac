from typing import Any

import pandas as pd
import pytest

import tierlogic as tl
from tests.charts.plans import START, new_account, seed, spec_text
from tierlogic.charts import DARK, LIGHT
from tierlogic.charts.fan import fan_chart, fan_takeaway

WIDE = tl.Ranges(tokens=(-0.2, 0.5), lag_days=(0, 2), draws=100)


def frames(scenario: tl.Scenario, within: tl.Ranges = WIDE) -> dict[str, pd.DataFrame]:
    data: dict[str, pd.DataFrame] = fan_chart(tl.ranges(scenario, within), LIGHT)["datasets"]
    return data


def test_the_seed_case() -> None:
    found = tl.ranges(seed(days=180), WIDE).tier_range("Tier 4", "used")
    data = frames(seed(days=180))
    bar = data["bars"].iloc[-1]
    assert [bar["date"].date(), bar["likely"].date(), bar["until"].date()] == [
        found.earliest,
        found.most_likely,
        found.latest,
    ]
    assert bar["label"].startswith("Tier 4 · 2")
    assert bar["text"].startswith("Tier 4 opens 2")
    assert data["thresholds"]["amount"].tolist() == [5, 50, 100, 250]
    assert {"Median $250", "Tier 4 · $250"} <= set(data["names"]["label"])
    assert len(data["days"]) == 180


def test_tiers_that_open_on_the_same_days_share_a_bar() -> None:
    data = frames(seed(days=180), tl.Ranges(draws=100))
    assert data["bars"]["label"].tolist() == ["Tiers 1–3 · 20 Nov", "Tier 4 · 8 Jan"]  # noqa: RUF001
    assert data["bars"]["row"].tolist() == [0, 1]


def test_a_bar_without_an_end_runs_to_the_last_day() -> None:
    # 60 days: 180,000 tokens a day are needed of 200,000, and about 1 draw of 5 has fewer.
    plan = seed(days=56)
    bar = frames(plan, tl.Ranges(tokens=(-0.3, 0.1), draws=100))["bars"].iloc[-1]
    assert bar["until"].date() == plan.last_day
    assert bar["label"].startswith("Tier 4 · from ")
    assert bar["label"].endswith("%")


def test_labels_stand_where_there_is_more_room() -> None:
    early = frames(seed(days=180))["bars"]["side"].tolist()
    late = frames(seed(days=60))["bars"]["side"].tolist()
    assert early == ["right", "right"]
    assert late == ["right", "left"]


def test_the_fan_of_the_other_reading() -> None:
    answered = tl.ranges(seed(days=180), WIDE)
    data = fan_chart(answered, LIGHT, "paid")["datasets"]
    assert set(data["days"]["median"]) == {250}
    assert data["bars"]["date"].iloc[-1].date() == START
    assert fan_takeaway(answered, "paid").startswith("Tier 4 opens 20 to 22 Nov 2023")


def test_the_spec_is_the_same_for_every_scenario_of_a_theme() -> None:
    charts = [
        fan_chart(tl.ranges(scenario, WIDE), LIGHT)
        for scenario in (seed(), new_account(), seed(days=3660))
    ]
    assert len({spec_text(chart) for chart in charts}) == 1
    assert spec_text(fan_chart(tl.ranges(seed(), WIDE), DARK)) != spec_text(charts[0])


def test_columns_are_stable() -> None:
    for scenario in (seed(), new_account(), seed(days=1)):
        columns = {name: list(frame.columns) for name, frame in frames(scenario).items()}
        assert columns == {
            "frame": ["date", "value"],
            "days": ["date", "low", "median", "high"],
            "thresholds": ["amount"],
            "bars": ["date", "until", "likely", "label", "text", "side", "row"],
            "names": ["line", "label", "label_at"],
        }


@pytest.mark.parametrize("days", [1, 2, 3660])
@pytest.mark.parametrize("plan", [seed, new_account])
def test_degenerate_plans(plan: Any, days: int) -> None:
    data = frames(plan(days=days), tl.Ranges(draws=100))
    assert data["frame"]["value"].iloc[1] > 0
    assert "Median" in " ".join(data["names"]["label"])
    assert data["names"]["label_at"].between(0, data["frame"]["value"].max()).all()


def test_the_takeaway_is_a_range() -> None:
    assert fan_takeaway(tl.ranges(seed(), tl.Ranges(lag_days=(0, 2)))) == (
        "Tier 4 opens 8 to 10 Jan 2024, most likely on the 8th."
    )
    nothing_left = seed(opening_tier="Tier 5")
    assert fan_takeaway(tl.ranges(nothing_left, WIDE)) == (
        "Tier 5, the highest tier, is open from 20 Nov 2023."
    )
