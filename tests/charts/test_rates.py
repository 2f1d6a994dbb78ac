from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

import tierlogic as tl
from tests.charts.plans import START, new_account, seed, spec_text, usage
from tierlogic.charts import DARK, LIGHT, rates_chart, rates_takeaway
from tierlogic.rules import catalog


def frames(scenario: tl.Scenario, line: int = 0) -> dict[str, pd.DataFrame]:
    data: dict[str, pd.DataFrame] = rates_chart(tl.project(scenario), LIGHT, line)["datasets"]
    return data


def is_log(scenario: tl.Scenario) -> bool:
    return '"type": "log"' in spec_text(rates_chart(tl.project(scenario), LIGHT))


def needing(tpm: float, **changes: Any) -> tl.Scenario:
    """A plan at Tier 3, whose limit is 80,000 tokens a minute."""
    line = usage(tokens_per_day=tpm * 1440, context_window=None, price={"input": 0, "output": 0})
    return seed(**{"days": 30, "usage": [line], "purchases": (), **changes})


def free(tpm: float) -> dict[str, Any]:
    return usage(model="gpt-4o", tokens_per_day=tpm * 1440, price={"input": 0, "output": 0})


def softly_needing(tpm: float, line: dict[str, Any] | None = None, **changes: Any) -> tl.Scenario:
    """A plan at Vertex's Tier 1, which guarantees 500,000 tokens a minute and serves more."""
    fields = {
        "ladder": "vertex/2026-10",
        "limits": "vertex/2026-10",
        "start": date(2026, 10, 1),
        "days": 28,
        "billing": "monthly_invoice",
        "used_before": 10,
        "past": [{"on": date(2026, 9, 30), "used": 10}],
        "usage": [
            usage(
                **{
                    "model": "gemini-2.5-pro",
                    "tokens_per_day": tpm * 1440,
                    "context_window": None,
                    "price": {"input": 0, "output": 0},
                    **(line or {}),
                }
            )
        ],
    }
    return tl.Scenario.model_validate({**fields, **changes})


def in_singapore() -> tl.Scenario:
    """1.39 million tokens a minute; guaranteed are 1 million, and from 15 Dec on 2 million."""
    line = usage(
        model="qwen3.8-max",
        tokens_per_day=2_000_000_000,
        price={"input": 2, "output": 2},
        context_window=None,
    )
    return tl.Scenario.model_validate(
        {
            "ladder": "alibaba-sg/2026-09",
            "limits": "alibaba-sg/2026-09",
            "start": date(2026, 11, 1),
            "days": 60,
            "billing": "monthly_invoice",
            "usage": [line],
        }
    )


def test_the_seed_case() -> None:
    data = frames(seed())
    limit = data["limit"]
    assert limit["date"].tolist() == [pd.Timestamp(START), pd.Timestamp("2024-01-09")]
    assert limit["limit_at"].tolist() == [80_000, 80_000]
    assert data["notes"]["label"].tolist() == ["limit not known"]
    assert data["notes"]["date"].tolist() == [pd.Timestamp("2024-01-09")]
    assert data["notes"]["until"].tolist() == [pd.Timestamp("2024-11-19")]
    assert data["need"]["average_at"].tolist() == pytest.approx([138.8889] * 2)
    assert data["need"]["peak_at"].isna().all()
    assert data["names"]["label"].tolist() == ["Need 139", "Full 128k request"]
    assert data["window"]["at"].tolist() == [128_000]
    assert data["held"].empty
    assert data["days"]["limit_text"].iloc[[0, 49, 50]].tolist() == ["80,000"] * 2 + ["not known"]


def test_columns_are_stable_and_days_are_dates() -> None:
    for scenario in (seed(), new_account(), seed(days=1)):
        data = frames(scenario)
        assert {name: list(frame.columns) for name, frame in data.items()} == {
            "frame": ["date", "value"],
            "days": [
                "date",
                "tier",
                "limit_text",
                "average",
                "peak",
                "above",
                "rate_limited",
                "limit_at",
                "average_at",
                "peak_at",
            ],
            "limit": ["date", "limit_at", "run"],
            "need": ["date", "average_at", "peak_at"],
            "above": ["date", "limit_at", "need_at", "run"],
            "held": ["date", "until"],
            "marks": ["date", "line", "label", "row_narrow", "row_wide"],
            "notes": ["date", "until", "label", "row_narrow", "row_wide"],
            "window": ["at", "text"],
            "names": ["line", "label", "label_at"],
        }
        for frame in data.values():
            if "date" in frame:
                assert pd.api.types.is_datetime64_dtype(frame["date"])


