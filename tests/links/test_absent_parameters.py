"""What a link means where it leaves a parameter out. NEVER CHANGE: published links rely on it."""

from datetime import date
from decimal import Decimal

import pytest

import tierlogic as tl
from tierlogic.links import to_parameters

SHORTEST = "ladder=openai/2023-11&limits=openai/2024-06&start=2024-01-01"
A_LINE = f"{SHORTEST}&model=gpt-4&tokens=5&input_price=30&output_price=60"

ABSENT_OF_SCENARIO = [
    ("days", 365),
    ("first_payment", None),
    ("reading", "used"),
    ("used_before", Decimal(0)),
    ("paid_before", Decimal(0)),
    ("purchased_before", None),
    ("past", ()),
    ("account_created", None),
    ("lacks", ()),
    ("opening_balance", Decimal(0)),
    ("month_used_before", Decimal(0)),
    ("opening_tier", None),
    ("purchases", ()),
    ("auto_recharge", None),
    ("billing", "prepaid"),
    ("usage", ()),
    ("active_hours", 24.0),
    ("peak_factor", 1.0),
    ("weekend_factor", 1.0),
    ("evaluated", "daily"),
    ("lag_days", 0),
    ("noise", None),
    ("title", ""),
    ("own_ladder", None),
    ("own_limits", None),
]
ABSENT_OF_LINE = [
    ("output_share", 0.25),
    ("cached_share", 0.0),
    ("growth_per_30_days", 0.0),
    ("starts", None),
    ("ends", None),
    ("tokens_per_request", None),
]


@pytest.mark.parametrize(("field", "value"), ABSENT_OF_SCENARIO)
def test_what_a_link_means_without(field: str, value: object) -> None:
    assert getattr(tl.Scenario.from_query(SHORTEST), field) == value


@pytest.mark.parametrize(("field", "value"), ABSENT_OF_LINE)
def test_what_a_line_means_without(field: str, value: object) -> None:
    assert getattr(tl.Scenario.from_query(A_LINE).usage[0], field) == value


def test_every_field_has_its_absent_value_here() -> None:
    needed = {"ladder", "limits", "start"}
    assert set(tl.Scenario.model_fields) == needed | {field for field, _ in ABSENT_OF_SCENARIO}
    looked_up = {"price", "context_window"}
    needed = {"model", "tokens_per_day"}
    assert set(tl.UsageLine.model_fields) == (
        needed | looked_up | {field for field, _ in ABSENT_OF_LINE}
    )


def test_the_cached_price_is_none_without() -> None:
    price = tl.Scenario.from_query(A_LINE).usage[0].price
    assert price == tl.Price(input=Decimal(30), cached_input=None, output=Decimal(60))


def test_the_context_is_looked_up_without() -> None:
    assert tl.Scenario.from_query(A_LINE).usage[0].context_window == 8192
    assert tl.Scenario.from_query(f"{A_LINE}&context=none").usage[0].context_window is None


def test_the_price_is_looked_up_without() -> None:
    line = tl.Scenario.from_query(f"{SHORTEST}&model=gpt-4&tokens=5").usage[0]
    assert line.price == tl.Price(input=Decimal(30), output=Decimal(60))


def test_a_purchase_happens_once_and_repeats_to_the_last_day_without() -> None:
    link = f"{SHORTEST}&buy=2024-01-31_25&buy=2024-01-31_25_month"
    once, monthly = tl.Scenario.from_query(link).purchases
    assert (once.on, once.amount) == (date(2024, 1, 31), Decimal(25))
    assert (once.every, once.times) == (None, None)
    assert (monthly.every, monthly.times) == ("month", None)


def test_the_values_are_the_same_where_they_are_written() -> None:
    shortest = tl.Scenario.from_query(SHORTEST)
    written = {name: values for name, (values) in to_parameters(shortest).items() if name != "v"}
    assert written == {
        "ladder": ["openai/2023-11"],
        "limits": ["openai/2024-06"],
        "start": ["2024-01-01"],
        "days": ["365"],
        "first_payment": ["none"],
        "reading": ["used"],
        "used_before": ["0"],
        "paid_before": ["0"],
        "balance": ["0"],
        "month_used_before": ["0"],
        "opening_tier": ["none"],
        "recharge": ["none"],
        "billing": ["prepaid"],
        "active_hours": ["24"],
        "peak_factor": ["1"],
        "weekend_factor": ["1"],
        "evaluated": ["daily"],
        "lag_days": ["0"],
        "title": [""],
    }
