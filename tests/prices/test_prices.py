"""Prices and context windows, as genai-prices has them."""

from datetime import date
from decimal import Decimal

import pytest

from tierlogic.prices import Price, known_models, look_up

DAY = date(2026, 11, 2)


def price(input: str, cached: str | None, output: str) -> Price:  # noqa: A002 - as in Price
    return Price(
        input=Decimal(input),
        cached_input=None if cached is None else Decimal(cached),
        output=Decimal(output),
    )


def test_a_dated_name_is_found_under_the_library_s_name() -> None:
    facts = look_up("gpt-4-1106-preview", "openai", date(2023, 11, 20))
    assert facts is not None
    assert facts.name == "gpt-4-turbo"
    assert facts.price == price("10", None, "30")
    assert facts.context_window == 128_000


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gpt-4o", price("2.5", "1.25", "10")),
        ("gpt-4o-2024-05-13", price("5", None, "15")),
        ("gpt-4", price("30", None, "60")),
    ],
)
def test_prices_per_million_tokens(model: str, expected: Price) -> None:
    facts = look_up(model, "openai", DAY)
    assert facts is not None
    assert facts.price == expected


@pytest.mark.parametrize(
    ("model", "on", "expected"),
    [
        ("o3", date(2025, 6, 9), price("10", "0.5", "40")),
        ("o3", date(2025, 6, 10), price("2", "0.5", "8")),
        ("gpt-5.6-luna", date(2026, 7, 29), price("1", "0.1", "6")),
        ("gpt-5.6-luna", date(2026, 7, 30), price("0.2", "0.02", "1.2")),
    ],
)
def test_a_price_is_that_of_its_day(model: str, on: date, expected: Price) -> None:
    facts = look_up(model, "openai", on)
    assert facts is not None
    assert facts.price == expected


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (None, price("2.5", "0.25", "15")),
        (1, price("2.5", "0.25", "15")),
        (272_000, price("2.5", "0.25", "15")),
        (272_001, price("5", "0.5", "22.5")),
        (1_000_000, price("5", "0.5", "22.5")),
    ],
)
def test_long_requests_cost_more(tokens: float | None, expected: Price) -> None:
    """Above 272,000 tokens all tokens of a request cost the price of the step."""
    facts = look_up("gpt-5.4", "openai", DAY, tokens)
    assert facts is not None
    assert facts.price == expected


def test_what_an_embedding_puts_out_costs_as_its_input() -> None:
    facts = look_up("text-embedding-3-small", "openai", DAY)
    assert facts is not None
    assert facts.price == price("0.02", None, "0.02")
    assert facts.context_window == 8192


def test_a_model_paid_by_the_hour_has_no_price_per_token() -> None:
    facts = look_up("whisper-1", "openai", DAY)
    assert facts is not None
    assert facts.price is None


@pytest.mark.parametrize(
    ("model", "provider"),
    [
        ("our-own-model", "openai"),
        ("", "openai"),
        ("claude-opus-4", "openai"),
        ("gpt-4o", "nobody"),
    ],
)
def test_a_model_that_the_library_does_not_know(model: str, provider: str) -> None:
    assert look_up(model, provider, DAY) is None


def test_the_models_that_can_be_planned() -> None:
    models = known_models("openai")
    assert {"gpt-4o", "gpt-4", "gpt-4-turbo", "gpt-5.4", "text-embedding-3-small"} <= set(models)
    assert len(models) == len(set(models))


@pytest.mark.parametrize("model", ["whisper-1", "tts-1", "dall-e-3", "moderation"])
def test_models_without_a_price_per_token_cannot_be_planned(model: str) -> None:
    """Images, minutes and characters are not tokens."""
    assert model not in known_models("openai")


def test_an_unknown_provider_has_no_models() -> None:
    assert known_models("nobody") == ()


def test_every_model_that_can_be_planned_has_a_price() -> None:
    without = [
        model
        for model in known_models("openai")
        if (facts := look_up(model, "openai", DAY)) is None or facts.price is None
    ]
    assert without == []
