"""Tokens that were served, and those that were not, by cause: of one day or of many at once."""

from typing import NamedTuple

import numpy as np

from tierlogic.engine.block import Floats, Ints


class Spent(NamedTuple):
    """What days cost, in nano-dollars."""

    allowed: Ints
    """Cost of what the rate limits allow (step 6)."""
    under_cap: Ints
    """The same within the monthly cap (step 7)."""
    cost: Ints
    """What was served (step 8)."""


class Served(NamedTuple):
    """Tokens of days."""

    tokens_served: Floats
    tokens_rate_limited: Floats
    tokens_over_cap: Floats
    tokens_unfunded: Floats
    tokens_above_guaranteed: Floats
    """Served, but beyond what a soft limit guarantees."""


def served(wanted: Floats, allowed: Floats, above_guaranteed: Floats, spent: Spent) -> Served:
    """Split the tokens of days by what became of them; arrays of any one shape.

    Args:
        wanted: tokens that were wanted.
        allowed: within the rate limits.
        above_guaranteed: of those allowed, what a soft limit does not guarantee.
        spent: what the days cost; all lines shrink alike where money or a cap binds.
    """
    under_cap = allowed * _share(spent.under_cap, spent.allowed)
    tokens_served = under_cap * _share(spent.cost, spent.under_cap)
    return Served(
        tokens_served=tokens_served,
        tokens_rate_limited=wanted - allowed,
        tokens_over_cap=allowed - under_cap,
        tokens_unfunded=under_cap - tokens_served,
        tokens_above_guaranteed=above_guaranteed * _share(spent.cost, spent.allowed),
    )


def _share(part: Ints, whole: Ints) -> Floats:
    """What a bound left of a cost; all of it where there was none."""
    return np.divide(part, whole, out=np.ones(part.shape), where=whole > 0)
