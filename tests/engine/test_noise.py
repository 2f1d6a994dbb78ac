"""Days that differ: the factor of a day is its own, for ever."""

from typing import Any

import numpy as np
import pytest

import tierlogic as tl
from tests.answer.plans import buy, plan, use
from tierlogic.capacity import per_minute


def noisy(spread: float = 0.4, seed: int = 7, **changes: Any) -> tl.Scenario:
    fields: dict[str, Any] = {
        "opening_tier": "Tier 1",
        "purchases": [buy(1, "1000")],
        "usage": [use(2)],
        "noise": tl.Noise(spread=spread, seed=seed),
    }
    return plan(**{**fields, **changes})


def wanted(scenario: tl.Scenario) -> list[float]:
    tokens: list[float] = tl.project(scenario).daily["tokens_wanted"].tolist()
    return tokens


def test_the_factors_are_the_same_for_ever() -> None:
    # Links rely on them. $2 a day are 400,000 tokens.
    factors = [tokens / 400_000 for tokens in wanted(noisy(days=5))]
    assert factors == pytest.approx(
        [
            1.7808136810977886,
            0.775913796731298,
            0.9402909498838982,
            1.0863103317392475,
            0.6851310806939335,
        ],
        rel=1e-12,
    )


def test_their_mean_is_1_and_their_spread_the_one_asked_for() -> None:
    factors = np.array(wanted(noisy(days=3660))) / 400_000
    # The mean of 3,660 factors lies within 3 * 0.4 / sqrt(3660) = 0.02 of 1, their spread about so.
    assert factors.mean() == pytest.approx(1, abs=0.02)
    assert factors.std() == pytest.approx(0.4, abs=0.03)


def test_no_spread_is_no_noise() -> None:
    assert wanted(noisy(spread=0)) == wanted(noisy(noise=None))


def test_another_seed_makes_other_days() -> None:
    assert wanted(noisy(seed=8)) != wanted(noisy())


def test_a_day_is_the_same_in_a_longer_plan() -> None:
    assert wanted(noisy(days=3660))[:30] == wanted(noisy(days=30))


def test_a_day_is_the_same_beside_other_plans() -> None:
    # 42 plans of 900 days are walked in several runs of days, one plan in a single run.
    alone, calm = noisy(days=900), noisy(noise=None, days=900)
    others = [noisy(seed=seed, days=900) for seed in range(40)]
    *_, noisy_beside, calm_beside = tl.project_many([*others, alone, calm], keep_days=range(900))
    for beside, plan_alone in ((noisy_beside, alone), (calm_beside, calm)):
        (projection,) = tl.project_many([plan_alone], keep_days=range(900))
        assert beside.money_kept("used").tolist() == projection.money_kept("used").tolist()
        assert beside.unlocks == projection.unlocks


def test_all_lines_share_the_factor_of_a_day() -> None:
    two = wanted(noisy(usage=[use(2), use(4)]))
    assert two == pytest.approx([3 * tokens for tokens in wanted(noisy())])


def test_noise_comes_on_top_of_weekends_and_growth() -> None:
    changes: dict[str, Any] = {"weekend_factor": 0.5, "usage": [use(2, growth_per_30_days=0.5)]}
    factors = [tokens / 400_000 for tokens in wanted(noisy())]
    plain = wanted(noisy(noise=None, **changes))
    assert wanted(noisy(**changes)) == pytest.approx(
        [tokens * factor for tokens, factor in zip(plain, factors, strict=True)]
    )


def test_the_need_a_minute_follows_the_noise() -> None:
    projection = tl.project(noisy())
    need = per_minute(projection)["tpm_average"] * 24 * 60
    assert need.tolist() == pytest.approx(projection.daily["tokens_wanted"].tolist())
