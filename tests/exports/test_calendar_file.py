from datetime import date
from typing import Any

import pytest

import tierlogic as tl
from tests.exports.plans import ADDRESS, HOSTILE, MADE_ON, START, contested, in_file, line
from tests.exports.readers import calendar
from tierlogic.answer import answer
from tierlogic.exports import calendar_ics


def events(scenario: tl.Scenario, address: str = ADDRESS) -> list[dict[str, str]]:
    return calendar(calendar_ics(answer(scenario), MADE_ON, address))


def dated(scenario: tl.Scenario) -> list[tuple[str, str]]:
    return [(event["DTSTART;VALUE=DATE"], event["SUMMARY"]) for event in events(scenario)]


def bought_on(*purchases: dict[str, Any], days: int) -> list[str]:
    plan = contested(days=days, purchases=purchases, usage=())
    return [day for day, summary in dated(plan) if summary.startswith("Buy")]


def test_unlocks_purchases_and_the_end_of_the_credit() -> None:
    # $8.75 a day: $100 is used on day 12, $250 on day 29.
    assert dated(contested()) == [
        ("20260131", "Buy $250 of credit"),
        ("20260131", "Tier 1 opens"),
        ("20260207", "Tier 2 opens"),
        ("20260207", "Tier 3 opens (if buying credit counts)"),
        ("20260211", "Tier 3 opens (if only used money counts)"),
        ("20260214", "Tier 4 opens (if buying credit counts)"),
        ("20260228", "Tier 4 opens (if only used money counts)"),
        ("20260228", "The credit runs out"),
    ]


def test_an_event_lasts_its_day_says_why_and_leads_to_the_plan() -> None:
    plan = contested()
    last = events(plan)[-2]
    assert last["DTEND;VALUE=DATE"] == "20260301"
    assert last["DTSTAMP"] == "20260201T000000Z"
    assert last["DESCRIPTION"] == (
        "OpenAI: $250 used is reached on 28 Feb 2026; the 14-day wait was over on 14 Feb 2026."
    )
    assert last["URL"] == f"{ADDRESS}?{plan.to_query()}"
    assert last["TRANSP"] == "TRANSPARENT"


def test_there_is_no_alarm_and_no_kind_of_event_but_days() -> None:
    text = calendar_ics(answer(contested()), MADE_ON, ADDRESS)
    assert "VALARM" not in text
    assert text.count("DTSTART") == text.count("DTSTART;VALUE=DATE:")


def test_a_plan_keeps_its_uids_and_no_two_events_or_plans_share_one() -> None:
    answered = answer(contested())
    first = calendar(calendar_ics(answered, MADE_ON, ADDRESS))
    later = calendar(calendar_ics(answered, date(2026, 3, 1), "https://elsewhere.example/"))
    assert [event["UID"] for event in first] == [event["UID"] for event in later]
    assert first[0]["DTSTAMP"] != later[0]["DTSTAMP"]
    uids = {event["UID"] for event in first}
    assert len(uids) == len(first)
    assert uids.isdisjoint(event["UID"] for event in events(contested(days=89)))


def test_an_account_s_open_tiers_have_no_date() -> None:
    summaries = [summary for _, summary in dated(in_file("existing_account_starts_at_its_tier"))]
    assert "Tier 1 opens" not in summaries


def test_a_settled_ladder_names_no_reading() -> None:
    plan = in_file("vertex_falls_when_a_big_day_leaves_the_30_days")
    assert not plan.rules.contested
    assert all("(" not in summary for _, summary in dated(plan))


@pytest.mark.parametrize(
    ("purchase", "days", "expected"),
    [
        ({"every": "month"}, 59, ["20260131", "20260228"]),  # The 59th day is 30 March.
        ({"every": "month"}, 60, ["20260131", "20260228", "20260331"]),
        ({"every": "week", "times": 2}, 90, ["20260131", "20260207"]),
        ({}, 1, ["20260131"]),
    ],
)
def test_repeating_purchases_are_an_event_each(
    purchase: dict[str, Any], days: int, expected: list[str]
) -> None:
    assert bought_on({"on": START, "amount": "25", **purchase}, days=days) == expected


def test_purchases_of_one_day_are_an_event_each() -> None:
    assert bought_on(*[{"on": START, "amount": "25"}] * 2, days=1) == ["20260131"] * 2


def test_the_most_purchases_of_a_plan_all_have_an_event() -> None:
    weekly = {"on": START, "amount": "25", "every": "week", "times": 400}
    assert len(bought_on(weekly, days=3660)) == 400


def test_a_refused_purchase_says_so() -> None:
    plan = in_file("purchase_under_the_minimum_is_refused")
    described = [event["DESCRIPTION"] for event in events(plan)]
    assert any("is refused: the smallest purchase" in text for text in described)


def test_a_plan_without_dates_still_makes_a_calendar() -> None:
    (only,) = events(contested(purchases=(), usage=()))
    assert only["DTSTART;VALUE=DATE"] == "20260430"
    assert only["SUMMARY"] == "The plan ends, and nothing in it has a date"


@pytest.mark.parametrize("title", [*HOSTILE, "é" * 80, "🪜" * 80, "a;b,c\\d", "x" * 61, "\\n" * 40])
def test_titles_are_folded_and_escaped(title: str) -> None:
    text = calendar_ics(answer(contested(title=title)), MADE_ON, ADDRESS)
    assert calendar(text)
    unfolded = text.replace("\r\n ", "")
    (name,) = [part for part in unfolded.split("\r\n") if part.startswith("X-WR-CALNAME:")]
    escaped = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert name == f"X-WR-CALNAME:Tierlogic: {escaped}"


@pytest.mark.parametrize("address", ["", "localhost:8501", "javascript:alert(1)//", "https://a b/"])
def test_what_is_no_page_s_address_makes_no_link(address: str) -> None:
    assert all("URL" not in event for event in events(contested(), address))


def test_a_plan_too_long_for_an_address_makes_no_link() -> None:
    # Each purchase takes 18 characters of the link: 2,000 are passed.
    many = contested(purchases=[{"on": START, "amount": "25"}] * 120, usage=[line()])
    assert len(many.to_query()) > 2000
    assert all("URL" not in event for event in events(many))
