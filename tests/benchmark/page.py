"""A rerun of the page beside one of a bare page, over the websocket that a browser would use."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.browser.chromium import ROOT, serve_page

BARE_PAGE = """\
import altair as alt
import pandas as pd
import streamlit as st

top = st.slider("Top", 0, 1000, 100, key="prepay")
dates = pd.date_range("2026-01-01", periods=365)
points = pd.DataFrame({"date": dates, "value": [top * day / 365 for day in range(365)]})
st.altair_chart(alt.Chart(points).mark_line().encode(x="date:T", y="value:Q"))
"""

_SECONDS_TO_ANSWER = 60
_PAUSE = 0.3
"""Seconds between reruns, so that none waits for what the one before it leaves to clean up."""


def speed_of_a_rerun(*, quick: bool) -> Iterator[str]:
    """Compare the reruns of both pages after a change of their slider, in turns."""
    repeats = 30 if quick else 100
    with ExitStack() as open_until_the_end, tempfile.TemporaryDirectory() as folder:
        bare_page = Path(folder) / "bare.py"
        bare_page.write_text(BARE_PAGE, encoding="utf-8")
        bare, ours = (
            open_until_the_end.enter_context(_visited(page))
            for page in (bare_page, ROOT / "app.py")
        )
        times: dict[Visitor, list[float]] = {bare: [], ours: []}
        for visitor in (bare, ours) * 3:
            visitor.move_slider()
        for visitor in (bare, ours) * repeats:
            time.sleep(_PAUSE)
            times[visitor].append(visitor.move_slider())
    bare_median, our_median = median(times[bare]), median(times[ours])
    bare_p90, our_p90 = _p90(times[bare]), _p90(times[ours])
    yield f"A rerun after a change of a slider, {repeats} of each page in turns"
    yield "  bare page, one slider and one chart of 365 points, default settings (baseline):"
    yield f"  median {bare_median * 1000:.0f} ms, 90th percentile {bare_p90 * 1000:.0f} ms"
    yield f"  app.py: median {our_median * 1000:.0f} ms, {our_median / bare_median:.2f} of it"
    yield f"  app.py: 90th percentile {our_p90 * 1000:.0f} ms, {our_p90 / bare_p90:.2f} of it"


class Visitor:
    """One open page, as its server sees it."""

    def __init__(self, address: str) -> None:
        self._socket = connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(address),
            compression=None,
            max_size=None,
        )
        self._query = ""
        self._states: dict[str, WidgetState] = {}
        self._slider = Slider()
        self._rerun()
        if not self._slider.id:
            raise RuntimeError(f"{address} has no slider with the key prepay")
        first, step = self._slider.min, self._slider.step
        steps = round((self._slider.max - first) / step)
        # No value twice, so that no answer to an earlier one is at hand.
        self._values = iter([first + step * count for count in range(steps + 1)])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def move_slider(self) -> float:
        """Move the slider to its next value; return the seconds until all is drawn."""
        state = WidgetState(id=self._slider.id)
        state.double_array_value.data.append(next(self._values))
        self._states[state.id] = state
        began = time.perf_counter()
        self._rerun()
        return time.perf_counter() - began

    def _rerun(self) -> None:
        request = BackMsg()
        request.rerun_script.query_string = self._query
        request.rerun_script.widget_states.widgets.extend(self._states.values())
        self._socket.send(request.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self._socket.recv(_SECONDS_TO_ANSWER, decode=False))
            kind = answer.WhichOneof("type")
            if kind == "delta":
                self._note(answer)
            elif kind == "page_info_changed":
                # A page that does not get its own address back takes it for a pasted link.
                self._query = answer.page_info_changed.query_string
            elif kind == "script_finished":
                return

    def _note(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(f"the page fails: {element.exception.message}")
        if element.WhichOneof("type") == "slider" and element.slider.id.endswith("-prepay"):
            self._slider = element.slider


@contextmanager
def _visited(page: Path) -> Iterator[Visitor]:
    """Serve a page and open it."""
    with serve_page(page) as address, Visitor(address) as visitor:
        yield visitor


def _p90(times: list[float]) -> float:
    return quantiles(times, n=10)[-1]
