"""The diary: every day of a block of accounts, as the walk enters it."""

from dataclasses import dataclass, field
from typing import Self

import numpy as np

from tierlogic.engine.block import Floats, Ints


@dataclass(frozen=True)
class Refusal:
    """A purchase that the tier in force forbade."""

    day: int
    nanos: int
    tier: int
    """The tier in force since the day before, which refused it."""
    why: str


@dataclass(frozen=True)
class Diary:
    """Every day of a block (days, scenarios); money in nano-dollars."""

    tier: Ints
    used: Ints
    paid: Ints
    balance: Ints
    cost_allowed: Ints
    """Cost of what the rate limits allow (step 6)."""
    cost_under_cap: Ints
    """The same within the monthly cap (step 7)."""
    cost: Ints
    """What was served (step 8)."""
    purchased: Ints
    recharged: Ints
    invoice_paid: Ints
    lapsed: Ints
    tokens_wanted: Floats
    tokens_allowed: Floats
    tokens_above_guaranteed: Floats
    """Of the tokens allowed, what soft limits do not guarantee."""
    refusals: dict[int, list[Refusal]] = field(default_factory=dict)
    """By scenario."""
    falls: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """By scenario: the day, and the number of the tier that was lost."""
    reopenings: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """By scenario: the day, and the number of the tier that opened again after a fall."""

    @classmethod
    def blank(cls, days: int, scenarios: int) -> Self:
        """Make a diary in which every day is still to be entered."""
        shape = days, scenarios

        def column() -> Ints:
            return np.zeros(shape, np.int64)

        return cls(
            tier=column(),
            used=column(),
            paid=column(),
            balance=column(),
            cost_allowed=column(),
            cost_under_cap=column(),
            cost=column(),
            purchased=column(),
            recharged=column(),
            invoice_paid=column(),
            lapsed=column(),
            tokens_wanted=np.zeros(shape),
            tokens_allowed=np.zeros(shape),
            tokens_above_guaranteed=np.zeros(shape),
        )
