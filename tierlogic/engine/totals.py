"""Totals of a walk: its days added up one after the other, so that no batch changes a sum."""

from dataclasses import dataclass, field
from typing import Self

import numpy as np

from tierlogic.engine.block import NEVER, Floats, Ints
from tierlogic.engine.served import Served, Spent


@dataclass
class Totals:
    """Sums over all days (scenarios), and days on which things happened; money in nano-dollars."""

    first_tier: Ints
    """The tier in force on the first day."""
    last_tier: Ints
    purchased: Ints
    recharged: Ints
    invoice_paid: Ints
    lapsed: Ints
    tokens_wanted: Floats
    tokens_served: Floats
    tokens_rate_limited: Floats
    tokens_over_cap: Floats
    tokens_unfunded: Floats
    tokens_above_guaranteed: Floats
    ran_out_on: Ints
    """Day on which the credit first came to its end while more was wanted; NEVER without one."""
    first_capped_on: Ints
    """First day on which a monthly cap held usage back; NEVER without one."""
    last_capped_on: Ints
    _went_down_on: Ints = field(repr=False)
    """The last day so far on which credit was used or lapsed; NEVER before there is one."""

    @classmethod
    def none_yet(cls, scenarios: int) -> Self:
        """Begin with nothing."""

        def amounts() -> Ints:
            return np.zeros(scenarios, np.int64)

        def tokens() -> Floats:
            return np.zeros(scenarios)

        def days() -> Ints:
            return np.full(scenarios, NEVER)

        return cls(
            first_tier=amounts(),
            last_tier=amounts(),
            purchased=amounts(),
            recharged=amounts(),
            invoice_paid=amounts(),
            lapsed=amounts(),
            tokens_wanted=tokens(),
            tokens_served=tokens(),
            tokens_rate_limited=tokens(),
            tokens_over_cap=tokens(),
            tokens_unfunded=tokens(),
            tokens_above_guaranteed=tokens(),
            ran_out_on=days(),
            first_capped_on=days(),
            last_capped_on=days(),
            _went_down_on=days(),
        )

    def add_tokens(self, wanted: Floats, of_day: Served) -> None:
        """Add the tokens of a day."""
        self.tokens_wanted += wanted
        for name, tokens in of_day._asdict().items():
            total: Floats = getattr(self, name)
            total += tokens

    def note_day(self, day: int, tier: Ints, spent: Spent, lapsed: Ints) -> None:
        """Note what held a day's usage back, and the tier in force."""
        if day == 0:
            self.first_tier = tier
        self.last_tier = tier
        capped = spent.under_cap < spent.allowed
        self.first_capped_on = np.where(
            capped, np.minimum(self.first_capped_on, day), self.first_capped_on
        )
        self.last_capped_on = np.where(capped, day, self.last_capped_on)
        self._went_down_on = np.where(spent.cost + lapsed > 0, day, self._went_down_on)
        runs_out = (spent.cost < spent.under_cap) & (self.ran_out_on == NEVER)
        # A day on which nothing is left is not the one on which the credit came to its end.
        ended_on = np.where(self._went_down_on == NEVER, day, self._went_down_on)
        self.ran_out_on = np.where(runs_out, ended_on, self.ran_out_on)