def test_the_spec_is_the_same_for_every_scenario_of_a_variant() -> None:
    for plans in (
        (seed(), seed(days=3660), needing(100, peak_factor=3)),
        (needing(50_000), needing(79_000, days=1), new_account()),
        (softly_needing(400_000), softly_needing(600_000, days=3, peak_factor=2)),
    ):
        texts = {spec_text(rates_chart(tl.project(plan), LIGHT)) for plan in plans}
        assert len(texts) == 1
    assert spec_text(rates_chart(tl.project(seed()), DARK)) != spec_text(
        rates_chart(tl.project(seed()), LIGHT)
    )


def test_both_charts_span_the_same_days() -> None:
    from tierlogic.charts import money_chart  # noqa: PLC0415

    money = money_chart(tl.project(seed()), LIGHT)
    rates = rates_chart(tl.project(seed()), LIGHT)
    both = [chart["datasets"]["frame"]["date"].tolist() for chart in (money, rates)]
    assert both[0] == both[1] == [pd.Timestamp(START), pd.Timestamp("2024-11-19")]
    assert money["width"] == rates["width"]


def test_the_scale_is_logarithmic_over_a_ratio_of_30() -> None:
    assert not is_log(needing(80_000 / 29.9))
    assert is_log(needing(80_000 / 30.1))


def test_a_logarithmic_scale_draws_zero_at_its_foot() -> None:
    data = frames(needing(100, weekend_factor=0))
    foot = data["frame"]["value"].min()
    assert data["need"]["average_at"].min() == foot > 0
    assert data["days"]["average"].min() == 0


def test_the_peak_is_drawn_only_where_it_differs() -> None:
    data = frames(needing(1_000, peak_factor=5))
    assert data["need"]["peak_at"].tolist() == pytest.approx([5_000] * 2)
    assert data["names"]["label"].tolist() == ["Average need 1k", "Peak need 5k", "Limit 80k"]


def test_a_weekend_at_the_end_does_not_name_the_need() -> None:
    plan = needing(1_000, weekend_factor=0.5, days=28)  # to Sunday, 17 Dec
    assert "Need 1k" in frames(plan)["names"]["label"].tolist()


def test_runs_of_rate_limited_days() -> None:
    # 20 Nov 2023 is a Monday: over the limit on working days, half of it at weekends.
    data = frames(needing(100_000, weekend_factor=0.5, days=14))
    assert data["held"]["date"].dt.day.tolist() == [20, 27]
    assert data["held"]["until"].dt.day.tolist() == [25, 2]
    assert data["marks"]["label"].tolist() == ["rate-limited"]
    assert data["marks"]["date"].dt.day.tolist() == [20]


def test_the_need_at_the_limit_is_not_rate_limited() -> None:
    assert frames(needing(80_000))["held"].empty
    assert len(frames(needing(80_001))["held"]) == 1


def test_the_need_at_a_soft_limit_is_guaranteed_and_a_token_more_is_not() -> None:
    data = frames(softly_needing(500_000))
    assert data["above"].empty
    assert data["marks"].empty
    assert (data["days"]["above"] == 0).all()
    data = frames(softly_needing(500_001))
    assert len(data["above"]) == 29
    assert set(data["above"]["limit_at"]) == {500_000}
    assert set(data["above"]["need_at"]) == {500_001}
    assert (data["days"]["above"] == 1).all()
    assert data["marks"]["label"].tolist() == ["above the guaranteed rate"]
    assert data["held"].empty


def test_a_soft_limit_is_called_guaranteed() -> None:
    assert frames(softly_needing(100_000))["names"]["label"].tolist() == [
        "Need 100k",
        "Guaranteed 500k",
    ]
    soft, hard = (
        spec_text(rates_chart(tl.project(plan), LIGHT))
        for plan in (softly_needing(400_000), needing(50_000))
    )
    assert '"title": "Guaranteed"' in soft
    assert '"title": "Above guaranteed"' in soft
    assert '"title": "Limit"' not in soft
    assert '"title": "Limit"' in hard
    assert 'guaranteed"' not in hard


def test_runs_of_days_above_a_soft_limit() -> None:
    # 1 Oct 2026 is a Thursday: above on working days, half of 600,000 at weekends.
    data = frames(softly_needing(600_000, days=14, weekend_factor=0.5))
    above = data["above"]
    days = above["date"].dt.day.groupby(above["run"]).agg(list).tolist()
    # Each run is drawn to the end of its last day.
    assert days == [[1, 2, 3], [5, 6, 7, 8, 9, 10], [12, 13, 14, 15]]
    assert data["marks"]["date"].dt.day.tolist() == [5]


