"""The questions on the page: a target, plans side by side, ranges, what matters."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import tierlogic as tl
from tests.page.pages import (
    PLAN,
    PLAN_HEADLINE,
    as_shown,
    headline,
    move,
    open_page,
    parameter,
    run,
    table_with,
    text,
)
from tierlogic.charts.sensitivity import effects_drawn
from tierlogic.links import Asked, as_query, parameters_of, to_query

SCENARIO = tl.Scenario.from_query(as_query({name: [value] for name, value in PLAN.items()}))


def opened(asked: Asked, scenario: tl.Scenario = SCENARIO) -> AppTest:
    return open_page(**parameters_of(to_query(scenario, asked)))


def errors(page: AppTest) -> list[str]:
    return [as_shown(shown.value) for shown in page.error]


def way(page: AppTest, name: str) -> str:
    """What the first column, used money, says of one way to the target."""
    return next(line for line in text(page).splitlines() if line.startswith(f"{name}: "))


# A target


def test_a_target_is_found_used_and_reached() -> None:
    # Tier 2 asks for $50 used. By 3 Jun, three days of $11.25 use $33.75: tokens must rise.
    page = opened(Asked(goal=tl.Goal(by=date(2026, 6, 3), tier="Tier 2")))
    assert way(page, "Earliest date of any plan") == "Earliest date of any plan: **1 Jun 2026**"
    assert "With 24.9M tokens a day and $50 bought on 1 Jun 2026. Tier 2: $50 used" in text(page)
    # $50 / 3 days / $5.625 a million = 2,962,962.96 tokens; the next of four digits is 2,963,000.
    assert "2.96M (2,963,000)" in way(page, "Fewest tokens per day")

    run(page.button(key="use Fewest tokens per day used").click())
    assert parameter(page, "tokens") == ["2963000"]
    assert headline(page).startswith("Tier 2 opens on 3 Jun 2026 if only used money counts")


def test_what_is_extra_and_what_is_a_total_are_told_apart() -> None:
    # $100 are planned, and Tier 4 asks for $250 paid.
    page = opened(Asked(goal=tl.Goal(by=date(2026, 6, 3), tier="Tier 4")))
    shown = text(page)
    assert "Least extra prepay now: **$150.00**" in shown
    assert "That is on top of the $100 planned by 3 Jun 2026." in shown
    assert "Cheapest purchases: **$250.00 in all**" in shown
    assert "$250 in one purchase. That is $150 more than the $100 planned by 3 Jun 2026." in shown


WAYS = (
    "Earliest date of any plan",
    "Fewest tokens per day",
    "Least extra prepay now",
    "Cheapest purchases",
)


@pytest.mark.parametrize("name", WAYS)
def test_the_plan_before_is_a_click_away_once_another_is_used(name: str) -> None:
    # The plan buys $100 and counts used money; where buying counts, each way changes it.
    page = opened(Asked(goal=tl.Goal(by=date(2026, 6, 3), tier="Tier 2")))
    before = dict(page.query_params)
    run(page.button(key=f"use {name} paid").click())
    assert dict(page.query_params) != before

    run(page.button(key="undo").click())
    assert dict(page.query_params) == before
    assert "undo" not in [button.key for button in page.button]


def test_there_is_nothing_to_undo_where_the_plan_is_used_as_it_is() -> None:
    page = opened(Asked(goal=tl.Goal(by=date(2026, 6, 5), tier="Tier 2")))
    run(page.button(key="use Least extra prepay now used").click())
    assert "undo" not in [button.key for button in page.button]


def test_the_mode_asks_for_a_target_and_leaves_it_again() -> None:
    page = open_page(**PLAN)
    assert "by" not in page.query_params

    run(page.segmented_control(key="mode").set_value("target"))
    assert parameter(page, "goal_tier") == ["Tier 5"]
    assert "Earliest date of any plan" in text(page)

    run(page.segmented_control(key="mode").set_value("plan"))
    assert "Earliest date of any plan" not in text(page)
    assert headline(page) == PLAN_HEADLINE


@pytest.mark.parametrize(
    ("goal", "says"),
    [
        (tl.Goal(by=date(2026, 5, 31), tier="Tier 2"), "31 May 2026 is outside"),
        (tl.Goal(by=date(2026, 7, 1), tier="Tier 9"), "has no tier 'Tier 9'; it has Free, Tier 1"),
        (tl.Goal(by=date(2026, 7, 1), tpm=10**12), "no tier is known to allow gpt-5.4"),
        (tl.Goal(by=date(2026, 7, 1), tpm=1, model="gpt-4o"), "the plan does not use 'gpt-4o'"),
    ],
)
def test_a_target_that_cannot_be_says_what_is_possible(goal: tl.Goal, says: str) -> None:
    page = opened(Asked(goal=goal))
    assert headline(page) == PLAN_HEADLINE
    assert says in errors(page)[0]


def test_a_target_without_a_day_asks_for_one() -> None:
    page = opened(Asked(goal=tl.Goal(by=date(2026, 7, 1), tier="Tier 2")))
    run(page.date_input(key="goal_by").set_value(None))
    assert errors(page) == ["By: is needed"]


def test_a_target_without_its_tokens_asks_for_them() -> None:
    page = opened(Asked(goal=tl.Goal(by=date(2026, 7, 1), tpm=1000)))
    run(page.number_input(key="goal_tpm").set_value(None))
    assert errors(page) == ["At least, tokens per minute: is needed"]


def test_a_target_beyond_what_a_plan_can_hold_says_how_far_it_may_be() -> None:
    page = opened(Asked(goal=tl.Goal(by=date(2026, 7, 1), tier="Tier 2")))
    run(page.date_input(key="goal_by").set_value(date(2099, 1, 1)))
    (said,) = errors(page)
    assert said.endswith("give a day from its start, 1 Jun 2026, to 7 Jun 2036")


def test_a_model_without_published_limits_is_said() -> None:
    line = SCENARIO.usage[0].model_copy(update={"model": "our-own"})
    plan = SCENARIO.but(usage=[dict(line)])
    page = opened(Asked(goal=tl.Goal(by=date(2026, 7, 1), tpm=1000)), plan)
    assert "has no tokens per minute for our-own" in errors(page)[0]


# Plans side by side


def compared(asked: Asked) -> AppTest:
    page = opened(asked)
    page.session_state["tables"] = "Compare"
    return run(page)


def test_a_kept_plan_stands_beside_the_changed_one() -> None:
    page = compared(Asked())
    run(page.button(key="keep").click())
    move(page, "prepay", 150)

    assert parameter(page, "b.buy") == ["2026-06-01_100"]
    assert "Plan B: $100 on 1 Jun 2026 instead of $150 on 1 Jun 2026" in text(page).replace("*", "")

    run(page.button(key="leave_out_0").click())
    assert "b.buy" not in page.query_params


def test_a_plan_is_added_by_its_link_and_opened() -> None:
    page = compared(Asked())
    other = SCENARIO.but(title="More", purchases=[{"on": date(2026, 6, 1), "amount": 300}])
    run(page.text_input(key="linked_plan").set_value(f"http://x/?{other.to_query()}"))
    assert parameter(page, "b.title") == ["More"]

    run(page.button(key="open_kept_0").click())
    assert page.session_state["prepay"] == 300


def test_what_is_no_link_is_said() -> None:
    page = compared(Asked())
    run(page.text_input(key="linked_plan").set_value("hello"))
    assert errors(page)[0].startswith("This is no link of a plan: ladder=(absent): is needed")


def test_six_plans_are_the_most() -> None:
    page = compared(Asked(others=(SCENARIO,) * 5))
    assert page.button(key="keep").disabled
    assert page.text_input(key="linked_plan").disabled
    run(page.button(key="leave_out_4").click())
    assert not page.button(key="keep").disabled


def test_the_base_stays_with_its_plan_when_another_is_left_out() -> None:
    others = tuple(SCENARIO.but(title=f"Plan {n}") for n in range(3))
    page = compared(Asked(others=others, base=3))
    run(page.button(key="leave_out_0").click())
    assert parameter(page, "base") == ["c"]
    assert "Plan 2 (in the inputs)" not in text(page)
    run(page.button(key="leave_out_1").click())
    assert "base" not in page.query_params


# Ranges


def test_with_ranges_on_no_headline_is_a_bare_date() -> None:
    # 2M tokens of 20% fewer to 50% more: $9 to $16.88 a day, $50 on the 4th to the 6th day.
    page = opened(Asked(within=tl.Ranges(tokens=(-0.2, 0.5))))
    assert headline(page).startswith("Tier 2 opens 4 to 5 Jun 2026, most likely on the 5th")
    assert "1,000 draws" in text(page)


def test_the_table_of_ranges_says_by_when_and_never_that_a_day_is_none() -> None:
    page = opened(Asked(within=tl.Ranges(tokens=(-0.2, 0.5))))
    page.session_state["tables"] = "How sure"
    run(page)
    tiers = table_with(page, "10% of the plans by")
    opens = {tier: place for place, tier in enumerate(tiers["Tier"])}
    days = ("In your plan", "10% of the plans by", "90% of the plans by")
    assert [tiers[heading][opens["Tier 2"]] for heading in days] == [
        date(2026, 6, 5),
        date(2026, 6, 4),
        date(2026, 6, 5),
    ]
    shares = tiers["Plans that open it"]
    # Tier 4 asks for more than the $100 that are bought.
    assert (shares[opens["Tier 2"]], shares[opens["Tier 4"]]) == (1, 0)
    # Without a word for what is missing Streamlit says "None", in tables of inputs too.
    assert all(table.proto.HasField("placeholder") for table in page.dataframe)
    assert "not in plan" in {table.proto.placeholder for table in page.dataframe}


def test_with_ranges_on_newer_rules_are_offered_too() -> None:
    older = {**PLAN, "ladder": "openai/2024-10", "range_tokens": "-0.2_0.5"}
    page = open_page(**older)
    assert "Rules changed since: under the rules of May 2026 Tier 2 would open" in text(page)
    run(page.button(key="use_openai/2026-05").click())
    assert parameter(page, "ladder") == ["openai/2026-05"]
    assert headline(page).startswith("Tier 2 opens 4 to 5 Jun 2026, most likely on the 5th")


def test_ranges_are_turned_on_and_moved_on_the_page() -> None:
    page = open_page(**PLAN)
    run(page.toggle(key="ranges_on").set_value(True))
    assert parameter(page, "range_tokens") == ["-0.2_0.3"]
    assert parameter(page, "range_lag") == ["0_2"], "what users saw at OpenAI"

    run(page.slider(key="range_tokens").set_range(-50, 0))
    assert parameter(page, "range_tokens") == ["-0.5_0"]


def test_ranges_without_the_plan_itself_are_refused_beside_the_control() -> None:
    page = opened(Asked(within=tl.Ranges(tokens=(-0.2, 0.5))))
    run(page.slider(key="range_tokens").set_range(10, 50))
    assert errors(page)[0].startswith("Tokens per day, % fewer to % more: runs from 0.1 to 0.5, ")
    assert "without the plan itself" in errors(page)[0]
    assert headline(page) == PLAN_HEADLINE


def test_ranges_of_a_link_beyond_the_sliders_usual_ends_are_kept() -> None:
    within = tl.Ranges(tokens=(-0.125, 5), growth=(-1, 10), price=(0, 9), lag_days=(0, 90), seed=7)
    page = opened(Asked(within=within))
    run(page.slider(key="range_noise").set_value(25.0))
    assert parameter(page, "range_tokens") == ["-0.125_5"]
    assert parameter(page, "range_growth") == ["-1_10"]
    assert parameter(page, "range_lag") == ["0_90"]
    assert parameter(page, "range_seed") == ["7"]


# What matters


def test_the_steps_of_what_matters_can_be_taken() -> None:
    page = open_page(**PLAN)
    page.session_state["tables"] = "What matters"
    run(page)
    assert text(page).count("What matters most") == 1
    steps = [button for button in page.button if str(button.key).startswith("take_step_")]
    assert len(steps) == len(effects_drawn(tl.sensitivity(SCENARIO)))
    change = page.button(key="take_step_0").label

    run(page.button(key="take_step_0").click())
    assert page.session_state["last_good"] != SCENARIO, change
    assert headline(page) != PLAN_HEADLINE


def test_the_map_is_drawn_for_the_tier_aimed_at() -> None:
    page = open_page(**PLAN)
    page.session_state["tables"] = "What matters"
    run(page)
    run(page.selectbox(key="aimed_at").set_value("Tier 3"))
    assert "Tier 3 by tokens per day and prepay now" in text(page)
    assert len(charts(page)) == 3


def charts(page: AppTest) -> list[Any]:
    return list(page.get("vega_lite_chart"))


# What is too much for a page


@pytest.mark.parametrize("draws", [1092, 1093])
def test_a_question_of_too_many_days_says_how_many_are_not(draws: int) -> None:
    # 1,092 draws under 2 readings of 3,660 days are 7,993,440 days; 8,000,000 are the most.
    plan = SCENARIO.but(days=3660)
    page = opened(Asked(within=tl.Ranges(draws=draws)), plan)
    refused = [said for said in errors(page) if "3,660 days take too long here" in said]
    assert bool(refused) == (draws == 1093)
    if refused:
        assert "shorten them to 3,659" in refused[0]


def test_a_target_and_a_map_of_too_many_days_are_refused_too() -> None:
    lines = [dict(line) for line in SCENARIO.usage] * 8
    plan = SCENARIO.but(days=3660, usage=lines)
    page = opened(Asked(goal=tl.Goal(by=date(2036, 1, 1), tier="Tier 5")), plan)
    assert "with 8 usage lines take too long here" in errors(page)[0]

    page.session_state["tables"] = "What matters"
    run(page)
    assert "with 8 usage lines take too long here" in as_shown(page.info[-1].value)
