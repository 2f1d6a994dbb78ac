"""The account chart: both panels over one axis of days, with what each chart has alone."""

import json
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from vl_convert import vegalite_to_vega

import tierlogic as tl
from tests.charts.plans import START, new_account, seed, spec_text, usage
from tierlogic.capacity import per_minute
from tierlogic.charts import DARK, LIGHT, Actual, account_chart, money_chart, rates_chart


def chart(scenario: tl.Scenario, **more: Any) -> dict[str, Any]:
    return account_chart(tl.project(scenario), LIGHT, **more)


def frames(scenario: tl.Scenario, **more: Any) -> dict[str, pd.DataFrame]:
    return tables(chart(scenario, **more))


def tables(drawn: dict[str, Any]) -> dict[str, pd.DataFrame]:
    return {name: pd.DataFrame(columns) for name, columns in drawn["datasets"].items()}


def growing(days: int) -> tl.Scenario:
    """Every tier opens in the first weeks, and the need is the largest on each month's last day."""
    bought = [{"on": START + timedelta(days=7 * week), "amount": 50} for week in range(20)]
    return seed(days=days, purchases=bought, usage=[usage(growth_per_30_days=0.1)])


def test_a_row_of_a_day_has_the_figures_of_both_charts() -> None:
    projection = tl.project(seed())
    days = tables(account_chart(projection, LIGHT))["days"]
    for alone in (money_chart(projection, LIGHT), rates_chart(projection, LIGHT)):
        other = alone["datasets"]["days"]
        pd.testing.assert_frame_equal(days[other.columns], other)


@pytest.mark.parametrize(
    "frame", ["thresholds", "unlocks", "other", "events", "limit", "need", "held", "window"]
)
def test_what_is_drawn_is_that_of_the_two_charts(frame: str) -> None:
    projection, other = tl.project(seed()), tl.project(seed(reading="paid"))
    together = tables(account_chart(projection, LIGHT, other=other))
    alone = {
        **money_chart(projection, LIGHT, other)["datasets"],
        **rates_chart(projection, LIGHT)["datasets"],
    }
    pd.testing.assert_frame_equal(together[frame], alone[frame])


def test_a_long_plan_keeps_the_days_that_either_panel_names() -> None:
    scenario = growing(1096)
    projection = tl.project(scenario)
    days = frames(scenario)["days"]
    assert 300 < len(days) < 500
    drawn = set(days["date"])
    opened = {pd.Timestamp(unlock.on) for unlock in projection.unlocks[1:] if unlock.on}
    bought = {pd.Timestamp(purchase.on) for purchase in scenario.purchases}
    assert opened | bought <= drawn
    assert days["average"].max() == per_minute(projection)["tpm_average"].max()
    assert days["limit_text"].unique().tolist() == ["80,000", "not known"]


def test_both_panels_span_the_same_days_with_an_actual_line_before_the_plan() -> None:
    index = pd.date_range(START - timedelta(days=3), periods=3, name="date")
    money = pd.DataFrame({"used": [10.0, 60.0, 100.0], "paid": [100.0] * 3}, index=index)
    data = frames(seed(), actual=Actual(money))
    assert data["frame"]["date"].tolist() == data["rates_frame"]["date"].tolist()
    assert data["frame"]["date"].iloc[0] == pd.Timestamp(date(2023, 11, 17))
    assert len(data["actual"]) == 3


def test_names_at_the_ends_of_lines_lie_apart_in_each_panel() -> None:
    scenario = seed(usage=[usage(tokens_per_day=110_000_000)], peak_factor=1.2)
    data = frames(scenario)
    for names, frame, plot in (("names", "frame", 205), ("rates_names", "rates_frame", 139)):
        top, bottom = data[frame]["value"].max(), data[frame]["value"].min()
        gaps = data[names]["label_at"].diff().dropna() / (top - bottom) * plot
        assert len(gaps) > 1
        assert gaps.min() > 12


def test_the_spec_is_the_same_for_every_scenario_of_a_variant() -> None:
    plans = (seed(), seed(days=3660), new_account(usage=[usage()]), seed(days=1))
    assert len({spec_text(chart(plan)) for plan in plans}) == 1
    assert spec_text(account_chart(tl.project(seed()), DARK)) != spec_text(chart(seed()))


def test_vega_looks_for_the_ends_of_the_axes_in_the_frames_alone() -> None:
    drawn = chart(seed())
    empty = {**drawn, "datasets": {name: [] for name in drawn["datasets"]}}
    scales = {scale["name"]: scale["domain"] for scale in vegalite_to_vega(empty)["scales"]}
    # Else it would do so in each dataset of each layer, at every step of a slider.
    for axis in ("x", "layer_0_y", "layer_1_y"):
        assert "frame" in json.dumps(scales[axis])
        assert '"field"' not in json.dumps(scales[axis])


def test_one_pointer_for_all_layers_tells_money_and_rates() -> None:
    spec = chart(seed())
    assert [param["name"] for param in spec["params"]] == ["day"]
    text = spec_text(spec)
    assert text.count('"title": "Day"') == 1
    for title in ("Tier", "Used, $", "Paid, $", "Credit, $", "Limit", "Average need"):
        assert f'"title": "{title}"' in text


def test_a_usage_line_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        chart(seed(), line=1)
