"""The page's logic without a browser: inputs make a plan, the plan is answered, errors stand by."""

import json
import re
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import tierlogic as tl
from tests.page.pages import (
    PLAN,
    PLAN_HEADLINE,
    as_shown,
    cards,
    headline,
    hold,
    live_slider,
    move,
    open_page,
    parameter,
    picture,
    run,
    text,
    unlocks,
    unlocks_data,
)
from tierlogic.language import day_in_words
from tierlogic.links import to_parameters
from tierlogic.page.presets import seed
from tierlogic.questions.date_map import TOKEN_STOPS
from tierlogic.rules.catalog import load_ladder, providers


def test_a_first_visit_shows_seven_inputs_and_an_answer_for_both_readings() -> None:
    page = open_page()

    assert "if only used money counts" in headline(page)
    assert "if buying credit counts" in headline(page)
    assert list(cards(page)) == ["Tier 1", "Tier 2", "Tier 3", "Tier 4", "Tier 5"]
    in_sight = labels(page) - set().union(
        *(labels(group) for group in (*page.expander, *page.get("popover")))
    )
    assert in_sight == {
        "What you have",
        "Provider",
        "Rules version",
        "Model",
        "Tokens per day",
        "Exact tokens per day",
        "Prepay now",
        "First payment",
        "What counts toward a tier",
        "What is shown below",
    }


def labels(part: Any) -> set[str]:
    """Labels of the inputs in a part of the page."""
    kinds = (
        part.selectbox,
        part.select_slider,
        part.slider,
        part.number_input,
        part.date_input,
        part.text_input,
        part.toggle,
        part.segmented_control,
    )
    ours = [json.loads(component.proto.json) for component in part.get("bidi_component")]
    return {widget.label for widgets in kinds for widget in widgets} | {
        told["label"] for told in ours if "value" in told
    }


def test_the_step_that_gains_most_is_said_and_can_be_taken() -> None:
    # $11.25 a day: $50 on the 5th day; at $12.375 too, and at $16.875 on the 3rd.
    page = open_page(**PLAN)
    assert (
        "Tier 2 sooner if only used money counts: 50% more tokens. "
        "It then opens on 3 Jun 2026, 2 days sooner."
    ) in text(page).replace("**", "")

    run(page.button(key="take_sooner").click())
    assert headline(page).startswith("Tier 2 opens on 3 Jun 2026 if only used money counts")
    assert parameter(page, "tokens") == ["3000000"]


def test_while_a_thumb_is_held_no_step_is_looked_for() -> None:
    page = open_page(**PLAN)
    drawn = hold(page, "prepay", 105)
    assert "Tier 2 sooner: …" in text(drawn).replace("**", "")
    assert drawn.button(key="take_sooner").disabled

    move(page, "prepay", 110)
    assert "It then opens on" in text(page)


def test_at_the_top_no_step_is_offered() -> None:
    page = open_page(**PLAN, opening_tier="Tier 5")
    assert headline(page) == "Tier 5, the highest tier, is open from 1 Jun 2026."
    assert not [button for button in page.button if button.key == "take_sooner"]


def test_a_link_shows_its_plan() -> None:
    page = open_page(**PLAN)

    assert headline(page) == PLAN_HEADLINE
    assert cards(page)["Tier 1"] == "1 Jun 2026"
    assert live_slider(page, "prepay")["value"] == 100
    assert page.number_input(key="tokens_per_day").value == 2_000_000
    assert not page.warning


def test_the_seed_case_answers_the_question_that_started_it() -> None:
    page = open_page(**to_parameters(seed()))

    assert headline(page) == (
        "Tier 4 opens on 8 Jan 2024 if only used money counts, "
        "and on 20 Nov 2023 if buying credit counts."
    )
    first_lines = as_shown(page.info[0].value)
    assert "$250 used is reached on 8 Jan 2024; the 14-day wait was over on 20 Nov 2023" in (
        first_lines
    )
    assert "Credit left on 20 Nov 2023: $147.00" in first_lines
    assert (
        "A full 128,000-token request to gpt-4-1106-preview does not fit in the 80,000 tokens per "
        "minute of Tier 3." in first_lines
    )
    beneath = text(page)
    assert "**▲** The credit runs out on 8 Jan 2024 with $250 used." in beneath
    assert "**⋮** If buying credit counts: Tier 4 on 20 Nov 2023." in beneath


