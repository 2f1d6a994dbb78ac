import json
from typing import Any

import pandas as pd
import pytest

import tierlogic as tl
from tests.answer.plans import buy, on, plan, use
from tests.charts.plans import new_account, seed, spec_text, usage
from tierlogic.charts import (
    DARK,
    LIGHT,
    compared_money_chart,
    compared_money_takeaway,
    compared_rates_chart,
    compared_rates_takeaway,
    lanes_chart,
    lanes_takeaway,
)

Frames = dict[str, pd.DataFrame]
CHARTS = (compared_money_chart, compared_rates_chart, lanes_chart)


def ten_a_day(amount: str, **changes: Any) -> tl.Scenario:
    """$10 a day, 2,000,000 tokens, for 30 days from 1 Jan 2024."""
    return plan(**{"purchases": (buy(1, amount),), "usage": (use(10),), **changes})


def money(*plans: tl.Scenario, base: int = 0) -> Frames:
    frames: Frames = compared_money_chart(tl.compare(plans, base), LIGHT)["datasets"]
    return frames


def rates(*plans: tl.Scenario, line: int = 0) -> Frames:
    frames: Frames = compared_rates_chart(tl.compare(plans), LIGHT, line)["datasets"]
    return frames


def lanes(*plans: tl.Scenario) -> Frames:
    frames: Frames = lanes_chart(tl.compare(plans), LIGHT)["datasets"]
    return frames


BASE = ten_a_day("250", title="Base")
PAID = ten_a_day("250", title="Bought counts", reading="paid")
LATER = plan(
    start=on(8), days=10, purchases=(buy(8, "250"),), usage=(use(10),), title="A week later"
)
YUAN = tl.Scenario.model_validate(
    {
        "ladder": "moonshot-cn/2026-05",
        "limits": "moonshot-cn/2026-05",
        "start": "2024-01-01",
        "days": 30,
    }
)
# $300 used on 1 Oct opens Vertex's tiers 1 and 2; it leaves the window of 30 days on 31 Oct.
LOST = tl.Scenario.model_validate(
    {
        "ladder": "vertex/2026-10",
        "limits": "vertex/2026-10",
        "start": "2026-10-01",
        "days": 60,
        "purchases": [{"on": "2026-10-01", "amount": "300"}],
        "usage": [
            {
                "model": "gemini-2.5-flash",
                "tokens_per_day": 300_000_000,
                "price": {"input": "1", "output": "1"},
                "ends": "2026-10-01",
            }
        ],
    }
)


# Specs


@pytest.mark.parametrize("chart", CHARTS)
def test_the_spec_is_the_same_for_as_many_plans_of_a_theme(chart: Any) -> None:
    texts = [
        spec_text(chart(tl.compare(plans), LIGHT))
        for plans in ([BASE, PAID], [BASE.but(title="Another"), PAID.but(days=20)])
    ]
    assert texts[0] == texts[1]
    assert spec_text(chart(tl.compare([BASE, PAID]), DARK)) != texts[0]
    assert "Bought counts" not in texts[0]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("plans", [2, 6])
def test_every_plan_has_a_line_of_its_own(chart: Any, plans: int) -> None:
    comparison = tl.compare([BASE.but(title=f"Plan {number}") for number in range(plans)])
    assert set("abcdef"[:plans]) <= set(chart(comparison, LIGHT)["datasets"]["names"]["line"])


def test_plans_of_one_colour_differ_in_their_dashes() -> None:
    spec = compared_money_chart(tl.compare([BASE] * 6), LIGHT)
    lines = [
        layer["mark"]
        for layer in spec["layer"]
        if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "line"
    ]
    looks = {(line["color"], json.dumps(line["strokeDash"])) for line in lines}
    assert len(lines) == len(looks) == 6
    assert {line["color"] for line in lines} == {LIGHT.first, LIGHT.second, LIGHT.third}


