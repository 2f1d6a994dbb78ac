"""The same plan gives the same figures in every file."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import tierlogic as tl
from tests.exports.plans import ADDRESS, MADE_ON, SOME, in_file
from tests.exports.readers import Page, calendar, markdown_table
from tierlogic.answer import READINGS, Answer, answer
from tierlogic.exports import (
    calendar_ics,
    daily_csv,
    html_report,
    markdown_summary,
    projection_json,
)
from tierlogic.language import day_in_words
from tierlogic.money import amount_in_words


def both(name: str) -> tuple[Answer, dict[str, Any]]:
    """An answer, and what its JSON says under the scenario's own reading."""
    answered = answer(in_file(name))
    content = json.loads(projection_json(answered, ADDRESS))
    return answered, content["readings"][answered.scenario.reading]


def said(day: str | None) -> str:
    return day_in_words(date.fromisoformat(day)) if day else "not in this plan"


@pytest.mark.parametrize("name", SOME)
def test_json_says_what_the_package_says(name: str) -> None:
    scenario = in_file(name)
    content = json.loads(projection_json(answer(scenario)))
    for reading in READINGS:
        projection = tl.project(scenario.but(reading=reading))
        told = content["readings"][reading]
        assert [
            (each["tier"], each["on"], each["held_by"], each["why"]) for each in told["unlocks"]
        ] == [
            (unlock.tier, unlock.on and unlock.on.isoformat(), unlock.held_by, unlock.why)
            for unlock in projection.unlocks
        ]
        assert [Decimal(each["missing"]) for each in told["unlocks"]] == [
            unlock.missing for unlock in projection.unlocks
        ]
        assert [each["text"] for each in told["events"]] == [
            event.text for event in projection.events
        ]
        assert Decimal(told["totals"]["balance"]) == projection.balance_on(scenario.last_day)


@pytest.mark.parametrize("name", SOME)
def test_csv_ends_where_json_does(name: str) -> None:
    answered, told = both(name)
    rows = list(csv.DictReader(io.StringIO(daily_csv(answered.chosen))))
    for column in ("used", "paid", "balance"):
        # To the nano-dollar, which floats of such amounts still tell.
        assert f"{float(rows[-1][column]):.9f}" == f"{Decimal(told['totals'][column]):.9f}"
    for column in ("cost", "purchased", "recharged", "invoice_paid", "lapsed"):
        total = sum(Decimal(f"{float(row[column]):.9f}") for row in rows)
        assert total == Decimal(told["totals"][column])
    assert told["tier_changes"][-1]["tier"] == rows[-1]["tier"]


@pytest.mark.parametrize("name", SOME)
def test_markdown_has_the_dates_of_json(name: str) -> None:
    answered, told = both(name)
    heading, _, *rows = markdown_table(markdown_summary(answered, ADDRESS))
    assert [row[0] for row in rows] == [unlock["tier"] for unlock in told["unlocks"]]
    assert [row[1] for row in rows] == [said(unlock["on"]) for unlock in told["unlocks"]]
    assert (len(heading) == 5) == answered.scenario.rules.contested


@pytest.mark.parametrize("name", SOME)
def test_the_report_has_the_dates_and_amounts_of_json(name: str) -> None:
    answered, told = both(name)
    page = Page(html_report(answered, MADE_ON, ADDRESS))
    _, *rows = page.table("When each tier opens").rows
    assert [row[:2] for row in rows] == [
        [unlock["tier"], said(unlock["on"])] for unlock in told["unlocks"]
    ]
    assert {unlock["why"] for unlock in told["unlocks"]} == {row[-2] for row in rows}
    _, *days = page.table("The days on which something changes").rows
    currency = answered.scenario.rules.currency
    assert days[-1][2:] == [
        amount_in_words(Decimal(told["totals"][column]), currency, cents=True)
        for column in ("used", "paid", "balance")
    ]


@pytest.mark.parametrize("name", SOME)
def test_the_calendar_has_the_dates_of_json(name: str) -> None:
    answered, told = both(name)
    events = calendar(calendar_ics(answered, MADE_ON, ADDRESS))
    starts = {
        (event["DTSTART;VALUE=DATE"], event["SUMMARY"].partition(" (")[0]) for event in events
    }
    opened = {
        (unlock["on"].replace("-", ""), f"{unlock['tier']} opens")
        for unlock in told["unlocks"][1:]
        if unlock["on"] and unlock["tier"] not in answered.chosen.open_at_start
    }
    assert opened <= starts
    bought = [event for event in events if event["SUMMARY"].startswith("Buy ")]
    assert len(bought) == len(list(answered.scenario.payments()))