def test_of_many_events_the_first_three_are_said_beneath_the_chart() -> None:
    in_pieces = [f"2026-06-{day:02}_15" for day in (1, 5, 9, 13)]
    assert "And 1 more." in text(open_page(**PLAN | {"buy": in_pieces}))
    assert "And 1 more." not in text(open_page(**PLAN | {"buy": in_pieces[:3]}))


CHANGES = {
    "provider": None,  # one provider so far
    "rules version": lambda page: page.selectbox(key="ladder").set_value("openai/2024-10"),
    "model": lambda page: page.selectbox(key="model").set_value("gpt-4o-mini"),
    "tokens per day": lambda page: move(page, "tokens_stop", TOKEN_STOPS.index(5_000_000)),
    "exact tokens": lambda page: page.number_input(key="tokens_per_day").set_value(1_234_567.0),
    "prepay now": lambda page: move(page, "prepay", 200),
    "first payment": lambda page: page.date_input(key="first_payment").set_value(date(2026, 6, 20)),
    "reading": lambda page: page.segmented_control(key="reading").set_value("paid"),
    "output share": lambda page: page.slider(key="output_share").set_value(0.5),
    "growth": lambda page: page.number_input(key="growth_percent").set_value(50.0),
    "weekend factor": lambda page: page.number_input(key="weekend_factor").set_value(0.0),
    "active hours": lambda page: page.number_input(key="active_hours").set_value(8.0),
    "peak factor": lambda page: page.number_input(key="peak_factor").set_value(3.0),
    "input price": lambda page: page.number_input(key="input_price").set_value(5.0),
    "context window": lambda page: page.number_input(key="context_window").set_value(128_000),
    "horizon": lambda page: page.select_slider(key="days").set_value(30),
    "limits version": lambda page: page.selectbox(key="limits").set_value("openai/2024-06"),
    "delay": lambda page: page.number_input(key="lag_days").set_value(2),
    "auto-recharge": lambda page: page.toggle(key="recharges").set_value(True),
    "title": lambda page: page.text_input(key="title").set_value("Summer launch"),
}


@pytest.mark.parametrize("name", [name for name, change in CHANGES.items() if change])
def test_every_input_changes_the_picture_and_the_address(name: str) -> None:
    page = open_page(**PLAN)
    before = picture(page)
    change = CHANGES[name]
    assert change is not None

    change(page)
    run(page)

    assert picture(page) != before
    assert parameter(page, "v") == ["1"], "the changed plan is in the address"
    assert not page.error


def test_an_input_that_cannot_be_is_named_and_the_last_good_plan_stays() -> None:
    page = open_page(**PLAN, paid_before="60", used_before="10")
    before = headline(page)
    page.date_input(key="first_payment").set_value(None)
    run(page)

    assert "60 was paid, so First payment is needed: give its date" in as_shown(page.error[0].value)
    assert "last plan that holds" in as_shown(page.warning[0].value)
    assert headline(page) == before
    page.date_input(key="first_payment").set_value(date(2026, 6, 1))
    run(page)
    assert not page.error


@pytest.mark.parametrize("provider", providers())
def test_the_answer_is_by_the_rules_of_the_provider_that_was_chosen(provider: str) -> None:
    page = run(open_page(**PLAN).selectbox(key="provider").set_value(provider))

    assert parameter(page, "ladder")[0].startswith(f"{provider}/")
    assert list(unlocks(page)) == list(load_ladder(parameter(page, "ladder")[0]).tier_names)


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("mistral", "mistral-large-4"),
        ("vertex", "gemini-3.6-flash"),
        ("xai", "grok-4.7"),
    ],
)
def test_a_plan_at_another_provider_begins_with_a_model_that_many_use(
    provider: str, model: str
) -> None:
    page = run(
        open_page(**PLAN | {"start": "2026-11-01"}).selectbox(key="provider").set_value(provider)
    )
    assert page.selectbox(key="model").value == model