def test_all_charts_span_the_days_of_all_plans() -> None:
    comparison = tl.compare([LATER, ten_a_day("5", days=3)])
    for chart in CHARTS:
        days = chart(comparison, LIGHT)["datasets"]["frame"]["date"].tolist()
        # 8 Jan and 10 days: to the end of 17 Jan.
        assert days == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-01-18")]


def test_columns_are_stable_and_days_are_dates() -> None:
    for plans in ((BASE, LATER), (new_account(), seed()), (seed(days=1), YUAN)):
        assert {name: list(frame) for name, frame in money(*plans).items()} == {
            "frame": ["date", "value"],
            "lines": ["date", "a", "b"],
            "days": ["date", "a", "a_text", "b", "b_text"],
            "thresholds": ["amount"],
            "names": ["line", "label", "label_at"],
        }
        assert {name: list(frame) for name, frame in rates(*plans).items()} == {
            "frame": ["date", "value"],
            "lines": ["date", "a", "b"],
            "days": ["date", "a", "a_text", "b", "b_text"],
            "names": ["line", "label", "label_at"],
        }
        assert {name: list(frame) for name, frame in lanes(*plans).items()} == {
            "frame": ["date", "value"],
            "bars": ["date", "until", "text", "low", "high", "rank"],
            "labels": ["date", "label", "text", "low", "high", "row_narrow", "row_wide"],
            "names": ["line", "label", "label_at"],
        }
        for frames in (money(*plans), rates(*plans), lanes(*plans)):
            for frame in frames.values():
                if "date" in frame:
                    assert pd.api.types.is_datetime64_dtype(frame["date"])


def test_a_long_horizon_is_thinned() -> None:
    long = BASE.but(days=3660, usage=(use(1, growth_per_30_days=0.01),))
    for frames in (money(long, BASE), rates(long, BASE)):
        assert len(frames["lines"]) <= 402
        assert {pd.Timestamp("2024-01-01"), pd.Timestamp("2024-01-31")} <= set(
            frames["lines"]["date"]
        )


# Money


def test_each_plan_s_own_money_is_drawn() -> None:
    lines = money(BASE, PAID)["lines"].set_index("date")
    assert lines["a"].iloc[:3].tolist() == [10, 20, 30]
    assert lines["b"].iloc[:3].tolist() == [250, 250, 250]


def test_a_plan_is_drawn_on_its_own_days_up_to_the_end_of_the_last() -> None:
    frames = money(BASE, LATER)
    lines, days = (frames[name].set_index("date")["b"].dropna() for name in ("lines", "days"))
    assert (lines.index[0], lines.index[-1]) == (
        pd.Timestamp("2024-01-08"),
        pd.Timestamp("2024-01-18"),
    )
    assert lines.iloc[-1] == lines.iloc[-2] == 100
    assert days.index[-1] == pd.Timestamp("2024-01-17")
    texts = frames["days"].set_index("date")["b_text"]
    assert texts["2024-01-07"] == texts["2024-01-18"] == ""
    assert texts["2024-01-17"] == "A week later: $100.00 used"


def test_a_ladder_without_a_contested_gate_counts_what_it_says() -> None:
    # Anthropic's tiers ask for credit bought, whatever the reading.
    scenario = tl.Scenario.model_validate(
        {
            "ladder": "anthropic/2024-04",
            "limits": "anthropic/2024-04",
            "start": "2024-06-01",
            "days": 3,
            "purchases": [{"on": "2024-06-01", "amount": "5"}],
        }
    )
    assert money(scenario, scenario)["lines"]["a"].tolist() == [5, 5, 5, 5]


def test_thresholds_stand_where_all_share_a_ladder() -> None:
    assert money(BASE, PAID)["thresholds"]["amount"].tolist() == [5, 50, 100, 250]
    newer = BASE.but(ladder="openai/2024-10")
    assert money(BASE, newer)["thresholds"].empty
    labels = money(BASE, PAID)["names"]["label"].tolist()
    assert {"Tier 4 · $250", "A · Base", "B · Bought counts"} <= set(labels)


