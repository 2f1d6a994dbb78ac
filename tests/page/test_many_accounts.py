"""Many accounts on the page: a table in, what all say together, and a row that opens as a plan."""

import io
import json
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.page.pages import (
    PLAN,
    PLAN_HEADLINE,
    as_shown,
    headline,
    open_page,
    parameter,
    run,
    table_with,
    text,
)
from tierlogic.fleet.in_memory import MOST_ROWS

# Each row buys the plan's $100 on 1 June too. A day costs $11.25, as the plan's, or $5.625.
ROWS = pd.DataFrame(
    {
        "account": ["shop", "search", "batch"],
        "paid_before": [40, 0, 0],
        "used_before": [40, 0, 0],
        "tokens_per_day": [2_000_000, 1_000_000, -1],
    }
)
CSV = ROWS.to_csv(index=False).encode()


def opened(**parameters: str) -> AppTest:
    page = open_page(**(PLAN | parameters))
    return run(page.button(key="open_many_accounts").click())


def upload(page: AppTest, name: str, content: bytes) -> AppTest:
    (uploader,) = page.file_uploader
    uploader.upload(name, content)
    return run(page)


def click_open(page: AppTest, key: str, place: int) -> AppTest:
    """Press the button of a row as a browser does: by a message."""
    protos = [frame.proto for frame in page.dataframe]
    buttons = [widget for proto in protos for widget in proto.button_click_widgets.values()]
    states = page._tree.get_widget_states()
    pressed = states.widgets.add(id=next(each for each in buttons if each.endswith(f"-{key}")))
    pressed.string_trigger_value.data = json.dumps({"row": place, "label": "Open"})
    return run(_Changed(page, states))


class _Changed:
    """A change that `run` runs."""

    def __init__(self, page: AppTest, states: Any) -> None:
        self._page, self._states = page, states

    def run(self) -> AppTest:
        return self._page._run(self._states)


def buttons(page: AppTest) -> set[str]:
    return {str(button.key) for button in page.button}


def as_parquet() -> bytes:
    file = io.BytesIO()
    ROWS.to_parquet(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", CSV), ("a.parquet", as_parquet())], ids=["csv", "parquet"]
)
def test_a_table_is_projected_and_a_row_that_cannot_be_read_is_named(
    name: str, content: bytes
) -> None:
    page = upload(opened(), name, content)
    assert f"**{name}**: 2 accounts projected." in text(page)
    unread = table_with(page, "Why")
    assert (unread["Row"], unread["Account"]) == ([3], ["batch"])
    assert unread["Why"] == ["tokens_per_day: must be at least 0 (given: -1)"]

    rows = table_with(page, "Tier 2")
    assert rows["Account"] == ["shop", "search"]
    # $50 used: $40 and one day; nine days of $5.625.
    assert rows["Tier 2"] == [pd.Timestamp("2026-06-01"), pd.Timestamp("2026-06-09")]
    # $100 lasts for 8 days of $11.25, and for 17 of $5.625.
    assert rows["Runs out"] == [pd.Timestamp("2026-06-09"), pd.Timestamp("2026-06-18")]


def test_all_accounts_together_are_drawn_and_those_to_act_on_are_listed() -> None:
    page = upload(opened(), "a.csv", CSV)
    (chart,) = page.get("vega_lite_chart")
    assert "bands" in {dataset.name for dataset in chart.proto.datasets}
    assert "on 29 Aug 2026: 2 at Tier 3" in text(page)
    act_on = table_with(page, "Purchase")
    # The other runs out on the 18th day.
    assert (act_on["Account"][0], act_on["Why"][0]) == (
        "shop",
        "Runs out of credit within 14 days",
    )
    assert "Runs out of credit within 14 days: **1**" in text(page)


def test_a_row_opens_as_the_plan_and_its_table_is_found_again() -> None:
    page = click_open(upload(opened(), "a.csv", CSV), "all_accounts", 1)
    # $50 is used on the ninth day of $5.625.
    assert headline(page).startswith("Tier 2 opens on 9 Jun 2026 if only used money counts")
    assert parameter(page, "tokens") == ["1000000"]
    assert "search" not in json.dumps(dict(page.query_params))
    assert "Opened from row 2 of a.csv." in text(page)
    assert [toast.value for toast in page.toast] == [
        "Row 2 is the plan now; its answer is at the top of the page."
    ]

    again = run(page.button(key="back_to_accounts").click())
    assert "**a.csv**: 2 accounts projected." in text(again)
    # The rows keep what they took from the plan.
    opened_first = click_open(again, "act_on", 0)
    assert parameter(opened_first, "tokens") == ["2000000"]
    assert parameter(opened_first, "used_before") == ["40"]


def test_the_plan_is_as_it_was_when_the_view_closes() -> None:
    page = opened(title="Mine", range_tokens="-0.2_0.5")
    closed = run(page.button(key="back_to_plan").click())
    assert headline(closed).startswith("Tier 2 opens 4 to 5 Jun 2026, most likely on the 5th")
    assert parameter(closed, "title") == ["Mine"]
    assert parameter(closed, "range_tokens") == ["-0.2_0.5"]
    assert "back_to_accounts" not in buttons(closed)


def test_an_address_from_outside_closes_the_view() -> None:
    page = opened()
    page.query_params["tokens"] = "1000000"
    assert headline(run(page)).startswith("Tier 2 opens on 9 Jun 2026")


def test_a_table_is_forgotten() -> None:
    page = upload(opened(), "a.csv", CSV)
    forgotten = run(page.button(key="forget_accounts").click())
    assert "a.csv" not in text(forgotten)
    assert not forgotten.dataframe
    closed = run(forgotten.button(key="back_to_plan").click())
    assert "back_to_accounts" not in buttons(closed)
    assert headline(closed) == PLAN_HEADLINE


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "a.csv: the file is empty; its first line names the columns."),
        (b"acount\nshop\n", "a.csv: column 'acount' is not known; check its spelling"),
        (
            b"account\n" + b"a\n" * (MOST_ROWS + 1),
            "a.csv: the file has more than 5,000 rows",
        ),
    ],
)
def test_a_table_that_cannot_be_read_says_why(content: bytes, says: str) -> None:
    page = upload(opened(), "a.csv", content)
    assert as_shown(page.error[0].value).startswith(says)
    assert not page.dataframe


def test_the_view_says_what_a_row_takes_from_the_plan_and_what_becomes_of_the_table() -> None:
    shown = text(opened())
    assert "Purchases: $100 on 1 Jun 2026" in shown
    assert "It is not stored, and in no link" in shown


def test_accounts_on_several_ladders_are_shown_one_ladder_at_a_time() -> None:
    rows = ROWS.iloc[:2].assign(ladder=["openai/2026-05", "anthropic/2026-06-26"])
    rows["limits"] = rows["ladder"].str.replace("openai/2026-05", "openai/2026-09")
    page = upload(opened(), "a.csv", rows.to_csv(index=False).encode())
    choice = page.selectbox(key="many_accounts_ladder")
    for ladder, account in zip(rows["ladder"], rows["account"], strict=True):
        shown = run(choice.set_value(ladder))
        assert table_with(shown, "Paid")["Account"] == [account]
