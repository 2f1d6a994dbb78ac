"""Money: decimal at the edges, whole nano-dollars (int64) inside the engine."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from tierlogic.language import number, say

NANOS = 1_000_000_000
"""Nano-units in one unit of a currency."""

CENT = Decimal("0.01")
MAX_AMOUNT = 10_000_000
MAX_USD_PER_MILLION = 10_000

Amount = Annotated[Decimal, Field(ge=0, le=MAX_AMOUNT, decimal_places=2, allow_inf_nan=False)]
"""An amount of money in whole cents."""

PositiveAmount = Annotated[
    Decimal, Field(gt=0, le=MAX_AMOUNT, decimal_places=2, allow_inf_nan=False)
]

UsdPerMillion = Annotated[
    Decimal, Field(ge=0, le=MAX_USD_PER_MILLION, decimal_places=20, allow_inf_nan=False)
]
"""A price per million tokens."""


def to_nanos(amount: Decimal) -> int:
    """Return an amount in whole nano-units; the amount must not be finer than that."""
    return int(amount * NANOS)


def from_nanos(nanos: int) -> Decimal:
    """Return an exact decimal amount for whole nano-units."""
    return Decimal(int(nanos)) / NANOS


SYMBOLS = {"USD": "$", "CNY": "¥", "EUR": "€"}


def amount_in_words(
    amount: Decimal | float, currency: str = "USD", *, cents: bool | None = None
) -> str:
    """Say an amount: "$250", "$38.20", "¥1,000"; cents only where there are any.

    Amounts finer than a cent are shown to the cent, rounded half up.
    """
    exact = Decimal(str(amount)).quantize(CENT, rounding="ROUND_HALF_UP")
    show_cents = exact != exact.to_integral_value() if cents is None else cents
    return with_currency(number(exact, ",.2f" if show_cents else ",.0f"), currency)


def shortfall_in_words(
    missing: Decimal, currency: str = "USD", *, cents: bool | None = None
) -> str:
    """Say what is missing, as `amount_in_words` does; what is not a cent is not nothing."""
    if missing < CENT:
        return say("less than {amount}", amount=amount_in_words(CENT, currency))
    return amount_in_words(missing, currency, cents=cents)


def price_in_words(price: Decimal, currency: str = "USD") -> str:
    """Say a price, which may be finer than a cent: "$2.50", "$0.000125"."""
    if price == price.quantize(CENT):
        return amount_in_words(price, currency)
    return with_currency(number(price.normalize(), "f"), currency)


def with_currency(amount: str, currency: str) -> str:
    """Set the currency beside an amount that is in words already: "$1.2M", "GBP 250"."""
    if currency not in SYMBOLS:
        return say("{currency} {amount}", currency=currency, amount=amount)
    return say("{symbol}{amount}", symbol=SYMBOLS[currency], amount=amount)