def test_a_price_that_nobody_gave_leaves_its_use_out_until_it_is_given() -> None:
    page = run(open_page(**PLAN).selectbox(key="provider").set_value("moonshot-cn"))

    assert "and no use of the model. Price: is missing" in as_shown(page.warning[0].value)
    assert "tokens" not in page.query_params
    # Tier 3 asks for ¥500, and ¥100 are bought.
    move(page, "prepay", 495)
    assert unlocks(page)["Tier 3"]["Opens"] != "1 Jun 2026"
    move(page, "prepay", 500)
    assert unlocks(page)["Tier 3"]["Opens"] == "1 Jun 2026"
    for key in ("input_price", "output_price"):
        page.number_input(key=key).set_value(2.5)
    run(page)
    assert not page.warning
    assert parameter(page, "tokens") == ["2000000"]


def test_an_account_without_a_start_asks_for_one_and_the_last_good_plan_stays() -> None:
    page = open_page(**PLAN, paid_before="60", used_before="10")
    before = headline(page)

    run(page.date_input(key="start").set_value(None))
    assert "Plan starts: is needed" in [as_shown(error.value) for error in page.error]
    assert headline(page) == before

    run(page.selectbox(key="provider").set_value("anthropic"))
    assert "Plan starts: is needed" in [as_shown(error.value) for error in page.error]
    run(page.date_input(key="start").set_value(date(2026, 6, 1)))
    assert parameter(page, "ladder") == ["anthropic/2026-05-22"]


def test_what_was_given_stands_behind_what_is_wrong_with_it() -> None:
    page = open_page(**PLAN, paid_before="60", used_before="10")
    run(page.number_input(key="month_used_before").set_value(20.0))
    (error,) = page.error
    assert as_shown(error.value).endswith("it is part of Used so far (given: 20.0)")


def test_a_plan_beyond_a_billion_dollars_a_day_is_refused_beside_its_field() -> None:
    dear = {"model": "gpt-of-our-own", "input_price": "10000", "output_price": "10000"}
    page = open_page(**{**PLAN, **dear})
    before = headline(page)

    # 10^11 tokens x $10,000 a million is $10^9 a day, and 1 % more is too much.
    page.number_input(key="tokens_per_day").set_value(1e11)
    run(page)
    assert not page.error
    page.number_input(key="tokens_per_day").set_value(1.01e11)
    run(page)

    assert "on 2026-06-01 the cost of one day would pass $1,000,000,000" in as_shown(
        page.error[0].value
    )
    assert headline(page) == before


def test_parts_of_a_link_that_cannot_be_read_are_named() -> None:
    page = open_page(**{**PLAN, "days": "9999", "buy": "yesterday_100"})

    notice = as_shown(page.warning[0].value)
    assert "`days` = `9999`: must be at most 3660; 365 is used instead" in notice
    assert "`buy` = `yesterday_100`: is no purchase" in notice
    assert parameter(page, "days") == ["9999"]


def test_a_link_of_a_later_format_is_refused_in_words() -> None:
    page = open_page(**{**PLAN, "v": "2"})

    assert "this release reads links of format 1" in as_shown(page.warning[0].value)


def test_the_newest_rules_follow_the_first_payment_unless_others_were_chosen() -> None:
    page = open_page(**PLAN)
    page.date_input(key="first_payment").set_value(date(2024, 8, 1))
    run(page)
    assert page.selectbox(key="ladder").value == "openai/2024-07"

    page.selectbox(key="ladder").set_value("openai/2023-11")
    run(page)
    page.date_input(key="first_payment").set_value(date(2026, 6, 1))
    run(page)
    assert page.selectbox(key="ladder").value == "openai/2023-11"


def test_a_models_prices_fill_in_and_edited_ones_stay() -> None:
    page = open_page()
    page.selectbox(key="model").set_value("gpt-4o-mini")
    run(page)
    assert page.number_input(key="input_price").value == 0.15
    assert page.number_input(key="output_price").value == 0.6

    page.number_input(key="input_price").set_value(0.1)
    run(page)
    page.date_input(key="first_payment").set_value(date(2026, 6, 1))
    run(page)
    assert page.number_input(key="input_price").value == 0.1


def test_a_model_without_a_known_price_asks_for_one_beside_the_price() -> None:
    page = open_page(**{**PLAN, "model": "gpt-of-our-own"})
    assert not page.error

    page.number_input(key="input_price").set_value(None)
    page.number_input(key="output_price").set_value(None)
    run(page)
    assert "no price of 'gpt-of-our-own' on 1 Jun 2026 is known" in as_shown(page.error[0].value)
    assert "give the price per million tokens" in as_shown(page.error[0].value)

    page.number_input(key="input_price").set_value(1.0)
    page.number_input(key="output_price").set_value(2.0)
    run(page)
    assert not page.error


