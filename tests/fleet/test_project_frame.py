"""Every row of a frame comes out as its scenario does alone."""

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tierlogic as tl
from tests.answer.plans import on, plan
from tests.engine.test_engines_agree import ALWAYS_THE_SAME, TOKENS_BY_DAY
from tests.fleet.accounts import BASE, bought, found, frame, row_of
from tests.random_scenarios import scenarios

OF_ALL_DAYS = ("purchased", "recharged", "invoice_paid", "lapsed", *TOKENS_BY_DAY)
AT_THE_END = ("used", "paid", "balance")


def day(value: pd.Timestamp) -> date | None:
    return None if pd.isna(value) else value.date()


def text(value: str) -> str | None:
    return None if pd.isna(value) else value


def first(projection: tl.Projection, kind: str) -> date | None:
    return next((event.on for event in projection.events if event.kind == kind), None)


def assert_row_says(row: "pd.Series[Any]", projection: tl.Projection) -> None:
    scenario, daily = projection.scenario, projection.daily
    assert text(row["problem"]) is None
    assert (row["ladder"], day(row["start"])) == (scenario.ladder, scenario.start)
    assert (day(row["last_day"]), day(row["first_payment"])) == (
        scenario.last_day,
        projection.first_payment,
    )
    assert (row["first_tier"], row["last_tier"]) == (daily["tier"].iloc[0], daily["tier"].iloc[-1])
    unlocks = projection.unlocks[1:]
    closed = [unlock.tier for unlock in unlocks if unlock.on is None]
    assert text(row["next_tier"]) == (closed[0] if closed else None)
    for number, unlock in enumerate(unlocks, start=1):
        tier = f"tier_{number}"
        assert row[tier] == unlock.tier
        assert day(row[f"{tier}_on"]) == unlock.on
        assert text(row[f"{tier}_held_by"]) == unlock.held_by
        assert row[f"{tier}_missing"] == float(unlock.missing)
    assert day(row["ran_out_on"]) == first(projection, "credit_ran_out")
    assert day(row["first_capped_on"]) == first(projection, "cap_reached")
    for name in AT_THE_END:
        assert row[name] == daily[name].iloc[-1], name
    for name in OF_ALL_DAYS:
        # Sums of floats: in the order of the days here, in pairs there.
        assert row[name] == pytest.approx(daily[name].sum(), rel=1e-9, abs=1e-3), name


@settings(max_examples=40, deadline=None, derandomize=ALWAYS_THE_SAME)
@given(st.lists(scenarios(most_days=60), min_size=1, max_size=5))
def test_a_row_is_as_its_scenario_alone(batch: list[tl.Scenario]) -> None:
    rows = frame(*map(row_of, batch))
    whole = tl.project_frame(rows)
    for place, scenario in enumerate(batch):
        if pd.isna(whole["problem"].iloc[place]):
            assert_row_says(whole.iloc[place], tl.project(scenario))
        else:
            with pytest.raises(tl.PlanTooLargeError) as raised:
                tl.project(scenario)
            assert whole["problem"].iloc[place] == str(raised.value)
        alone = tl.project_frame(rows.iloc[[place]])
        pd.testing.assert_frame_equal(alone, whole.iloc[[place]], check_exact=True)


def test_an_account_keeps_its_name_and_its_index() -> None:
    rows = frame({"account": 7, "tokens_per_day": 1}, {"account": 3, "tokens_per_day": 2})
    rows.index = pd.Index(["b", "a"])
    answers = tl.project_frame(rows, BASE)
    assert answers["account"].to_dict() == {"b": 7, "a": 3}


def test_a_row_of_nothing_is_the_base() -> None:
    answer = found({"account": "a", "tokens_per_day": None})
    assert answer["tokens_wanted"] == 30 * 200_000
    assert answer["ran_out_on"] == pd.Timestamp(on(1))


