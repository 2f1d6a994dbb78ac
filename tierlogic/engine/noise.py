"""Day-to-day noise: a factor on the tokens of each day."""

from collections.abc import Sequence

import numpy as np

from tierlogic.engine.block import Floats
from tierlogic.scenario import Noise, Scenario


def factors_by_day(scenarios: Sequence[Scenario]) -> Floats | None:
    """Factors of scenarios of equal length (days, scenarios); None where no day differs.

    The factor of a day is that day's own number in the stream of the scenario's seed, whatever
    the length of the plan and whatever stands beside it.
    """
    distinct = {
        noise: index for index, noise in enumerate(dict.fromkeys(s.noise for s in scenarios))
    }
    if set(distinct) == {None}:
        return None
    # Of NumPy's generators only this one has a stream that is frozen (NEP 19): links keep figures.
    stream = np.random.RandomState(0)
    found = np.array([_factors(noise, scenarios[0].days, stream) for noise in distinct])
    factors: Floats = found[[distinct[s.noise] for s in scenarios]].T
    return factors


def _factors(noise: Noise | None, days: int, stream: np.random.RandomState) -> Floats:
    if noise is None:
        return np.ones(days)
    stream.seed(noise.seed)
    variance = np.log1p(noise.spread**2)
    factors: Floats = np.exp(np.sqrt(variance) * stream.standard_normal(days) - variance / 2)
    return factors