def test_newer_rules_are_offered_beneath_the_answer() -> None:
    page = open_page(**{**PLAN, "ladder": "openai/2024-10"})
    assert (
        "Rules changed since: under the rules of May 2026 "
        "Tier 2 would open on 5 Jun 2026 instead of on 8 Jun 2026"
    ) in text(page)

    run(page.button(key="use_openai/2026-05").click())
    assert headline(page) == PLAN_HEADLINE
    assert "Rules changed" not in text(page)


def test_older_rules_are_offered_among_the_sources() -> None:
    page = open_page(**PLAN)
    assert "Under the rules of October 2024" not in text(page)

    page.session_state["tables"] = "Rules and sources"
    run(page)
    assert "Tier 2 would open on 8 Jun 2026 instead of on 5 Jun 2026" in text(page)

    page.button(key="use_openai/2024-10").click()
    run(page)
    assert page.selectbox(key="ladder").value == "openai/2024-10"
    assert headline(page).startswith("Tier 2 opens on 8 Jun 2026")


def test_the_purchases_table_plans_a_monthly_purchase() -> None:
    page = open_page(**PLAN)
    editor = page.session_state["tables_opened"]
    page.session_state[f"purchases_{editor}"] = {
        "edited_rows": {},
        "deleted_rows": [],
        "added_rows": [{"on": "2026-06-15", "amount": 50, "every": "month", "times": 2}],
    }
    run(page)

    assert parameter(page, "buy") == ["2026-06-01_100", "2026-06-15_50_month_2"]


def test_one_more_purchase_is_added_by_fields_of_its_own() -> None:
    page = open_page(**PLAN)
    assert page.button(key="add_purchase").disabled
    page.date_input(key="one_more_on").set_value(date(2026, 6, 15))
    page.number_input(key="one_more_amount").set_value(25.5)
    run(page.selectbox(key="one_more_every").set_value("month"))
    run(page.button(key="add_purchase").click())

    assert parameter(page, "buy") == ["2026-06-01_100", "2026-06-15_25.5_month"]
    assert page.number_input(key="one_more_amount").value is None
    assert page.button(key="add_purchase").disabled


def test_what_was_typed_into_the_other_tables_stays_when_a_purchase_is_added() -> None:
    page = open_page(**{**PLAN, "model.2": "gpt-4o-mini", "tokens.2": "1000"})
    page.session_state[f"lines_{page.session_state['tables_opened']}"] = {
        "edited_rows": {0: {"tokens_per_day": 5000.0}},
        "deleted_rows": [],
        "added_rows": [],
    }
    run(page)
    assert parameter(page, "tokens.2") == ["5000"]

    page.date_input(key="one_more_on").set_value(date(2026, 6, 15))
    run(page.number_input(key="one_more_amount").set_value(25.0))
    run(page.button(key="add_purchase").click())
    assert parameter(page, "tokens.2") == ["5000"]
    assert parameter(page, "buy") == ["2026-06-01_100", "2026-06-15_25"]


def test_an_account_that_exists_brings_what_it_has_used_and_paid() -> None:
    page = open_page(**PLAN)
    run(page.toggle(key="account_exists").set_value(True))
    page.number_input(key="used_before").set_value(60.0)
    page.number_input(key="paid_before").set_value(60.0)
    run(page)

    assert cards(page)["Tier 2"] == "1 Jun 2026"
    why = unlocks(page)["Tier 2"]["Why"]
    assert why == "Open on 1 Jun 2026, when the plan starts: what the account brings is enough."


def test_the_table_of_unlocks_names_its_readings_and_where_a_rule_is_from() -> None:
    page = open_page(**PLAN)
    assert list(unlocks(page)) == ["Free", "Tier 1", "Tier 2", "Tier 3", "Tier 4", "Tier 5"]
    tier_2 = unlocks(page)["Tier 2"]
    assert tier_2["Opens"] == "5 Jun 2026"
    assert tier_2["If buying credit counts"] == "1 Jun 2026"
    assert tier_2["Rule"] == "$50 paid"
    ladder = tl.load_ladder("openai/2026-05")
    source = ladder.source_of(ladder.tiers[2])
    assert tier_2["Source"] == f"high, read {day_in_words(source.read)}"
    assert unlocks_data(page)["rows"][2][-1]["link"] == source.url
    # $100 are all that is bought, so Tier 4 stays shut.
    assert unlocks(page)["Tier 4"]["Opens"] == "not in plan"


