"""Prices and context windows of models, from genai-prices."""

import functools
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from tierlogic.money import UsdPerMillion

_LATEST = date(2100, 12, 31)


class Price(BaseModel):
    """Dollars per million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    input: UsdPerMillion
    cached_input: UsdPerMillion | None = None
    """None: cached input costs as much as other input."""
    output: UsdPerMillion


@dataclass(frozen=True)
class ModelFacts:
    """What genai-prices knows of a model on a day."""

    name: str
    """The library's name for it: gpt-4-turbo for gpt-4-1106-preview."""
    price: Price | None
    context_window: int | None
    """Tokens."""


@functools.lru_cache(maxsize=4096)
def look_up(
    model: str, provider: str | None, on: date, tokens_per_request: float | None = None
) -> ModelFacts | None:
    """Find a model's price on a day; None where genai-prices does not know the model.

    Args:
        model: a model's name as sent to the API, dated snapshots too.
        provider: the provider's name in genai-prices; None: it has no prices there.
        on: the day, UTC.
        tokens_per_request: chooses the step where a price depends on the size of one request;
            None takes the base price.
    """
    if provider is None:
        return None
    # Imported late: it takes 0.3 s, and a scenario that brings all its facts never needs it.
    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415
    from genai_prices.types import TieredPrices  # noqa: PLC0415

    try:
        _, found = get_snapshot().find_provider_model(model, None, provider, None)
    except LookupError:
        return None
    prices = found.get_prices(datetime.combine(on, time(), UTC))

    def per_million(rate: Decimal | TieredPrices | None) -> Decimal | None:
        if not isinstance(rate, TieredPrices):
            return rate
        steps = [step for step in rate.tiers if (tokens_per_request or 0) > step.start]
        return max(steps, key=lambda step: step.start).price if steps else rate.base

    input_rate = per_million(prices.input_mtok)
    output_rate = per_million(prices.output_mtok)
    if input_rate is None:
        price = None
    else:
        # Embeddings have no output; whatever is planned as output costs as input does.
        price = Price(
            input=input_rate,
            cached_input=per_million(prices.cache_read_mtok),
            output=input_rate if output_rate is None else output_rate,
        )
    return ModelFacts(name=found.id, price=price, context_window=found.context_window)


@functools.cache
def known_models(provider: str | None) -> tuple[str, ...]:
    """Names of a provider's models that have a price per token, as far as prices reach."""
    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415

    found = next((known for known in get_snapshot().providers if known.id == provider), None)
    names = [model.id for model in found.models] if found else []
    # Some names only stand for a family and match no model of their own.
    known = ((name, look_up(name, provider, _LATEST)) for name in names)
    return tuple(name for name, facts in known if facts and facts.price)
