"""Money: decimal at the edges, whole nano-dollars inside, dollars in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tierlogic.money import amount_in_words, from_nanos, to_nanos


@pytest.mark.parametrize(
    ("amount", "nanos"),
    [
        ("0", 0),
        ("0.000000001", 1),
        ("0.01", 10_000_000),
        ("0.29", 290_000_000),  # 0.29 * 1e9 as floats is 289,999,999.99999994.
        ("250", 250_000_000_000),
        ("9999999.99", 9_999_999_990_000_000),
        ("10000000", 10_000_000_000_000_000),
    ],
)
def test_an_amount_is_exact_in_nano_dollars(amount: str, nanos: int) -> None:
    assert to_nanos(Decimal(amount)) == nanos
    assert from_nanos(nanos) == Decimal(amount)


@given(st.integers(-(2**63), 2**63 - 1))
def test_nano_dollars_come_back(nanos: int) -> None:
    assert to_nanos(from_nanos(nanos)) == nanos


def test_ten_payments_of_25_are_250() -> None:
    assert sum(to_nanos(Decimal("25.00")) for _ in range(10)) == to_nanos(Decimal(250))


def test_2500_days_of_a_dime_are_250() -> None:
    assert sum(to_nanos(Decimal("0.10")) for _ in range(2500)) == to_nanos(Decimal(250))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "$0"),
        ("250", "$250"),
        ("250.00", "$250"),
        ("38.2", "$38.20"),
        ("1000", "$1,000"),
        ("9999999.99", "$9,999,999.99"),
        ("0.004", "$0"),
        ("0.005", "$0.01"),
        ("0.015", "$0.02"),
        ("2.994", "$2.99"),
        ("2.995", "$3"),
    ],
)
def test_dollars_in_words(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "cents", "words"),
    [
        ("250", True, "$250.00"),
        ("38.2", True, "$38.20"),
        ("38.2", False, "$38"),
        ("1234567", True, "$1,234,567.00"),
    ],
)
def test_cents_on_demand(amount: str, cents: bool, words: str) -> None:
    assert amount_in_words(Decimal(amount), cents=cents) == words


@pytest.mark.parametrize(("amount", "words"), [(0.1 + 0.2, "$0.30"), (1.005, "$1.01"), (5.0, "$5")])
def test_floats_are_read_as_they_are_printed(amount: float, words: str) -> None:
    assert amount_in_words(amount) == words