def test_every_form_of_a_file_says_the_same() -> None:
    # $2 a day from $30: the credit ends on day 15. CSV has texts, Parquet its own types.
    as_texts = {"start": "2024-01-01", "opening_balance": "30.00", "tokens_per_day": "4e5"}
    as_types = {
        "start": pd.Timestamp("2024-01-01"),
        "opening_balance": 30.0,
        "tokens_per_day": 400_000,
    }
    assert found(as_texts) == found(as_types)
    assert found(as_types)["ran_out_on"] == pd.Timestamp(on(15))


def test_purchases_are_json_or_lists() -> None:
    listed = [{"on": on(2), "amount": 20.5, "every": None, "times": None}]
    assert found({"purchases": bought(2, "20.50")}) == found({"purchases": listed})
    assert found({"purchases": listed})["purchased"] == 20.5
    twice = found({"purchases": bought(2, "20.50", every="week", times=2)})
    assert twice["purchased"] == 41


def test_lines_beyond_the_first_have_their_number() -> None:
    # The base's line has 200,000 tokens a day.
    answer = found({"model.2": "gpt-4o-mini", "tokens_per_day.2": 50_000})
    assert answer["tokens_wanted"] == 30 * 250_000


def test_a_line_takes_the_base_s_price_and_shares() -> None:
    # Output only: $15 a million instead of $5, so 200,000 tokens cost $3 a day.
    answer = found({"output_share": 1, "opening_balance": 90})
    assert (answer["used"], answer["ran_out_on"]) == (90, None)


def test_another_model_has_its_own_price() -> None:
    listed = plan(usage=[{"model": "gpt-4o-mini", "tokens_per_day": 1_000_000, "output_share": 0}])
    answer = found({"model": "gpt-4o-mini", "tokens_per_day": 1_000_000, "opening_balance": 90})
    assert listed.usage[0].price is not None
    assert answer["used"] == pytest.approx(30 * float(listed.usage[0].price.input))


def test_without_a_base_a_row_says_all() -> None:
    rules = {"ladder": "openai/2023-11", "limits": "openai/2024-06", "start": "2024-01-01"}
    price = {"input_price": 5, "output_price": 15}
    row = {**rules, **price, "model": "gpt-4o", "tokens_per_day": 200_000, "output_share": 0}
    assert found(row, base=None)["tokens_wanted"] == 365 * 200_000


def test_the_columns_do_not_hang_on_the_rows() -> None:
    rows = frame({"account": "a", "tokens_per_day": 1}, {"account": "b", "tokens_per_day": -1})
    whole, nothing = tl.project_frame(rows, BASE), tl.project_frame(rows.iloc[:0], BASE)
    assert nothing.empty
    assert dict(nothing.dtypes) == dict(whole.dtypes) == dict(whole.iloc[1:].dtypes)
    assert "tier_6" not in whole.columns
    # A row on any ladder has its place.
    assert "tier_6_on" in tl.project_frame(rows.assign(ladder="openai/2024-10"), BASE).columns


def test_a_plan_too_large_stops_no_other() -> None:
    # No limits are known of the model: a day costs $1,000 a million, in all $1e9 and a little more.
    dear = {"model": "any", "input_price": 1000, "output_price": 1000}
    rows = frame(*({**dear, "tokens_per_day": tokens} for tokens in (1e12, 1.1e12, 1e6)))
    answers = tl.project_frame(rows, BASE)
    assert answers["problem"].iloc[1].startswith("usage: on 2024-01-01 the cost of one day")
    assert answers["problem"].isna().tolist() == [True, False, True]
    assert answers.drop(columns="problem").iloc[1].isna().all()
    alone = tl.project_frame(rows.iloc[[2]], BASE)
    pd.testing.assert_frame_equal(alone, answers.iloc[[2]], check_exact=True)


def test_a_small_purchase_is_what_opens_the_next_tier() -> None:
    # Tier 2 needs $50 and 7 days. $20 were paid, and $30 more open it where paying counts.
    row = {"paid_before": 20, "first_payment": "2024-01-01", "reading": "paid"}
    answer = found(row)
    assert (answer["next_tier"], answer["tier_2_missing"]) == ("Tier 2", 30)
    assert answer["small_purchase"] == 30
    bought_it = found({**row, "purchases": bought(1, "30")})
    assert bought_it["tier_2_on"] == pd.Timestamp(on(8))
    assert found({**row, "purchases": bought(1, "29.99")})["tier_2_on"] is None
    # Where using counts, it must also be used: $1 a day uses $30 in 30 days, $0.90 does not.
    assert found({**row, "reading": "used", "used_before": 20})["small_purchase"] == 30
    slower = {**row, "reading": "used", "used_before": 20, "tokens_per_day": 180_000}
    assert found(slower)["small_purchase"] is None


