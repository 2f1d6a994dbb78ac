"""A rerun of the page beside one of a bare page, over its websocket."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles

from tests.benchmark.script import WHOLE, times_of_a_rerun
from tests.browser.chromium import ROOT, serve_page
from tests.browser.visitor import Visitor, visit

BARE_PAGE = """\
import altair as alt
import pandas as pd
import streamlit as st

top = st.slider("Top", 0, 1000, 100, key="prepay")
dates = pd.date_range("2026-01-01", periods=365)
points = pd.DataFrame({"date": dates, "value": [top * day / 365 for day in range(365)]})
st.altair_chart(alt.Chart(points).mark_line().encode(x="date:T", y="value:Q"))
"""

_PAUSE = 0.3
"""Seconds between reruns, so that none waits for what the one before it leaves to clean up."""


def speed_of_a_rerun(*, quick: bool) -> Iterator[str]:
    """Compare the reruns of both pages after a change of their slider, in turns."""
    repeats = 30 if quick else 100
    with ExitStack() as open_until_the_end, tempfile.TemporaryDirectory() as folder:
        bare, ours = (
            open_until_the_end.enter_context(_visited(page))
            for page in (write_bare_page(Path(folder)), ROOT / "app.py")
        )
        times: dict[Visitor, list[float]] = {bare: [], ours: []}
        # No value twice, so that no answer to an earlier one is at hand.
        stops = {visitor: visitor.stops() for visitor in times}
        for visitor in (bare, ours) * 3:
            visitor.drag_to(next(stops[visitor]))
        for visitor in (bare, ours) * repeats:
            time.sleep(_PAUSE)
            times[visitor].append(visitor.drag_to(next(stops[visitor])))
        sizes = {visitor: (visitor.messages_read, visitor.bytes_read) for visitor in times}
    bare_median, our_median = median(times[bare]), median(times[ours])
    bare_p90, our_p90 = _p90(times[bare]), _p90(times[ours])
    yield f"A rerun after a change of a slider, {repeats} of each page in turns"
    yield "  bare page, one slider and one chart of 365 points, default settings (baseline):"
    yield f"  median {bare_median * 1000:.0f} ms, 90th percentile {bare_p90 * 1000:.0f} ms"
    yield f"  app.py: median {our_median * 1000:.0f} ms, {our_median / bare_median:.2f} of it"
    yield f"  app.py: 90th percentile {our_p90 * 1000:.0f} ms, {our_p90 / bare_p90:.2f} of it"
    yield "  what one rerun sends:"
    for name, visitor in (("bare page (baseline)", bare), ("app.py", ours)):
        messages, size = sizes[visitor]
        ratio = "" if visitor is bare else f", {size / sizes[bare][1]:.2f} times it"
        yield f"    {name}: {messages} messages, {size / 1000:.1f} kB{ratio}"
    script = times_of_a_rerun(repeats)
    yield "  where the time of app.py goes (its script measured in this process):"
    yield from (f"    {part}: {_share(taken, our_median)}" for part, taken in script.items())
    rest = our_median - script[WHOLE]
    yield f"    the rest, serialisation, network and the visitor: {_share(rest, our_median)}"


def write_bare_page(folder: Path) -> Path:
    """Write the baseline into a folder without settings."""
    page = folder / "bare.py"
    page.write_text(BARE_PAGE, encoding="utf-8")
    return page


@contextmanager
def _visited(page: Path) -> Iterator[Visitor]:
    """Serve a page and open it."""
    with serve_page(page) as served, visit(served.address) as visitor:
        yield visitor


def _share(taken: float, whole: float) -> str:
    return f"{taken * 1000:.1f} ms, {taken / whole:.2f} of the rerun"


def _p90(times: list[float]) -> float:
    return quantiles(times, n=10)[-1]