def test_only_a_ladder_that_makes_wait_says_when_the_wait_is_over() -> None:
    assert "Wait over" not in unlocks(open_page(**PLAN))["Tier 2"]
    page = open_page(**(PLAN | {"ladder": "openai/2024-10"}))
    tier_2 = unlocks(page)["Tier 2"]
    # Seven days since the first payment on 1 June.
    assert (tier_2["Money met"], tier_2["Wait over"]) == ("5 Jun 2026", "8 Jun 2026")
    assert "Wait over: the day on which its waiting days are over" in text(page)


def test_the_days_have_a_column_for_what_is_not_always_0() -> None:
    page = open_page(**PLAN)
    page.session_state["tables"] = "Daily figures"
    run(page)
    shown = next(table for table in page.dataframe if "cost" in table.value)
    order = list(shown.proto.column_order)
    # $100 at $11.25 a day are used up on the 9th day.
    assert "tokens_unfunded" in order
    assert {"recharged", "invoice_paid", "lapsed", "tokens_over_cap"}.isdisjoint(order)


def test_a_newcomer_starts_on_the_day_of_the_first_payment() -> None:
    page = open_page(**PLAN)
    page.date_input(key="first_payment").set_value(date(2026, 7, 4))
    run(page)

    assert parameter(page, "start") == ["2026-07-04"]
    assert cards(page)["Tier 1"] == "4 Jul 2026"


def test_without_any_payment_nothing_opens_and_the_page_says_why() -> None:
    page = open_page(**{name: value for name, value in PLAN.items() if name != "buy"})
    page.date_input(key="first_payment").set_value(None)
    run(page)

    assert set(cards(page).values()) == {"Not in plan"}
    assert "there is no payment, and no tier opens before the first" in text(page)


def test_the_charts_carry_the_projections_own_figures() -> None:
    page = open_page(**PLAN)
    link = "&".join(f"{name}={value}" for name, value in PLAN.items())
    projection = tl.project(tl.Scenario.from_query(link))

    chart = page.get("vega_lite_chart")[0].proto
    frames = {
        dataset.name: pa.ipc.open_stream(dataset.data.data).read_pandas()
        for dataset in chart.datasets
    }
    used = pd.concat([frame["used"] for frame in frames.values() if "used" in frame])
    assert used.max() == projection.daily["used"].iloc[-1]


@pytest.mark.parametrize(
    "title",
    ["![x](http://evil.example/x.png)", "[free](http://evil.example)", "$a$ *b* :red[c] <b>d</b>"],
)
def test_a_title_is_shown_as_text_only(title: str) -> None:
    page = open_page(**PLAN, title=title)

    (shown,) = [part.value for part in page.caption if as_shown(part.value) == title]
    assert not re.search(r"(?<!\\)[!\[\]$*<>:]", shown), "a character that Markdown reads"


def test_what_a_bad_link_says_is_shown_as_text_only() -> None:
    page = open_page(**{**PLAN, "opening_tier": "![x](http://evil.example/x.png)"})

    assert "has no tier '![x](http://evil.example/x.png)'" in as_shown(page.warning[0].value)
    assert "](http" not in re.sub(r"`[^`]*`", "", page.warning[0].value), "outside of code"


def test_a_problem_in_a_closed_group_is_said_on_top_too() -> None:
    page = open_page(**PLAN, paid_before="60", used_before="10")
    page.number_input(key="peak_factor").set_value(None)
    run(page)

    assert "Peak factor: is needed" in as_shown(page.warning[0].value)
    assert "Peak factor: is needed" in as_shown(page.error[0].value)


def test_a_problem_of_a_table_names_its_row() -> None:
    page = open_page(**PLAN)
    page.session_state[f"purchases_{page.session_state['tables_opened']}"] = {
        "edited_rows": {},
        "deleted_rows": [],
        "added_rows": [
            {"on": "2026-06-15", "amount": 50, "every": "month", "times": 1},
            {"on": "2026-05-15", "amount": 50, "every": "month", "times": 1},
        ],
    }
    run(page)

    assert "Purchases, row 2, date: is 2026-05-15, before start" in as_shown(page.error[0].value)


