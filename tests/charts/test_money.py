import json
from datetime import date
from typing import Any

import pandas as pd
import pytest

import tierlogic as tl
from tests.charts.plans import START, new_account, seed, spec_text
from tierlogic.charts import DARK, LIGHT, money_chart, money_takeaway


def frames(scenario: tl.Scenario, other: tl.Scenario | None = None) -> dict[str, pd.DataFrame]:
    chart = money_chart(tl.project(scenario), LIGHT, tl.project(other) if other else None)
    data: dict[str, pd.DataFrame] = chart["datasets"]
    return data


def bought(amount: float, on: date = START) -> list[dict[str, Any]]:
    return [{"on": on, "amount": amount}]


def test_the_seed_case() -> None:
    data = frames(seed())
    assert data["unlocks"]["label"].tolist() == ["Tiers 1–3 · 20 Nov", "Tier 4 · 8 Jan"]  # noqa: RUF001
    assert data["unlocks"]["date"].tolist() == [pd.Timestamp(START), pd.Timestamp("2024-01-08")]
    assert "$250 used is reached on 8 Jan 2024" in data["unlocks"]["text"][1]
    assert data["thresholds"]["amount"].tolist() == [5, 50, 100, 250, 1000]
    assert data["thresholds"]["text"][3] == "Tier 4: $250 used"
    assert data["events"]["text"].tolist() == ["The credit runs out on 8 Jan 2024 with $250 used."]
    assert len(data["days"]) == 365
    assert data["days"]["used"].iloc[-1] == 250


def test_columns_are_stable_and_days_are_dates() -> None:
    for scenario in (seed(), new_account(), seed(days=1)):
        data = frames(scenario, seed(reading="paid"))
        columns = {name: list(frame.columns) for name, frame in data.items()}
        assert columns == {
            "frame": ["date", "value"],
            "days": ["date", "tier", "used", "paid", "balance"],
            "thresholds": ["amount", "text"],
            "unlocks": ["date", "label", "text", "row_narrow", "row_wide"],
            "other": ["date", "text", "row_narrow", "row_wide"],
            "falls": ["date", "text", "row_narrow", "row_wide"],
            "reopenings": ["date", "text", "row_narrow", "row_wide"],
            "events": ["date", "text"],
            "names": ["line", "label", "label_at", "date", "amount"],
        }
        for frame in data.values():
            if "date" in frame:
                assert pd.api.types.is_datetime64_dtype(frame["date"])


def test_the_spec_is_the_same_for_every_scenario_of_a_theme() -> None:
    charts = [
        money_chart(tl.project(scenario), LIGHT)
        for scenario in (seed(), new_account(), seed(days=3660, reading="paid"))
    ]
    assert len({spec_text(chart) for chart in charts}) == 1
    assert spec_text(money_chart(tl.project(seed()), DARK)) != spec_text(charts[0])


def test_charts_do_not_share_what_a_caller_could_change() -> None:
    projection = tl.project(seed())
    before = spec_text(money_chart(projection, LIGHT))
    money_chart(projection, LIGHT)["layer"].clear()
    assert spec_text(money_chart(projection, LIGHT)) == before


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, [5]),  # nothing to squash
        (4.99, [5]),
        (5, [5, 50]),
        (50, [5, 50, 100]),
        (49.99, [5, 50]),
        (249.99, [5, 50, 100, 250]),
        (250, [5, 50, 100, 250, 1000]),
        (249_000, [5, 50, 100, 250, 1000]),
    ],
)
def test_thresholds_near_the_money_are_shown(amount: float, shown: list[int]) -> None:
    plan = new_account(reading="paid", purchases=bought(amount) if amount else ())
    assert frames(plan)["thresholds"]["amount"].tolist() == shown


def test_thresholds_too_close_to_tell_share_a_label() -> None:
    names = frames(new_account(reading="paid", purchases=bought(249_000)))["names"]
    assert names["label"].tolist() == [
        "Used $0",
        "Tiers 1–5 · $5–$1k",  # noqa: RUF001
        "Credit $249k",
        "Paid $249k",
    ]


def test_names_of_lines_do_not_overlap() -> None:
    data = frames(seed())
    height = data["frame"]["value"].max()
    gaps = data["names"]["label_at"].diff().dropna()
    assert {"Used $250", "Paid $250", "Credit $0", "Tier 4 · $250"} <= set(data["names"]["label"])
    assert gaps.min() / height > 12 / 240
    assert data["names"]["label_at"].between(0, height).all()


