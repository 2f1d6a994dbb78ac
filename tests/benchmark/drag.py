"""A slider of the page in Chromium beside that of a bare page: load, one step, a drag."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, CDPSession, Locator, Page, sync_playwright

from tests.benchmark.page import BARE_PAGE
from tests.browser.chromium import ROOT, Served, find_chromium, serve_page

_STEPS = 30
_SECONDS_OF_A_DRAG = 5
_AT_REST_MS = 600
"""Between steps, so that none waits for what the one before it leaves to do."""
_BETWEEN_MOVES_MS = 16
"""As a mouse reports them."""

# The moment of each frame that shows a changed chart, and of the last key press.
_NOTE_FRAMES = """
() => {
  window.painted = []
  const observer = new MutationObserver(() =>
    requestAnimationFrame((frame) => painted.at(-1) === frame || painted.push(frame)))
  for (const chart of document.querySelectorAll("[data-testid=stVegaLiteChart]"))
    observer.observe(chart, { subtree: true, childList: true, attributes: true })
  addEventListener("keydown", () => (window.pressed = performance.now()), true)
}
"""


def speed_of_a_drag(*, quick: bool) -> Iterator[str]:
    """Compare what the user of both pages sees after an input, in turns."""
    path = find_chromium()
    if path is None:
        yield "A drag in a browser: needs Chromium"
        return
    loads = 2 if quick else 5
    with ExitStack() as until_the_end, tempfile.TemporaryDirectory() as folder:
        bare_page = Path(folder) / "bare.py"
        bare_page.write_text(BARE_PAGE, encoding="utf-8")
        bare, ours = (
            until_the_end.enter_context(serve_page(page)) for page in (bare_page, ROOT / "app.py")
        )
        chromium = until_the_end.enter_context(sync_playwright()).chromium
        browser = chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        first: dict[Served, list[float]] = {bare: [], ours: []}
        for served in (bare, ours) * (loads + 1):
            first[served].append(_first_load(browser, served))
        bare_tab, our_tab = (_open(browser, served) for served in (bare, ours))
        steps: dict[Page, list[float]] = {bare_tab: [], our_tab: []}
        told = [_told_by(tab) for tab in (bare_tab, our_tab)]
        busy_before = [_busy(tab) for tab in told]
        for tab in (bare_tab, our_tab) * _STEPS:
            steps[tab].append(_step(tab))
        bare_busy, our_busy = (
            {part: (after[part] - before[part]) / _STEPS * 1000 for part in before}
            for before, after in zip(busy_before, map(_busy, told), strict=True)
        )
        gaps = _drag(our_tab)
        browser.close()
    # A server's first visitor waits for its imports: not counted.
    bare_load, our_load = (median(first[served][1:]) for served in (bare, ours))
    bare_step, our_step = (median(steps[tab]) for tab in (bare_tab, our_tab))
    bare_p90, our_p90 = (quantiles(steps[tab], n=10)[-1] for tab in (bare_tab, our_tab))
    yield "In Chromium, app.py beside a bare page in turns (one slider, one chart of 365 points,"
    yield "built anew each run, default settings: baseline)"
    yield f"  first load to painted charts, {loads} each: {our_load / bare_load:.2f} of it"
    yield f"  one step of the slider to painted charts, {_STEPS} each:"
    yield f"  median {our_step / bare_step:.2f}, 90th percentile {our_p90 / bare_p90:.2f} of it"
    yield "  what a step keeps the browser's main thread busy with, before and after the paint:"
    for part, ours_ms in our_busy.items():
        yield f"    {part}: {ours_ms:.0f} ms, {_ratio(ours_ms, bare_busy[part])}"
    if len(gaps) < 2:
        yield "  a drag: no update was painted before the release"
        return
    gap, gap_p90 = median(gaps), quantiles(gaps, n=10)[-1]
    yield f"  a drag of {_SECONDS_OF_A_DRAG} s: {len(gaps) + 1} updates painted before the release,"
    yield f"  time between two: median {gap / our_step:.2f} of a step of app.py (90th percentile"
    yield f"  {gap_p90 / our_p90:.2f}), {gap / bare_step:.2f} of one of the bare page"


def _told_by(tab: Page) -> CDPSession:
    """Let the browser count what a tab does."""
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable")
    return session


def _busy(tab: CDPSession) -> dict[str, float]:
    """Seconds that the main thread of a tab has been busy so far, by what it did."""
    told = tab.send("Performance.getMetrics")["metrics"]
    metrics = {metric["name"]: metric["value"] for metric in told}
    script, style_and_layout = (
        metrics["ScriptDuration"],
        metrics["RecalcStyleDuration"] + metrics["LayoutDuration"],
    )
    return {
        "script (React, Vega)": script,
        "style and layout": style_and_layout,
        "the rest (paint, messages, memory)": metrics["TaskDuration"] - script - style_and_layout,
    }


def _ratio(ours: float, bare: float) -> str:
    """How it compares, where the baseline is more than a rounding."""
    return (
        f"{ours / bare:.2f} of the bare page's" if bare >= 1 else f"the bare page's {bare:.1f} ms"
    )


def _first_load(browser: Browser, served: Served) -> float:
    """Milliseconds in a fresh browser profile."""
    began = time.perf_counter()
    tab = _open(browser, served)
    taken = (time.perf_counter() - began) * 1000
    tab.context.close()
    return taken


def _open(browser: Browser, served: Served) -> Page:
    """Open a page, and wait until its charts are painted."""
    tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    tab.goto(served.address)
    tab.wait_for_function(
        """() => {
          const charts = [...document.querySelectorAll("[data-testid=stVegaLiteChart]")]
          return charts.length && charts.every((chart) => chart.querySelector("svg, canvas"))
        }""",
        timeout=120_000,
    )
    return tab


def _step(tab: Page) -> float:
    """Press a key on the slider; milliseconds until its last chart is painted."""
    if not tab.evaluate("'painted' in window"):
        tab.evaluate(_NOTE_FRAMES)
    tab.bring_to_front()
    tab.wait_for_timeout(_AT_REST_MS)
    _slider(tab).focus()
    tab.evaluate("painted.length = 0")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("painted.length > 0", timeout=60_000)
    tab.wait_for_timeout(_AT_REST_MS)
    taken: float = tab.evaluate("painted.at(-1) - pressed")
    return taken


def _drag(tab: Page) -> list[float]:
    """Drag the slider; milliseconds between the updates that are painted before its release."""
    tab.bring_to_front()
    box = _slider(tab).bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    began = time.perf_counter()
    tab.mouse.move(box["x"] + 0.1 * box["width"], y)
    tab.mouse.down()
    tab.evaluate("painted.length = 0")
    while (passed := (time.perf_counter() - began) / _SECONDS_OF_A_DRAG) < 1:
        tab.mouse.move(box["x"] + (0.1 + 0.8 * passed) * box["width"], y)
        tab.wait_for_timeout(_BETWEEN_MOVES_MS)
    painted: list[float] = tab.evaluate("painted")
    tab.mouse.up()
    return [later - earlier for earlier, later in pairwise(painted)]


def _slider(tab: Page) -> Locator:
    """The slider for an amount, which both pages have."""
    return tab.get_by_role("slider", name="Prepay now").or_(tab.get_by_role("slider", name="Top"))