def test_a_link_that_holds_no_plan_says_that_an_example_stands_in() -> None:
    dear = {"model": "gpt-of-our-own", "input_price": "10000", "output_price": "10000"}
    page = open_page(**{**PLAN, **dear, "tokens": "1e13"})

    assert "An example stands in its place" in page.warning[0].value
    assert "would pass $1,000,000,000" in as_shown(page.warning[0].value)


def test_a_link_without_rules_says_which_are_used() -> None:
    page = open_page(model="gpt-4o", tokens="1000")

    notice = as_shown(page.warning[0].value)
    for name in ("ladder", "limits", "start"):
        assert f"`{name}` = `(absent)`: is needed;" in notice


def test_a_provider_is_chosen_with_its_own_rules_and_model() -> None:
    page = open_page()
    page.selectbox(key="provider").set_value("xai")
    run(page)

    assert page.selectbox(key="ladder").value == "xai/2026-01"
    assert str(page.selectbox(key="model").value).startswith("grok")
    assert list(cards(page)) == ["Tier 1", "Tier 2", "Tier 3", "Tier 4"]
    assert not page.error


def test_a_ladder_that_is_not_public_asks_for_the_tier() -> None:
    page = open_page()
    page.selectbox(key="provider").set_value("anthropic")
    run(page)
    assert headline(page).startswith("Anthropic does not publish what opens a tier.")

    page.selectbox(key="opening_tier").set_value("Build")
    run(page)
    assert headline(page).endswith("This is what Build allows.")
    assert parameter(page, "opening_tier") == ["Build"]


def test_a_fact_that_an_account_lacks_holds_its_tiers_back() -> None:
    page = open_page()
    page.selectbox(key="provider").set_value("voyage")
    run(page)
    # $100 open Tier 2, whatever Tier 1 asks for.
    move(page, "prepay", 95)
    assert cards(page)["Tier 1"] != "Not in plan"

    page.toggle(key="fact payment method").set_value(False)
    run(page)
    assert cards(page)["Tier 1"] == "Not in plan"
    assert parameter(page, "lacks") == ["payment method"]


def test_the_sources_say_what_changed_and_how_sure_it_is() -> None:
    page = open_page(**PLAN)
    page.session_state["tables"] = "Rules and sources"
    run(page)

    assert "Tier 2" in text(page)
    assert any("What changed since openai" in as_shown(group.label) for group in page.expander)
    assert "high, read 22 Nov 2026" in text(page)
    assert (
        "Users report that an earned tier comes at once or up to 2 days later. "
        "[low, read 22 Nov 2026](https://community.openai.com/t/1354458)"
    ) in text(page)
    assert (
        "Users report that this money does not count: granted credit, tax. "
        "[low, read 22 Nov 2026](https://community.openai.com/t/595778)"
    ) in text(page)


ANTHROPIC = {
    "v": "1",
    "ladder": "anthropic/2026-05-22",
    "limits": "anthropic/2026-05-06",
    "start": "2026-06-01",
    "first_payment": "2026-05-01",
    "paid_before": "60",
    "model": "claude-sonnet-4-5",
    "tokens": "0",
}


def test_what_was_paid_was_for_credit_unless_it_is_said() -> None:
    # Tier 2 asks for $40 of credit.
    page = open_page(**ANTHROPIC)
    assert page.number_input(key="purchased_before").value is None
    assert parameter(page, "paid_before") == ["60"]
    assert cards(page)["Tier 2"] == "1 Jun 2026"

    run(page.number_input(key="purchased_before").set_value(39.99))
    assert parameter(page, "purchased_before") == ["39.99"]
    assert cards(page)["Tier 2"] != "1 Jun 2026"

    run(page.number_input(key="purchased_before").set_value(60.01))
    assert "Of that for credit: must be at most 60: it is part of Paid so far" in as_shown(
        page.error[0].value
    )


def test_only_a_ladder_that_counts_credit_asks_for_it() -> None:
    page = open_page(**PLAN)
    assert "purchased_before" not in [field.key for field in page.number_input]


def test_amounts_are_in_the_currency_of_the_ladder() -> None:
    page = open_page()
    page.selectbox(key="provider").set_value("moonshot-cn")
    run(page)

    assert page.number_input(key="used_before").label == "Used so far, ¥"
    assert live_slider(page, "prepay")["texts"][-1] == "¥2,000"
