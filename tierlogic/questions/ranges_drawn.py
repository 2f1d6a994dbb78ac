"""Ranges of what is uncertain in a plan, and plans drawn from within them."""

from decimal import Decimal
from typing import Annotated, Any

import numpy as np
from pydantic import Field, ValidationInfo, field_validator

from tierlogic.engine.block import Floats
from tierlogic.language import number, say
from tierlogic.money import MAX_USD_PER_MILLION
from tierlogic.prices import Price
from tierlogic.scenario import (
    MAX_SEED,
    MAX_TOKENS_PER_DAY,
    Noise,
    Plan,
    Scenario,
    Share,
    UsageLine,
)

MIN_DRAWS, MAX_DRAWS = 100, 2_000

Number = Annotated[float, Field(allow_inf_nan=False)]
Change = tuple[Number, Number]
"""The lowest and the highest change of a plan's own figure, which is the expected one."""

_BOUNDS = {"tokens": (-1, 9), "price": (-1, 9), "growth": (-1, 10), "output_share": (-1, 1)}
_LEAST_GROWTH, _MOST_GROWTH = -0.9, 10.0
_NO_CHANGE: Change = (0.0, 0.0)
_PRICE_DIGITS = Decimal("1e-12")


class Ranges(Plan):
    """How far what is uncertain may lie from the plan, which itself is what is expected.

    Every change applies to all usage lines alike. Between its lowest and its highest value each
    change has a triangular distribution with its peak at no change.
    """

    tokens: Change = _NO_CHANGE
    """Of tokens per day, in parts of them: (-0.2, 0.5) is 20% fewer to 50% more."""
    price: Change = _NO_CHANGE
    """Of all prices, in parts of them."""
    growth: Change = _NO_CHANGE
    """Added to the growth per 30 days: (-0.05, 0.1) turns 10% into 5% to 20%."""
    output_share: Change = _NO_CHANGE
    """Added to the share of output: (-0.1, 0.1) turns 25% into 15% to 35%."""
    noise: Share = 0.0
    """Standard deviation of a day's tokens, in parts of their mean. 0: the plan's own noise."""
    lag_days: tuple[int, int] | None = None
    """Least and most days to an activation, each as likely. None: as many as the plan has."""
    draws: Annotated[int, Field(ge=MIN_DRAWS, le=MAX_DRAWS)] = 1_000
    seed: Annotated[int, Field(ge=0, le=MAX_SEED)] = 1

    @field_validator("tokens", "price", "growth", "output_share")
    @classmethod
    def _the_plan_lies_within(cls, change: Change, info: ValidationInfo) -> Change:
        low, high = change
        given = {"low": number(low, "g"), "high": number(high, "g")}
        if low > high:
            raise ValueError(
                say("runs from {low} down to {high}; give the lower change first", **given)
            )
        if not low <= 0 <= high:
            raise ValueError(
                say(
                    "runs from {low} to {high}, without the plan itself; "
                    "give a low of 0 or less and a high of 0 or more",
                    **given,
                )
            )
        least, most = _BOUNDS[str(info.field_name)]
        if low < least or high > most:
            raise ValueError(
                say(
                    "runs from {low} to {high}; stay within {least} and {most}",
                    least=least,
                    most=most,
                    **given,
                )
            )
        return change

    @field_validator("lag_days")
    @classmethod
    def _least_comes_first(cls, lag_days: tuple[int, int] | None) -> tuple[int, int] | None:
        if lag_days is not None and not 0 <= lag_days[0] <= lag_days[1] <= 365:
            least, most = lag_days
            raise ValueError(
                say(
                    "runs from {least} to {most} days; give whole days from 0 to 365, "
                    "the least first",
                    least=least,
                    most=most,
                )
            )
        return lag_days


def drawn(scenario: Scenario, within: Ranges) -> list[Scenario]:
    """Draw plans around a plan. Draw number n is the same however many there are."""
    # Of NumPy's generators only this one has a stream that is frozen (NEP 19): the same inputs
    # give the same figures for ever.
    chances = np.random.RandomState(within.seed).random_sample((within.draws, 6)).T
    changes = zip(
        _triangular(within.tokens, chances[0]),
        _triangular(within.price, chances[1]),
        _triangular(within.growth, chances[2]),
        _triangular(within.output_share, chances[3]),
        strict=True,
    )
    others = zip(_lags(scenario, within, chances[4]), _seeds(chances[5]), strict=True)
    return [
        scenario.model_copy(
            update={
                "usage": tuple(_changed(line, *change) for line in scenario.usage),
                "lag_days": lag_days,
                "noise": Noise(spread=within.noise, seed=seed) if within.noise else scenario.noise,
            }
        )
        for change, (lag_days, seed) in zip(changes, others, strict=True)
    ]


def _triangular(change: Change, chances: Floats) -> list[float]:
    """Quantiles of a triangular distribution whose peak is at 0."""
    low, high = change
    width = high - low
    below = low + np.sqrt(chances * width * -low)
    above = high - np.sqrt((1 - chances) * width * high)
    quantiles: list[float] = np.where(chances * width < -low, below, above).tolist()
    return quantiles


def _lags(scenario: Scenario, within: Ranges, chances: Floats) -> list[int]:
    least, most = within.lag_days or (scenario.lag_days, scenario.lag_days)
    lags: list[int] = (least + np.floor(chances * (most - least + 1))).astype(int).tolist()
    return lags


def _seeds(chances: Floats) -> list[int]:
    seeds: list[int] = np.floor(chances * (MAX_SEED + 1)).astype(int).tolist()
    return seeds


def _changed(
    line: UsageLine, tokens: float, price: float, growth: float, output_share: float
) -> UsageLine:
    changes: dict[str, Any] = {
        "tokens_per_day": min(line.tokens_per_day * (1 + tokens), MAX_TOKENS_PER_DAY),
        "growth_per_30_days": min(
            max(line.growth_per_30_days + growth, _LEAST_GROWTH), _MOST_GROWTH
        ),
        "output_share": min(max(line.output_share + output_share, 0.0), 1.0),
    }
    if line.price and price:
        changes["price"] = _dearer(line.price, 1 + Decimal(str(price)))
    return line.model_copy(update=changes)


def _dearer(price: Price, factor: Decimal) -> Price:
    def times(usd_per_million: Decimal) -> Decimal:
        return min((usd_per_million * factor).quantize(_PRICE_DIGITS), Decimal(MAX_USD_PER_MILLION))

    cached = price.cached_input
    return price.model_copy(
        update={
            "input": times(price.input),
            "cached_input": None if cached is None else times(cached),
            "output": times(price.output),
        }
    )
