"""Published links with the figures that they must show for ever. The list is v1.txt."""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

import tierlogic as tl
from tierlogic.answer import READINGS, answer
from tierlogic.links import Asked, OpenedLink, open_link, parameters_of
from tierlogic.links.names import LETTERS, written
from tierlogic.scenario import Purchase, Scenario

LIST = Path(__file__).parent / "v1.txt"
INDENT = "  "
_MONEY = ("used", "paid", "balance", "cost", "purchased", "recharged", "invoice_paid", "lapsed")
_TOKENS = ("tokens_wanted", "tokens_served")
_EDGE = 0.3183
"""Where one step of a digest ends and the next begins: at no round figure of a plan."""


@dataclass(frozen=True)
class Published:
    """One block of the list."""

    name: str
    link: str
    figures: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([self.name, self.link, *(INDENT + line for line in self.figures)])


def published_links() -> list[Published]:
    """Read the list: blocks between blank lines; lines that begin with # are for its reader."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    return [_block(*block.split("\n")) for block in text.strip("\n").split("\n\n")]


def _block(name: str, link: str, *figures: str) -> Published:
    return Published(name, link, tuple(line.removeprefix(INDENT) for line in figures))


def opened(link: str) -> OpenedLink:
    """Open a link that has nothing to be repaired.

    Raises:
        LinkError: it has.
    """
    found = open_link(parameters_of(link))
    if found.scenario is None or found.problems:
        raise tl.LinkError(found.problems)
    return found


def figures_of(link: str) -> tuple[str, ...]:
    """Compute the figures that a link shows, one line each."""
    found = opened(link)
    assert found.scenario is not None
    return tuple(_figures(found.scenario, found.asked))


def _figures(scenario: Scenario, asked: Asked) -> Iterator[str]:
    if asked.others:
        yield from _of_comparison((scenario, *asked.others), asked.base)
    else:
        yield from _of_plan(scenario)
    if asked.goal:
        yield from _of_goal(scenario, asked.goal)
    if asked.within:
        yield from _of_ranges(scenario, asked.within)


def _of_plan(scenario: Scenario) -> Iterator[str]:
    answered = answer(scenario)
    tier = answered.next_tier
    if tier:
        days = [_day(answered.by_reading[reading].unlock(tier).on) for reading in READINGS]
        yield f"next {tier}: used {days[0]}, paid {days[1]}"
    else:
        yield "next none"
    for reading in READINGS:
        projection = answered.by_reading[reading]
        opens = [f"{unlock.tier} {_day(unlock.on)}" for unlock in projection.unlocks]
        yield f"{reading} opens {', '.join(opens)}"
        yield f"{reading} ends {_end(projection)}"
        yield f"{reading} days {_digest(projection)}"


def _of_comparison(plans: tuple[Scenario, ...], base: int) -> Iterator[str]:
    unlocks = tl.compare(plans, base).unlocks
    for number, (letter, plan) in enumerate(zip(LETTERS, plans, strict=False)):
        yield from (f"{letter} {line}" for line in _of_plan(plan))
        if number == base:
            yield f"{letter} is the base"
            continue
        rows = unlocks[unlocks["plan"] == number]
        later = [
            f"{tier} {'-' if math.isnan(days) else f'{days:+.0f}'}"
            for tier, days in zip(rows["tier"], rows["days_later"], strict=True)
        ]
        yield f"{letter} days later {', '.join(later)}"


def _of_goal(scenario: Scenario, goal: tl.Goal) -> Iterator[str]:
    found = tl.target(scenario, goal)
    for reading in READINGS:
        ways = found.by_reading[reading]
        buys = ways.schedule.value
        yield (
            f"goal {found.tier} {reading}: earliest {_day(ways.earliest.value)}, "
            f"tokens {written(ways.tokens_per_day.value)}, prepay {written(ways.prepay.value)}, "
            f"buys {'none' if buys is None else ' + '.join(map(_buy, buys)) or 'nothing'}"
        )


def _of_ranges(scenario: Scenario, within: tl.Ranges) -> Iterator[str]:
    found = tl.ranges(scenario, within)
    for reading in READINGS:
        for tier in found.tiers[reading]:
            days = ", ".join(_day(day) for day in (tier.earliest, tier.likely, tier.latest))
            draws = f"{tier.share * within.draws:.0f} of {within.draws}"
            yield f"range {tier.tier} {reading}: {days}, {draws}"


def _day(day: object) -> str:
    return str(day) if day else "never"


def _buy(purchase: Purchase) -> str:
    parts = (purchase.on, purchase.amount, purchase.every, purchase.times)
    return "_".join(written(part) for part in parts if part)


def _end(projection: tl.Projection) -> str:
    last = projection.daily.iloc[-1]
    money = [f"{name} {Decimal(str(last[name])):.2f}" for name in ("used", "paid", "balance")]
    tokens = math.fsum(projection.daily["tokens_served"])
    return f"{', '.join(money)}, tokens served {tokens:.0f}"


def _digest(projection: tl.Projection) -> str:
    """Digest of all days: tier, money to the cent, tokens to ten-millionths of the plan's own."""
    daily = projection.daily
    unit = max(sum(line.tokens_per_day for line in projection.scenario.usage), 1.0) / 1e7
    digest = hashlib.sha256("\n".join(daily["tier"]).encode())
    for name in _MONEY:
        digest.update(np.rint(daily[name].to_numpy() * 100).astype("<i8").tobytes())
    for name in _TOKENS:
        digest.update(np.floor(daily[name].to_numpy() / unit + _EDGE).astype("<i8").tobytes())
    return digest.hexdigest()[:16]
