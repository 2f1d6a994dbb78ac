"""Many sessions on one server, beside as many on a server of a bare page."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path
from statistics import quantiles

from tests.benchmark.page import write_bare_page
from tests.browser.chromium import ROOT, Served, serve_page
from tests.browser.visitor import Visitor, visit

SESSIONS = 50
MEAN_SECONDS_OF_THOUGHT = 5
RERUNS_OF_ONE = 200
_PLAN = (
    "v=1&ladder=openai/2026-05&limits=openai/2026-09&start=2026-06-01&first_payment=2026-06-01"
    "&days=365&model=gpt-5.4&input_price=2.5&output_price=15&buy=2026-06-01_100"
)


def speed_of_many_sessions(*, quick: bool) -> Iterator[str]:
    """Compare the reruns of sessions that drag without pause, and the waits of users who think."""
    seconds_of_dragging, seconds_of_thinking = (5, 15) if quick else (20, 60)
    with _both_pages() as (bare, ours):
        dragged = [_dragged(served, seconds_of_dragging) for served in (bare, ours)]
        waited = [_waited(served, seconds_of_thinking) for served in (bare, ours)]
    yield f"{SESSIONS} sessions that drag without pause, for {seconds_of_dragging} seconds"
    yield f"  bare page (baseline): {dragged[0]:.1f} reruns a second"
    yield f"  app.py: {dragged[1]:.1f} reruns a second, {dragged[1] / dragged[0]:.2f} times it"
    yield (
        f"{SESSIONS} users who think {MEAN_SECONDS_OF_THOUGHT} seconds on average, "
        f"for {seconds_of_thinking} seconds"
    )
    bare_p95, our_p95 = (quantiles(waits, n=20)[-1] for waits in waited)
    yield f"  bare page (baseline): 95th percentile of the waits {bare_p95 * 1000:,.0f} ms"
    yield f"  app.py: {our_p95 * 1000:,.0f} ms, {our_p95 / bare_p95:.2f} of it"


def memory_of_sessions(*, quick: bool) -> Iterator[str]:
    """Compare what an open session holds and what its reruns add; then a day of reruns."""
    reruns_of_a_day = 1_000 if quick else 10_000
    with _both_pages() as (bare, ours):
        held = [_held_by_a_session(served) for served in (bare, ours)]
        grown = [_grown_over_reruns(served) for served in (bare, ours)]
        before, after = _over_a_day(ours, reruns_of_a_day)
    yield f"Memory of the server for each of {SESSIONS} open sessions"
    yield f"  bare page (baseline): {held[0] * 1000:,.0f} kB"
    yield f"  app.py: {held[1] * 1000:,.0f} kB, {held[1] / held[0]:.2f} times it"
    yield f"and its growth over {RERUNS_OF_ONE} reruns of one session"
    yield f"  bare page (baseline): {grown[0]:.1f} MB"
    yield f"  app.py: {grown[1]:.1f} MB{_times(grown[1], grown[0])}"
    yield f"A day of {reruns_of_a_day:,} reruns by {SESSIONS} sessions of app.py"
    yield f"  memory at the start (baseline): {before:.0f} MB"
    yield f"  at the end: {after:.0f} MB, {after / before:.2f} times it"


@contextmanager
def _both_pages() -> Iterator[tuple[Served, Served]]:
    """Serve the bare page and ours."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as until_the_end:
        bare, ours = (
            until_the_end.enter_context(serve_page(page))
            for page in (write_bare_page(Path(folder)), ROOT / "app.py")
        )
        yield bare, ours


@contextmanager
def _sessions(served: Served) -> Iterator[list[Visitor]]:
    """Open sessions, each with a plan of its own, so that none finds another's answer."""
    with ExitStack() as until_the_end, ThreadPoolExecutor(SESSIONS) as at_once:

        def arrive(number: int) -> Visitor:
            query = f"{_PLAN}&tokens={number + 1}00000"
            return until_the_end.enter_context(visit(served.address, query))

        yield list(at_once.map(arrive, range(SESSIONS)))


def _together(visitors: list[Visitor], act: Callable[[Visitor], list[float]]) -> list[float]:
    """Let all visitors act at once; return what each of them measured."""
    with ThreadPoolExecutor(len(visitors)) as at_once:
        return [measured for each in at_once.map(act, visitors) for measured in each]


def _dragged(served: Served, seconds: float) -> float:
    """Reruns a second of sessions that hold the thumb, wait for one and ask for the next."""
    with _sessions(served) as visitors:
        end = time.monotonic() + seconds

        def drag(visitor: Visitor) -> list[float]:
            stops = cycle(visitor.stops())
            waits = []
            while time.monotonic() < end:
                waits.append(visitor.drag_to(next(stops), held=True))
            return waits

        began = time.monotonic()
        reruns = len(_together(visitors, drag))
        return reruns / (time.monotonic() - began)


def _waited(served: Served, seconds: float) -> list[float]:
    """Seconds that each rerun took users who think in between."""
    with _sessions(served) as visitors:
        chance = random.Random(1)  # noqa: S311 - a fixed draw, no secret
        end = time.monotonic() + seconds

        def think_and_drag(visitor: Visitor) -> list[float]:
            stops = cycle(visitor.stops())
            waits: list[float] = []
            while True:
                thought = chance.expovariate(1 / MEAN_SECONDS_OF_THOUGHT)
                if time.monotonic() + thought > end:
                    return waits
                time.sleep(thought)
                waits.append(visitor.drag_to(next(stops)))

        return _together(visitors, think_and_drag)


def _held_by_a_session(served: Served) -> float:
    """Megabytes of the server for each open session, after a first one that loads all code."""
    with visit(served.address, _PLAN):
        before = served.megabytes()
        with _sessions(served) as visitors:
            return (served.megabytes() - before) / len(visitors)


def _grown_over_reruns(served: Served) -> float:
    """Megabytes that reruns of one session add, after some that fill what is kept."""
    with visit(served.address, f"{_PLAN}&tokens=700000") as visitor:
        stops = cycle(visitor.stops())
        for _ in range(RERUNS_OF_ONE // 2):
            visitor.drag_to(next(stops))
        before = served.megabytes()
        for _ in range(RERUNS_OF_ONE):
            visitor.drag_to(next(stops))
        return served.megabytes() - before


def _over_a_day(served: Served, reruns: int) -> tuple[float, float]:
    """Megabytes of the server before and after so many reruns."""
    with _sessions(served) as visitors:
        before = served.megabytes()

        def drag(visitor: Visitor) -> list[float]:
            stops = cycle(visitor.stops())
            return [visitor.drag_to(next(stops)) for _ in range(reruns // len(visitors))]

        _together(visitors, drag)
        return before, served.megabytes()


def _times(ours: float, bare: float) -> str:
    """The ratio, where the baseline is more than a rounding."""
    return f", {ours / bare:.2f} times it" if bare >= 0.1 else ""