def test_thresholds_up_to_twice_the_money_are_shown() -> None:
    for amount, shown in (("499.99", [5, 50, 100, 250]), ("500", [5, 50, 100, 250, 1000])):
        plans = [ten_a_day(amount, reading="paid")] * 2
        assert money(*plans)["thresholds"]["amount"].tolist() == shown


def test_another_currency_is_not_drawn_and_said() -> None:
    frames = money(BASE, YUAN)
    assert frames["lines"]["b"].isna().all()
    assert frames["days"]["b_text"].iloc[0] == "Plan B: in CNY"
    assert "b" not in frames["names"]["line"].tolist()
    assert money(BASE, YUAN, base=1)["lines"]["a"].isna().all()


def test_names_do_not_overlap() -> None:
    frames = money(*[BASE] * 6)
    gaps = frames["names"]["label_at"].diff().dropna() / frames["frame"]["value"].max()
    assert gaps.min() > 12 / 220


# Rates


def test_the_limit_in_force_is_drawn() -> None:
    # At 80,000 tokens a minute until Tier 4 opens in the evening of 8 Jan; then it is not known.
    frames = rates(seed(), seed(reading="paid", title="Bought counts"))
    lines = frames["lines"].set_index("date")
    assert lines["a"].dropna().unique().tolist() == [80_000]
    assert lines["a"].dropna().index[-1] == pd.Timestamp("2024-01-08")
    assert lines["b"].isna().all()
    assert frames["names"]["label"].tolist() == ["A not known", "B not known"]


def test_a_plan_without_the_usage_line_says_so() -> None:
    frames = rates(seed(days=30), new_account(days=30))
    assert set(frames["names"]["label"]) == {"Plan A", "B no such usage"}
    assert frames["days"]["b_text"].unique().tolist() == ["Plan B: no such usage"]
    assert frames["days"]["a_text"].iloc[0] == "Plan A: 80k a minute"


def test_another_line_may_be_drawn() -> None:
    two = new_account(usage=[usage(), usage(model="gpt-3.5-turbo")])
    assert rates(two, two, line=1)["lines"]["a"].iloc[0] == 20_000  # of Free
    assert rates(two, two, line=0)["lines"]["a"].isna().all()


def test_a_limit_of_nothing_is_no_unknown_one() -> None:
    none = tl.Scenario.model_validate(
        {
            "ladder": "openai/2026-05",
            "limits": "openai/2026-09",
            "start": "2026-11-22",
            "usage": [usage(model="gpt-6-astra")],
        }
    )
    frames = rates(none, none)
    assert frames["lines"]["a"].unique().tolist() == [0]
    assert frames["days"]["a_text"].unique().tolist() == ["Plan A: not available"]


def at_tier(tier: str) -> tl.Scenario:
    return tl.Scenario.model_validate(
        {
            "ladder": "openai/2024-10",
            "limits": "openai/2024-10",
            "start": "2025-02-01",
            "opening_tier": tier,
            "usage": [usage(model="gpt-4o")],
        }
    )


@pytest.mark.parametrize(("tier", "is_log"), [("Tier 3", False), ("Tier 5", True)])
def test_the_scale_is_logarithmic_over_a_ratio_of_30(tier: str, is_log: bool) -> None:
    # 30,000 tokens a minute at Tier 1; 800,000 are 27 times that, 30,000,000 a thousand times.
    spec = spec_text(compared_rates_chart(tl.compare([at_tier("Tier 1"), at_tier(tier)]), LIGHT))
    assert ('"type": "log"' in spec) == is_log


# Lanes


