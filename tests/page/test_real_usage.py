"""Real usage on the page: files read, shown, made a plan of, and a plan beside what came of it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.page.pages import as_shown, headline, open_page, parameter, run, table_with, text

SAMPLES = Path(__file__).parents[1] / "imports" / "samples"
CONSOLE = ("openai_console.costs.tsv", "openai_console.usage.tsv")

# $10 a day from credit: $50 used on 11 September opens Tier 2, $100 on the 16th Tier 3.
PLAN = {
    "v": "1",
    "ladder": "openai/2026-05",
    "limits": "openai/2026-09",
    "start": "2026-09-07",
    "days": "90",
    "first_payment": "2026-09-07",
    "model": "gpt-4o",
    "tokens": "4000000",
    "output_share": "0",
    "input_price": "2.5",
    "output_price": "10",
    "buy": "2026-09-07_900",
}


def with_files(page: AppTest, files: dict[str, bytes]) -> AppTest:
    run(page.segmented_control(key="mode").set_value("usage"))
    (uploader,) = (each for each in page.file_uploader if str(each.key).startswith("usage_files"))
    for name, data in files.items():
        uploader.upload(name, data)
    return run(page)


def samples(*names: str) -> dict[str, bytes]:
    return {name: (SAMPLES / name).read_bytes() for name in names}


def daily(cost: float, days: range) -> dict[str, bytes]:
    """A table of input tokens of gpt-4o at $2.50 a million, billed as they cost."""
    tokens = round(cost / 2.5 * 1e6)
    rows = [f"2026-09-{day:02},gpt-4o,{tokens},{cost}" for day in days]
    return {"daily.csv": "\n".join(["date,model,input_tokens,cost", *rows]).encode()}


def charted(page: AppTest, name: str) -> bool:
    """Whether the money chart has a dataset with rows."""
    datasets = page.get("vega_lite_chart")[0].proto.datasets
    return any(dataset.name == name for dataset in datasets)


def buttons(page: AppTest) -> set[str | None]:
    return {button.key for button in page.button}


def test_files_are_recognised_and_their_figures_shown() -> None:
    page = with_files(open_page(), samples(*CONSOLE, "payments.csv"))
    assert table_with(page, "Recognised as") == {
        "File": [*CONSOLE, "payments.csv"],
        "Recognised as": ["OpenAI costs export", "OpenAI usage export", "Table of payments"],
        "Rows read": [5, 4, 3],
        "Rows not read": [0, 0, 0],
    }
    shown = text(page)
    assert "$1.36 used from 1 Sep 2026 to 5 Sep 2026" in shown
    assert "$80.00 paid since 15 Aug 2026." in shown
    assert "On 2 of 2 days with both, the bill and the cost of the tokens agree" in shown
    assert table_with(page, "Rests on")["Rests on"][0] == "4 days"
    bills = table_with(page, "Likely cause")
    assert bills["Billed"][0] == bills["Computed"][0] == 0.57
    assert bills["Likely cause"][3] == "No tokens of this day are in the files."
    assert "No file is stored." in shown


def test_the_plan_that_they_make_goes_into_the_inputs_and_the_address() -> None:
    page = with_files(open_page(), samples(*CONSOLE, "payments.csv"))
    before = dict(page.query_params)
    assert page.number_input(key="usage_balance_new_1").value == 78.64
    run(page.number_input(key="usage_balance_new_1").set_value(20.0))
    assert page.query_params == before
    run(page.button(key="use_usage").click())

    assert page.segmented_control(key="mode").value == "plan"
    assert parameter(page, "start") == ["2026-09-06"]
    assert parameter(page, "used_before") == ["1.36"]
    assert parameter(page, "paid_before") == ["80"]
    assert parameter(page, "balance") == ["20"]
    assert parameter(page, "model.2") == ["gpt-4o"]
    assert charted(page, "actual")
    assert "Actual, to the end of 5 Sep 2026: $1.36 used." in text(page)

    run(page.button(key="undo").click())
    assert page.number_input(key="used_before").value == 0


def test_the_credit_follows_the_plan_that_the_files_are_put_into() -> None:
    page = with_files(open_page(**PLAN), daily(20, range(7, 14)))
    assert page.number_input(key="usage_balance_open_1").value == 760, "$900 bought, $140 used"
    run(page.segmented_control(key="usage_base_1").set_value("new"))
    assert page.number_input(key="usage_balance_new_1").value == 0


def test_where_no_file_tells_payments_they_are_asked_for() -> None:
    page = with_files(open_page(), samples(*CONSOLE))
    assert page.number_input(key="usage_paid_new_1").value == 1.36
    run(page.number_input(key="usage_paid_new_1").set_value(50.0))
    run(page.button(key="use_usage").click())
    assert parameter(page, "paid_before") == ["50"]
    assert parameter(page, "first_payment") == ["2026-09-01"]


def test_rows_that_cannot_be_read_are_listed_and_the_rest_is_used() -> None:
    page = with_files(open_page(), samples("plain_german.csv"))
    unread = table_with(page, "Why")
    assert unread["Line"] == [5, 6]
    assert unread["Why"][0] == "input_tokens is 1,5, not a whole number"
    assert "use_usage" in buttons(page)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7", "bill.csv is a PDF; export the figures as CSV or JSON instead"),
        (b"", "bill.csv is empty"),
        (b"a,b\n1,2\n", "bill.csv is in no format that is known here (it has a, b)"),
    ],
)
def test_a_file_that_is_none_is_named_and_the_plan_stays(data: bytes, says: str) -> None:
    page = open_page(**PLAN)
    before = headline(page)
    with_files(page, {"bill.csv": data})
    assert says in as_shown(page.error[0].value)
    assert headline(page) == before
    assert "use_usage" not in buttons(page)
    with_files(page, samples(*CONSOLE))
    assert not page.error
    assert "use_usage" in buttons(page)


def test_one_of_several_providers_is_chosen() -> None:
    page = with_files(open_page(), samples("litellm.json"))
    chosen = page.segmented_control(key="usage_provider_1")
    assert sorted(chosen.options) == ["anthropic", "openai"]
    other = next(name for name in chosen.options if name != chosen.value)
    run(chosen.set_value(other))
    assert page.segmented_control(key="usage_provider_2").value == other
    assert any(f"Only {other} was counted" in as_shown(note.value) for note in page.caption)


def test_a_provider_without_rules_makes_no_plan() -> None:
    table = b"date,cost,currency\n2026-09-01,5,GBP\n"
    page = with_files(open_page(), {"costs.csv": table})
    assert "GBP 5.00 used" in text(page)
    assert "in GBP are known here" in as_shown(page.warning[0].value)
    assert "use_usage" not in buttons(page)


def test_later_files_show_plan_against_actual() -> None:
    page = open_page(**PLAN)
    assert not charted(page, "actual")
    # $20 a day for a week, twice as planned: $50 on 9 September, $100 on the 11th.
    with_files(page, daily(20, range(7, 14)))
    against = table_with(page, "Now looks")
    assert against["Tier"][1:3] == ["Tier 2", "Tier 3"]
    assert against["Difference"][1:3] == ["2 days earlier", "5 days earlier"]
    assert "By 13 Sep 2026 $140.00 was used, $70.00 more than planned." in text(page)
    assert charted(page, "now")

    run(page.segmented_control(key="mode").set_value("plan"))
    assert charted(page, "actual")
    assert "Actual, to the end of 13 Sep 2026: $140.00 used, $70.00 planned." in text(page)

    run(page.segmented_control(key="mode").set_value("usage"))
    run(page.button(key="forget_usage").click())
    assert not charted(page, "actual")
    assert "use_usage" not in buttons(page)


def test_nothing_of_the_files_is_in_the_link_until_their_plan_is_used() -> None:
    page = open_page(**PLAN)
    before = dict(page.query_params)
    with_files(page, daily(20, range(7, 14)))
    assert page.query_params == before


def test_an_unrelated_plan_is_drawn_without_the_actual_line() -> None:
    # It starts after the files and brings nothing of what they tell.
    page = with_files(open_page(**{**PLAN, "start": "2026-10-01"}), daily(20, range(7, 14)))
    assert not charted(page, "actual")


def test_open_leads_to_the_files() -> None:
    page = open_page()
    run(page.button(key="open_usage").click())
    assert page.segmented_control(key="mode").value == "usage"
