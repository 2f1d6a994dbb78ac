"""The page's script in this process, without a network: how long its parts take."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from importlib import import_module
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from tests.browser.chromium import ROOT

WHOLE = "the whole script"
_PARTS = {
    ("tierlogic.page.current", "answer_to"): "the answer",
    ("tierlogic.page.views.following", "show_headline"): "headline",
    ("tierlogic.page.views.following", "show_charts"): "charts",
    ("tierlogic.page.inputs", "show_inputs"): "inputs",
    ("tierlogic.page.views.top", "show_title"): "title and the ways in and out",
    ("tierlogic.page.views.cards", "show_cards"): "cards",
    ("tierlogic.page.address", "write_address"): "address",
    ("tierlogic.page.views.following", "show_sooner"): "the step that gains most",
    ("tierlogic.page.views.tables", "show_tables"): "tables",
}
_ANSWER_AND_VIEWS = ("the answer", "headline", "charts", "cards", "tables")

Times = dict[str, float]


def times_of_a_rerun(repeats: int) -> Times:
    """Median seconds of the script and of its parts, each rerun after a step of a slider."""
    times: dict[str, list[float]] = defaultdict(list)
    calls: dict[str, list[float]] = defaultdict(list)
    page = AppTest.from_string(f"from {__name__} import run\nrun()", default_timeout=60)
    with ExitStack() as until_the_end:
        for (module, name), part in _PARTS.items():
            until_the_end.enter_context(_timed(import_module(module), name, calls[part]))
        until_the_end.enter_context(_timed(import_module(__name__), "run", calls[WHOLE]))
        page.run()
        # The first few fill what is kept.
        for step in range(-3, repeats):
            for taken in calls.values():
                taken.clear()
            page.session_state["prepay"] = 5 * (step + 3)
            page.run()
            if step >= 0:
                for part, taken in calls.items():
                    times[part].append(sum(taken))
    return {part: median(taken) for part, taken in times.items()}


def answer_and_views(times: Times) -> float:
    """Seconds of a rerun that answer the plan and draw the answer."""
    return sum(times[part] for part in _ANSWER_AND_VIEWS)


def run() -> None:
    """Run the page as its server does."""
    app = ROOT / "app.py"
    exec(compile(app.read_text(encoding="utf-8"), app, "exec"), {"__name__": "__main__"})  # noqa: S102


def _timed(module: Any, name: str, taken: list[float]) -> AbstractContextManager[object]:
    """Note how long each call of a module's function takes."""
    function: Callable[..., Any] = getattr(module, name)

    def timed(*given: Any, **named: Any) -> Any:
        began = perf_counter()
        try:
            return function(*given, **named)
        finally:
            taken.append(perf_counter() - began)

    return patch.object(module, name, timed)
