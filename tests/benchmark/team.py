"""A team's day: many open pages of which some drag, through nginx, on two processes."""

import random
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from tests.benchmark.page import BARE_PAGE
from tests.browser.visitor import Visitor, visit
from tests.deploy.team import find_nginx, team_in

OPEN, DRAGGING = 200, 50
PLAN = (
    "v=1&ladder=openai/2026-05&limits=openai/2026-09&start=2026-06-01&first_payment=2026-06-01"
    "&model=gpt-5.4&input_price=2.5&output_price=15&buy=2026-06-01_100"
)
_ARRIVING_AT_ONCE = 8
_LEAST_PAUSE, _MOST_PAUSE = 2.0, 8.0
"""Seconds that a hand rests between two changes."""


@dataclass
class Load:
    """What came of it."""

    seconds: list[float] = field(default_factory=list)
    """Of each rerun."""
    errors: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    """Of both processes: with all pages open, and at the end."""


def load_of_a_team(*, quick: bool) -> Iterator[str]:
    """Compare a bare page and ours under the same load, in the same installation."""
    if find_nginx() is None:
        yield "A team's load: left out, there is no nginx"
        return
    duration = 30 if quick else 600
    bare = _loaded(BARE_PAGE, min(duration, 120))
    ours = _loaded(None, duration)
    yield f"{OPEN} pages open through nginx, {DRAGGING} of them dragging, for {duration} seconds"
    yield "  baseline: a bare page in the place of app.py, under the same load"
    yield f"  errors: {len(ours.errors)} in {len(ours.seconds):,} reruns"
    yield from (f"    {error}" for error in sorted(set(ours.errors))[:5])
    yield f"  median: {median(ours.seconds) / median(bare.seconds):.2f} of the baseline"
    for percent in (90, 99):
        ratio = _percentile(ours.seconds, percent) / _percentile(bare.seconds, percent)
        yield f"  percentile {percent}: {ratio:.2f} of the baseline"
    before, after = ours.megabytes
    yield f"  memory of both processes at the end: {after / before:.2f} of that before the drags"


def _loaded(script: str | None, duration: float) -> Load:
    """Put an installation under load, with a script of its own in the place of app.py if given."""
    load = Load()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_until_the_end:
        team = open_until_the_end.enter_context(team_in(Path(folder), page=script))

        def arrive(number: int) -> Visitor:
            visitor = visit(team.address, f"{PLAN}&tokens={number + 1}0000", team.trust)
            return open_until_the_end.enter_context(visitor)

        with ThreadPoolExecutor(_ARRIVING_AT_ONCE) as at_the_door:
            visitors = list(at_the_door.map(arrive, range(OPEN)))
        load.megabytes.append(team.megabytes())
        end = time.monotonic() + duration
        with ThreadPoolExecutor(DRAGGING) as hands:
            for number, visitor in enumerate(visitors[:DRAGGING]):
                hands.submit(_drag, visitor, number, end, load)
        load.megabytes.append(team.megabytes())
        load.errors += _lost(visitors[DRAGGING:])
    return load


def _drag(visitor: Visitor, number: int, end: float, load: Load) -> None:
    chance = random.Random(number)  # noqa: S311 - a fixed draw, no secret
    stops = list(visitor.stops())
    while time.monotonic() < end:
        time.sleep(chance.uniform(_LEAST_PAUSE, _MOST_PAUSE))
        try:
            load.seconds.append(visitor.drag_to(chance.choice(stops)))
        except Exception as error:
            load.errors.append(f"{type(error).__name__}: {error}")
            return


def _lost(resting: list[Visitor]) -> Iterator[str]:
    """Name the pages that only rested and do not answer any more."""
    for visitor in resting:
        try:
            visitor.rerun()
        except Exception as error:
            yield f"{type(error).__name__}: {error}"


def _percentile(seconds: list[float], percent: int) -> float:
    return quantiles(seconds, n=100)[percent - 1]
