"""What held each tier: what came last, or what is still missing."""

from typing import Literal

import numpy as np

from tierlogic.engine.block import NEVER, Block, Bools, Ints
from tierlogic.engine.opening import can_hold, needs_a_payment, waits
from tierlogic.rules.ladder import OnDayOfMonth, Tier

HeldBy = Literal["money", "waiting", "both", "evaluation", "fact"]

HELD_BY: tuple[HeldBy | None, ...] = (None, "money", "waiting", "both", "evaluation", "fact")
_NOTHING, _MONEY, _WAITING, _BOTH, _EVALUATION, _FACT = range(len(HELD_BY))


def what_held(
    block: Block,
    opened_on: Ints,
    opened_at_opening: Bools,
    money_met_on: Ints,
    wait_over_on: Ints,
    *,
    lacks_money: Bools,
) -> Ints:
    """Return what held each tier with gates, as its place in HELD_BY.

    Args:
        block: S accounts on a ladder with G such tiers.
        opened_on: day of the unlock (G, S); NEVER where none comes within the horizon.
        opened_at_opening: open before the first payment of the simulation was looked at (G, S).
        money_met_on: day on which the money gates were first met (G, S).
        wait_over_on: day on which the waiting is over (G, S).
        lacks_money: whether money is missing after the last day (G, S).
    """
    rows = [
        np.where(
            opened_on[row] == NEVER,
            _still_missing(block, tier, wait_over_on[row], lacks_money[row]),
            np.where(
                opened_at_opening[row],
                _NOTHING,
                _came_last(block, tier, opened_on[row], money_met_on[row], wait_over_on[row]),
            ),
        )
        for row, tier in enumerate(block.ladder.tiers[1:])
    ]
    return np.array(rows, np.int64).reshape(opened_on.shape)


def _came_last(block: Block, tier: Tier, on: Ints, money_met_on: Ints, wait_over_on: Ints) -> Ints:
    """What an unlock waited for; nothing where the tier came along with a higher one."""
    until = _waited_until(tier, wait_over_on)
    ready = np.maximum(money_met_on, until)
    at_once = _BOTH if waits(tier.opens_when) else _MONEY
    last = np.where(
        money_met_on == until, at_once, np.where(money_met_on > until, _MONEY, _WAITING)
    )
    came_along = (ready > on) | _lacks_a_fact(block, tier)
    return np.where(came_along, _NOTHING, np.where(on > ready, _later(block, tier), last))


def _still_missing(block: Block, tier: Tier, wait_over_on: Ints, lacks_money: Bools) -> Ints:
    if tier.is_opaque:
        return np.full(len(block.scenarios), _NOTHING)
    lacks_time = _waited_until(tier, wait_over_on) >= block.days
    lacks = np.where(
        lacks_money,
        np.where(lacks_time, _BOTH, _MONEY),
        np.where(lacks_time, _WAITING, _later(block, tier)),
    )
    return np.where(_lacks_a_fact(block, tier), _FACT, lacks)


def _later(block: Block, tier: Tier) -> Ints:
    """What keeps a tier back whose money and time each came: no look, or not both at once."""
    given_on_a_day = isinstance(block.ladder.activation, OnDayOfMonth)
    unseen = (block.lag_days > 0) | block.at_payment | given_on_a_day
    windows_move = any(gate.over != "lifetime" for gate in tier.money_gates)
    apart = _WAITING if tier.waiting_gates and not windows_move else _MONEY
    return np.where(unseen, _EVALUATION, apart)


def _waited_until(tier: Tier, wait_over_on: Ints) -> Ints:
    """The end of the wait: a tier that asks for no payment and no time has none."""
    waits_at_all = needs_a_payment(tier) or waits(tier.opens_when)
    return wait_over_on if waits_at_all else np.full_like(wait_over_on, -NEVER)


def _lacks_a_fact(block: Block, tier: Tier) -> Bools:
    """Who cannot open a tier by money and time, for want of a fact that it asks for."""
    lacks = [scenario.lacks for scenario in block.scenarios]
    return np.array([bool(each) and not can_hold(tier.opens_when, each) for each in lacks])