def test_tiers_of_one_day_share_a_label() -> None:
    plan = new_account(reading="paid", purchases=bought(100), first_payment=date(2023, 11, 1))
    assert frames(plan)["unlocks"]["label"].tolist() == ["Tiers 1–3 · 20 Nov"]  # noqa: RUF001


def test_neighbouring_labels_are_staggered_and_the_lines_stay_below_them() -> None:
    purchases = [*bought(50), *bought(50, date(2023, 11, 29)), *bought(150, date(2023, 12, 8))]
    data = frames(new_account(days=90, reading="paid", purchases=purchases))
    assert data["unlocks"]["label"].tolist() == [
        "Tier 1 · 20 Nov",
        "Tier 2 · 27 Nov",
        "Tier 3 · 29 Nov",
        "Tier 4 · 8 Dec",
    ]
    assert data["unlocks"]["row_narrow"].tolist() == [0, 1, 2, 3]
    highest = max(data["thresholds"]["amount"].max(), data["days"]["paid"].max())
    assert highest / data["frame"]["value"].max() == pytest.approx(1 - (4 * 13 + 8) / 240)


def test_a_long_horizon_says_the_year() -> None:
    assert frames(seed(days=400))["unlocks"]["label"][1] == "Tier 4 · 8 Jan 2024"


def test_the_other_reading_is_marked_where_it_differs() -> None:
    data = frames(seed(), seed(reading="paid"))
    assert data["other"]["text"].tolist() == [
        "If buying credit counts: Tier 4 on 20 Nov 2023.",
    ]
    assert data["other"]["row_wide"].tolist() == [2]
    assert "If only used money counts" in frames(seed(reading="paid"), seed())["other"]["text"][0]
    assert frames(seed(), seed())["other"].empty
    assert frames(seed())["other"].empty


def test_events_share_a_mark_only_on_a_long_horizon() -> None:
    monthly = [{"on": START, "amount": 150}, {"on": START, "amount": 15, "every": "month"}]
    short = frames(seed(days=90, purchases=monthly))["events"]
    long = frames(seed(days=3660, purchases=monthly))["events"]
    projection = tl.project(seed(days=3660, purchases=monthly))
    assert len(short) == len(tl.project(seed(days=90, purchases=monthly)).events)
    assert len(long) <= 91 < len(projection.events)


def test_a_long_horizon_is_thinned_with_unlocks_and_payments_kept() -> None:
    monthly = [{"on": START, "amount": 15, "every": "month"}]
    days = frames(seed(days=3660, purchases=monthly))["days"]
    paid = tl.project(seed(days=3660, purchases=monthly)).daily["paid"].diff()
    assert len(days) <= 400
    assert set(pd.DatetimeIndex(paid.index[paid > 0])) <= set(days["date"])
    assert days["date"].iloc[-1] == pd.Timestamp("2033-11-26")


@pytest.mark.parametrize("days", [1, 2, 3660])
@pytest.mark.parametrize("plan", [seed, new_account])
def test_degenerate_plans(plan: Any, days: int) -> None:
    data = frames(plan(days=days))
    first, last = data["frame"]["date"]
    assert (last - first).days == days
    assert data["frame"]["value"].iloc[1] > 0
    assert len(data["names"]) >= 4


def test_the_takeaway_of_the_seed_case() -> None:
    assert money_takeaway(tl.project(seed())) == (
        "Used reaches $250 on 8 Jan 2024 and opens Tier 4; the credit runs out on 8 Jan 2024; "
        "Tier 5 is still $750 short on 18 Nov 2024."
    )


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (new_account(), "Tier 1 is still $5 short on 18 Nov 2024."),
        (
            new_account(reading="paid", purchases=bought(50), days=8),
            "Tier 2 opens on 27 Nov 2023; Tier 3 is still $50 short on 27 Nov 2023.",
        ),
        (
            new_account(reading="paid", purchases=bought(50), days=7),
            "Tier 2 has its money but is not open by 26 Nov 2023.",
        ),
        (
            seed(opening_tier="Tier 5", purchases=(), usage=()),
            "Every tier is open from 20 Nov 2023 on.",
        ),
    ],
)
def test_takeaways(plan: tl.Scenario, said: str) -> None:
    assert money_takeaway(tl.project(plan)) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (19.99, "Tier 2 is still $0.01 short on 18 Nov 2024."),
        (20, "Tier 2 is still less than $0.01 short on 18 Nov 2024."),
        (20.01, "Tier 3 is still $79.99 short on 18 Nov 2024."),
    ],
)
def test_what_asks_for_more_than_an_amount_is_never_nothing_short(amount: float, said: str) -> None:
    rules = {"ladder": "mistral/2026-11", "limits": "mistral/2026-11"}
    plan = new_account(**rules, first_payment=START, purchases=bought(amount))
    assert money_takeaway(tl.project(plan)) == said