def test_above_a_soft_limit_it_is_the_peak_that_counts() -> None:
    # 300,000 a minute on average, 900,000 in the busiest minute: 400,000 over 500,000.
    data = frames(softly_needing(300_000, peak_factor=3))
    assert set(data["above"]["need_at"]) == {900_000}
    assert set(data["days"]["above"]) == {400_000}


def test_a_tier_that_guarantees_enough_ends_the_days_above() -> None:
    data = frames(in_singapore())
    assert data["above"]["date"].iloc[[0, -1]].tolist() == [
        pd.Timestamp("2026-11-01"),
        pd.Timestamp("2026-12-15"),
    ]
    assert set(data["above"]["run"]) == {0}


def test_days_above_on_a_long_horizon_are_thinned() -> None:
    # 25,000 tokens a minute more than Tier 4's 10 million, at $0.20 a million: $2,887 a day.
    plan = softly_needing(
        10_025_000,
        {"price": {"input": 0.2, "output": 0.2}},
        days=3660,
        weekend_factor=0.5,
    )
    data = frames(plan)
    assert 0 < len(data["above"]) <= 2 * 401
    assert data["above"]["date"].is_monotonic_increasing
    assert data["above"]["date"].iloc[-1].year == 2036


def test_a_soft_and_a_hard_limit_in_one_plan_have_each_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = tl.load_limits("openai/2023-11")
    rows = tuple(
        row.model_copy(update={"soft": row.model == "gpt-4-1106-preview"}) for row in table.rows
    )
    mixed = table.model_copy(update={"version": "2020-01", "rows": rows})
    monkeypatch.setattr(catalog, "_all_limits", lambda: (mixed,))
    free = {"context_window": None, "price": {"input": 0, "output": 0}}
    plan = needing(
        0,
        limits=mixed.id,
        usage=[
            usage(tokens_per_day=90_000 * 1440, **free),
            usage(model="gpt-4", tokens_per_day=90_000 * 1440, starts=date(2023, 11, 22), **free),
        ],
    )
    data = frames(plan)
    assert data["marks"]["label"].tolist() == ["above the guaranteed rate", "rate-limited"]
    assert data["marks"]["row_wide"].tolist() == [0, 1]
    assert rates_takeaway(tl.project(plan)) == (
        "On every day the need passes what is guaranteed: served, but not assured; "
        "other limits hold tokens back on 28 days."
    )
    assert frames(plan, 1)["marks"]["label"].tolist() == ["rate-limited"]


def test_an_unavailable_model_and_an_unlimited_one_are_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits = {"Tier 3": 0.0, "Tier 4": np.inf}
    monkeypatch.setattr("tierlogic.capacity._tpm", lambda _row, tier: limits.get(tier, np.nan))
    data = frames(seed())
    assert data["notes"]["label"].tolist() == ["not available", "no limit"]
    assert data["limit"]["date"].tolist() == [pd.Timestamp(START), pd.Timestamp("2024-01-09")]
    assert data["limit"]["limit_at"].nunique() == 1
    assert data["days"]["limit_text"].iloc[-1] == "no limit"


def test_a_long_horizon_is_thinned_to_the_days_that_need_most() -> None:
    plan = needing(1_000, days=3660, weekend_factor=0)
    data = frames(plan)
    assert len(data["days"]) <= 401
    assert len(data["need"]) <= 401
    assert data["need"]["average_at"].min() == pytest.approx(1_000)
    assert len(frames(needing(100_000, days=3660, weekend_factor=0.5))["held"]) <= 401


@pytest.mark.parametrize("days", [1, 2, 3660])
def test_degenerate_plans(days: int) -> None:
    for plan in (seed(days=days), new_account(days=days), needing(0, days=days)):
        data = frames(plan)
        first, last = data["frame"]["date"]
        assert (last - first).days == days
        assert data["frame"]["value"].iloc[1] > data["frame"]["value"].iloc[0]
    assert frames(new_account(days=days))["notes"]["label"].tolist() == ["no usage planned"]
    assert frames(new_account(days=days))["need"].empty


def test_a_line_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        frames(seed(), line=1)