def test_a_lane_holds_the_tiers_in_force_one_after_the_other() -> None:
    # Tier 1 on 1 Jan; Tier 2 on 8 Jan, after 7 days; Tier 3 on the evening of the 10th, in force
    # from the 11th; Tier 4 on the evening of the 25th.
    bars = lanes(BASE, LATER)["bars"]
    own = bars[bars["text"].str.startswith("Base: ")]
    assert own["text"].tolist() == [
        "Base: Tier 1 from 1 Jan 2024",
        "Base: Tier 2 from 8 Jan 2024",
        "Base: Tier 3 from 11 Jan 2024",
        "Base: Tier 4 from 26 Jan 2024",
    ]
    assert own["until"].tolist() == [*own["date"].tolist()[1:], pd.Timestamp("2024-01-31")]
    assert own["rank"].tolist() == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert bars["low"].nunique() == 2


def test_unlocks_are_labelled_with_their_days_and_the_other_reading() -> None:
    labels = lanes(BASE, PAID)["labels"]
    assert labels["label"].tolist() == [
        "Tier 1 · 1 Jan",
        "Tier 2 · 8 Jan",
        "Tier 3 · 10 Jan",
        "Tier 4 · 25 Jan",
        "Tier 1 · 1 Jan",
        "Tiers 2–3 · 8 Jan",  # noqa: RUF001
        "Tier 4 · 15 Jan",
    ]
    assert labels["text"].iloc[3] == (
        "Tier 4 on 25 Jan 2024; Tier 4 on 15 Jan 2024 if buying credit counts."
    )
    assert labels["text"].iloc[1] == "Tier 2 on 8 Jan 2024."


def test_lanes_lie_below_each_other() -> None:
    frames = lanes(BASE, PAID)
    bottom, top = frames["frame"]["value"]
    names = frames["names"]["label_at"].tolist()
    bars = sorted(frames["bars"]["high"].unique(), reverse=True)
    assert top > names[0] > bars[0] > names[1] > bars[1] > bottom
    assert frames["names"]["label"].tolist() == ["A · Base", "B · Bought counts"]


def test_a_tier_that_is_lost_is_labelled() -> None:
    labels = lanes(LOST, LOST.but(usage=()))["labels"]
    assert labels["label"].tolist() == [
        "Tiers 1–2 · 1 Oct",  # noqa: RUF001
        "Tiers 1–2 lost · 31 Oct",  # noqa: RUF001
        "No tier",
    ]


@pytest.mark.parametrize("days", [1, 2, 3660])
def test_degenerate_plans(days: int) -> None:
    for frames in (
        money(seed(days=days), new_account()),
        rates(seed(days=days), new_account()),
        lanes(seed(days=days), new_account()),
    ):
        first, last = frames["frame"]["date"]
        assert (last - first).days == max(days, 365)
        assert frames["frame"]["value"].iloc[1] > frames["frame"]["value"].iloc[0]


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        (
            (BASE, PAID, ten_a_day("100", title="Less")),
            (
                "Tier 4 opens first in Bought counts, on 15 Jan 2024; 10 days later in Base; "
                "not in Less."
            ),
        ),
        ((BASE, YUAN), "Tier 4 opens first in Base, on 25 Jan 2024."),
        ((BASE, BASE), "Tier 4 opens first in Plan A, Plan B, on 25 Jan 2024."),
        ((new_account(), new_account()), "No tier opens in any of the plans."),
    ],
)
def test_takeaways(plans: tuple[tl.Scenario, ...], said: str) -> None:
    assert lanes_takeaway(tl.compare(plans)) == said


def test_the_takeaways_say_where_each_plan_ends() -> None:
    # $10 a day for 30 days is $300, of which the credit of $250 pays the first 25.
    found = tl.compare((BASE, PAID))

    assert compared_money_takeaway(found) == (
        "On each plan's last day: Base: $250.00 used; Bought counts: $250.00 paid."
    )
    assert compared_rates_takeaway(found) == (
        "On each plan's last day: Base: 800k a minute; Bought counts: 800k a minute."
    )