def test_credit_that_is_bought_again_runs_out_for_a_while() -> None:
    purchases = [*bought(9), *bought(900, date(2023, 12, 1))]
    said = money_takeaway(tl.project(seed(days=60, purchases=purchases)))
    assert "; the credit runs out for a while on 22 Nov 2023;" in f"; {said[0].lower()}{said[1:]}"


def big_days(*days: date) -> tl.Scenario:
    """$300 used on each of some days at Vertex, whose Tier 2 asks for $250 in 30 days."""
    line = {
        "model": "gemini-2.5-flash",
        "tokens_per_day": 300_000_000,
        "price": {"input": "1", "output": "1"},
    }
    return tl.Scenario.model_validate(
        {
            "ladder": "vertex/2026-10",
            "limits": "vertex/2026-10",
            "start": "2026-10-01",
            "days": 60,
            "purchases": [{"on": "2026-10-01", "amount": 900}],
            "usage": [{**line, "starts": day, "ends": day} for day in days],
        }
    )


def test_a_tier_that_is_lost_is_marked_on_its_day() -> None:
    # $300 used on 1 Oct opens Tier 2; it leaves the window of 30 days on 31 Oct.
    data = frames(big_days(date(2026, 10, 1)))

    assert [str(day.date()) for day in data["falls"]["date"]] == ["2026-10-31"]
    assert "Tier 2 is lost on 31 Oct 2026" in data["falls"]["text"].item()
    assert "Tier 1 is lost on 31 Oct 2026" in data["falls"]["text"].item()
    assert data["reopenings"].empty


def test_a_tier_that_opens_again_is_marked_on_its_day() -> None:
    # Lost on 31 Oct; $300 more on 5 Nov open both tiers again that evening.
    data = frames(big_days(date(2026, 10, 1), date(2026, 11, 5)))

    assert data["reopenings"]["text"].tolist() == [
        "Tier 1 opens again on 5 Nov 2026. Tier 2 opens again on 5 Nov 2026."
    ]
    assert data["reopenings"]["date"].tolist() == [pd.Timestamp("2026-11-05")]
    assert data["unlocks"]["label"].tolist() == ["Tiers 1–2 · 1 Oct"]  # noqa: RUF001
    # Its line starts under the one row of labels.
    assert data["reopenings"]["row_wide"].tolist() == [1]


def test_a_tier_that_is_kept_by_a_day_does_not_open_again() -> None:
    # On 30 Oct the window still holds 1 Oct: nothing is lost on the 31st, all on 29 Nov.
    data = frames(big_days(date(2026, 10, 1), date(2026, 10, 30)))

    assert [str(day.date()) for day in data["falls"]["date"]] == ["2026-11-29"]
    assert data["reopenings"].empty


def test_a_tier_whose_rule_is_not_public_is_not_said_to_have_its_money() -> None:
    plan = tl.Scenario(
        ladder="anthropic/2026-06-26",
        limits="anthropic/2026-06-26",
        start=date(2026, 7, 1),
        opening_tier="Build",
    )
    assert money_takeaway(tl.project(plan)) == "What opens Scale is not public."


@pytest.mark.parametrize(
    ("ladder", "limits", "symbol"),
    [("openai/2026-05", "openai/2026-09", "$"), ("stepfun/2026-07", "stepfun/2026-07", "¥")],
)
def test_what_a_day_held_is_said_in_the_ladders_currency(
    ladder: str, limits: str, symbol: str
) -> None:
    plan = tl.Scenario(ladder=ladder, limits=limits, start=date(2026, 11, 1))
    spec = spec_text(money_chart(tl.project(plan), LIGHT))
    for name in ("Used", "Paid", "Credit"):
        assert json.dumps(f"{name}, {symbol}") in spec