def test_lines_of_other_models_are_not_in_the_need() -> None:
    plan = seed(usage=[usage(), usage(model="gpt-4", tokens_per_day=1_440_000)])
    assert frames(plan, 0)["need"]["average_at"].iloc[0] == pytest.approx(138.8889)
    assert frames(plan, 1)["need"]["average_at"].iloc[0] == pytest.approx(1_000)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (
            seed(),
            (
                "The limit covers the need of up to 139 tokens a minute; "
                "it is not known from 9 Jan 2024 on."
            ),
        ),
        (new_account(), "No usage is planned, so no rate is needed."),
        (needing(0), "No usage is planned, so no rate is needed."),
        (
            seed(usage=[usage(model="some-model")]),
            "The limit of some-model is not known, against the need of up to 139 tokens a minute.",
        ),
        (needing(80_000), "The limit covers the need of up to 80k tokens a minute."),
        (needing(80_001), "The limit is below the need on every day."),
        (
            needing(40_000, peak_factor=3, weekend_factor=0.5, days=14),
            "The limit is below the peak need on 10 days between 20 Nov 2023 and 1 Dec 2023.",
        ),
        (
            needing(79_000, days=60).but(
                usage=[
                    usage(
                        tokens_per_day=79_000 * 1440,
                        growth_per_30_days=0.1,
                        price={"input": 0, "output": 0},
                    )
                ]
            ),
            "The limit is below the need from 24 Nov 2023 on.",
        ),
    ],
)
def test_takeaways(plan: tl.Scenario, said: str) -> None:
    assert rates_takeaway(tl.project(plan)) == said


def test_a_limit_that_rises_is_below_the_need_until_that_day() -> None:
    plan = tl.Scenario.model_validate(
        {
            "ladder": "openai/2024-10",
            "limits": "openai/2024-10",
            "start": date(2025, 1, 10),
            "days": 30,
            "reading": "paid",
            "purchases": [{"on": date(2025, 1, 10), "amount": 50}],
        }
    )
    assert rates_takeaway(tl.project(plan.but(usage=[free(100_000)]))) == (
        "The limit is below the need until 17 Jan 2025."
    )


@pytest.mark.parametrize(
    ("days", "besides"),
    [(10, ""), (11, "; the monthly usage limit holds usage back from 11 Jun 2026 on")],
)
def test_what_the_month_s_limit_holds_back_is_not_passed_over(days: int, besides: str) -> None:
    # $10 a day, and Tier 1 may use $100 a month; the upgrade to Tier 2 is late.
    plan = tl.Scenario.model_validate(
        {
            "ladder": "openai/2026-05",
            "limits": "openai/2026-09",
            "start": date(2026, 6, 1),
            "days": days,
            "lag_days": 60,
            "purchases": [{"on": date(2026, 6, 1), "amount": 300}],
            "usage": [
                usage(model="gpt-5.4", tokens_per_day=4e6, price={"input": 2.5, "output": 2.5})
            ],
            "opening_tier": "Tier 1",
        }
    )
    need = "The limit covers the need of up to 2.78k tokens a minute"
    assert rates_takeaway(tl.project(plan)) == f"{need}{besides}."


ON_EVERY_DAY = "On every day the need passes what is guaranteed"
A_DOLLAR = {"price": {"input": 1, "output": 1}}


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (
            softly_needing(500_000),
            "The guaranteed rate covers the need of up to 500k tokens a minute.",
        ),
        (softly_needing(500_001), f"{ON_EVERY_DAY}: served, but not assured."),
        # Without any credit nothing is served.
        (softly_needing(500_001, A_DOLLAR, billing="prepaid"), f"{ON_EVERY_DAY}."),
        (
            in_singapore(),
            "Until 15 Dec 2026 the need passes what is guaranteed: served, but not assured.",
        ),
        # 400,000 * 1.5 ** (d / 30) passes 500,000 on day 17, by 3,321.
        (
            softly_needing(400_000, {"growth_per_30_days": 0.5}),
            "From 18 Oct 2026 on the need passes what is guaranteed: served, but not assured.",
        ),
        (
            softly_needing(300_000, weekend_factor=0.5, peak_factor=2, days=10),
            (
                "On 7 days between 1 Oct 2026 and 9 Oct 2026 the peak need passes what is "
                "guaranteed: served, but not assured."
            ),
        ),
        # 864 million tokens at $0.02 a million: $17.28 on the first day open Tier 1 ($10).
        (
            softly_needing(
                600_000, {"price": {"input": 0.02, "output": 0.02}}, used_before=0, past=(), days=10
            ),
            (
                "From 2 Oct 2026 on the need passes what is guaranteed: served, but not assured; "
                "the guaranteed rate is not known until 2 Oct 2026."
            ),
        ),
        (
            softly_needing(500_001, used_before=0, past=()),
            (
                "The guaranteed rate of gemini-2.5-pro is not known, against the need of up to "
                "500k tokens a minute."
            ),
        ),
    ],
)
def test_takeaways_of_a_soft_limit(plan: tl.Scenario, said: str) -> None:
    assert rates_takeaway(tl.project(plan)) == said