@pytest.mark.parametrize(("paid", "small"), [("900", 100), ("899.99", None)])
def test_a_purchase_is_small_up_to_100(paid: str, small: float | None) -> None:
    # Tier 4 needs $250, Tier 5 $1,000.
    answer = found({"first_payment": "2023-01-01", "reading": "paid", "paid_before": paid})
    assert (answer["next_tier"], answer["small_purchase"]) == ("Tier 5", small)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"tokens": 1}, "column 'tokens' is not known; check its spelling"),
        ({"own_ladder": ""}, "give it there"),
        ({"usage": "[]", "model.2": "gpt-4o"}, "columns 'usage' and 'model.2' say the same"),
    ],
)
def test_a_column_that_cannot_be_is_named(columns: dict[str, Any], words: str) -> None:
    with pytest.raises(tl.FrameError, match=words):
        tl.project_frame(frame(columns), BASE)


def test_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(tl.FrameError, match="column 'limits' is missing"):
        tl.project_frame(frame({"ladder": "openai/2024-10", "start": "2024-01-01"}))


def test_a_column_that_stands_twice_is_named() -> None:
    rows = pd.DataFrame([[1, 2]], columns=["tokens_per_day", "tokens_per_day"])
    with pytest.raises(tl.FrameError, match="'tokens_per_day' stands 2 times"):
        tl.project_frame(rows, BASE)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"tokens_per_day": -1}, "tokens_per_day: must be at least 0 (given: -1)"),
        ({"tokens_per_day": "many"}, "tokens_per_day: must be a number (given: many)"),
        ({"start": "01/02/2024"}, "start: must be a date, such as 2026-01-31 (given: 01/02/2024)"),
        ({"opening_balance": 0.001}, "opening_balance: must have 2 decimal places at most"),
        ({"ladder": "openai/2099-01"}, "ladder: there is no ladder 'openai/2099-01'"),
        ({"purchases": "250 on Monday"}, "purchases: is no JSON"),
        ({"purchases": "[" * 100_000}, "purchases: is no JSON"),
        ({"purchases": bought(0, "5")}, "purchases.0.on: is 2023-12-31, before start"),
        ({"model.2": "gpt-4o"}, "tokens_per_day.2: is needed"),
        ({"model": "nobody-s-model"}, "input_price: is missing: no price of 'nobody-s-model'"),
        ({"input_price": -1}, "input_price: must be at least 0 (given: -1.0)"),
        ({"cached_price": -1}, "cached_price: must be at least 0 (given: -1.0)"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row: dict[str, Any], problem: str) -> None:
    sound = {"tokens_per_day": 200_000}
    answers = tl.project_frame(frame(sound, row, sound), BASE)
    assert answers["problem"].iloc[1].startswith(problem)
    assert answers["problem"].isna().tolist() == [True, False, True]
    assert answers.drop(columns="problem").iloc[1].isna().all()
    pd.testing.assert_series_equal(answers.iloc[0], answers.iloc[2], check_names=False)


def test_a_problem_within_json_has_its_place_in_it() -> None:
    sound = {"model": "gpt-4o", "tokens_per_day": 1, "price": {"input": 5, "output": 15}}
    rows = frame({"usage": json.dumps([sound, {**sound, "tokens_per_day": -1}])})
    (problem,) = tl.project_frame(rows, BASE)["problem"]
    assert problem == "usage.1.tokens_per_day: must be at least 0 (given: -1)"


def test_json_keeps_amounts_exact() -> None:
    row = {"purchases": json.dumps([{"on": "2024-01-01", "amount": 5.1}] * 3)}
    assert found(row)["purchased"] == 15.3
