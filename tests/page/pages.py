"""The page without a browser: opened at an address, changed, and read."""

import json
import re
from collections.abc import Hashable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe, ElementTree

from tierlogic.page import faults

APP = Path(__file__).parents[2] / "app.py"

# $11.25 a day (1.5M x $2.50 + 0.5M x $15 a million): $50 is used on the 5th day.
PLAN = {
    "v": "1",
    "ladder": "openai/2026-05",
    "limits": "openai/2026-09",
    "start": "2026-06-01",
    "days": "90",
    "first_payment": "2026-06-01",
    "model": "gpt-5.4",
    "tokens": "2000000",
    "input_price": "2.5",
    "output_price": "15",
    "buy": "2026-06-01_100",
}
PLAN_HEADLINE = (
    "Tier 2 opens on 5 Jun 2026 if only used money counts, "
    "and on 1 Jun 2026 if buying credit counts."
)


GROUPS = ("Usage and prices", "Payments", "The account so far", "Rules and time", "How sure is it")
POPOVERS = ("Open", "Share", "Download")


def open_page(**parameters: str | list[str]) -> AppTest:
    """Open the page with all that opens and closes open."""
    return _opened(AppTest.from_file(str(APP), default_timeout=60), parameters)


def open_page_in(locale: str, parameters: Mapping[str, str | list[str]]) -> AppTest:
    """Open the page as `open_page` does, in a browser of a locale such as "de-AT"."""
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.context = {"locale": locale}
    return _opened(page, parameters)


def _opened(page: AppTest, parameters: Mapping[str, str | list[str]]) -> AppTest:
    for name in (*GROUPS, *POPOVERS):
        page.session_state[name] = True
    for name, value in parameters.items():
        page.query_params[name] = value
    return run(page)


def run(changed: Any) -> AppTest:
    """Run the page, or a widget's change of it; no run may end in a fault of the page."""
    return _without_fault(changed.run())


def _without_fault(page: AppTest) -> AppTest:
    assert not page.exception
    assert faults.SENTENCE not in [shown.value for shown in page.error]
    return page


def table_with(page: AppTest, heading: str) -> dict[Hashable, list[Any]]:
    """Return the columns of the first table with one of this heading, by headings as shown."""
    tables = map(_under_headings, page.dataframe)
    return next(table for table in tables if heading in table)


def unlocks(page: AppTest) -> dict[str, dict[str, str]]:
    """Return the table of unlocks by tier, and by heading as shown."""
    data = unlocks_data(page)
    rows = [[cell["text"] for cell in row] for row in data["rows"]]
    return {row[0]: dict(zip(data["headings"], row, strict=True)) for row in rows}


def unlocks_data(page: AppTest) -> dict[str, Any]:
    """What the browser is told of the table of unlocks."""
    shown: dict[str, Any] = json.loads(_component(page, "unlocks").json)
    return shown


def _under_headings(table: Dataframe) -> dict[Hashable, list[Any]]:
    shown = json.loads(table.proto.columns)
    headings = {name: look["label"] for name, look in shown.items() if "label" in look}
    return table.value.rename(columns=headings).to_dict("list")


def move(page: AppTest, key: str, to: int, *, held: bool = False) -> AppTest:
    """Move the thumb of a live slider as a browser does: by a message."""
    return say(page, f"{key}_slider", message(key, to, held=held))


def hold(page: AppTest, key: str, to: int) -> ElementTree:
    """Move the thumb and hold it there; return what is drawn then: a browser keeps the rest."""
    return _drawn(page, f"{key}_slider", message(key, to, held=True))


def hold_on(page: AppTest, key: str, to: int) -> ElementTree:
    """Move a thumb that is held already, before its last value is drawn; return what is drawn."""
    return _drawn(page, "carrier", message(key, to, held=True))


def message(key: str, to: Any, *, held: bool, at: int | None = None) -> str:
    """What a browser says of a live slider; its messages are numbered."""
    number = next(_NUMBERS) if at is None else at
    return json.dumps({"moved": {"slider": key, "at": number, "to": to, "held": held}})


_NUMBERS = count(1)


def _drawn(page: AppTest, component: str, text: str) -> ElementTree:
    before = page._tree
    drawn = say(page, component, text)._tree
    page._tree = before
    return drawn


def say(page: AppTest, component: str, text: str) -> AppTest:
    """Send any text as the message of a component, as a hostile browser may."""
    # AppTest has no handle for components: the message goes where it puts those of widgets.
    states = page._tree.get_widget_states()
    states.widgets.add(id=_component(page, component).id, json_value=text)
    return _without_fault(page._run(states))


def live_slider(page: AppTest, key: str) -> dict[str, Any]:
    """What a live slider is told to show."""
    shown: dict[str, Any] = json.loads(_component(page, f"{key}_slider").json)
    return shown


def _component(page: AppTest, key: str) -> Any:
    """The message that draws a component of the page's own."""
    protos = [component.proto for component in page.get("bidi_component")]
    return next(proto for proto in protos if proto.id.endswith(f"-{key}"))


def headline(page: AppTest | ElementTree) -> str:
    return as_shown(page.subheader[0].value)


def text(page: AppTest | ElementTree) -> str:
    return as_shown("\n".join(part.value for part in (*page.markdown, *page.caption, *page.info)))


def as_shown(markdown: str) -> str:
    """Text as a reader sees it: without the backslashes that keep Markdown from reading it."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace("\u2060", "")


def cards(page: AppTest) -> dict[str, str]:
    """The date on each tier's card."""
    found = (re.match(r"(Tier \d)  \n\*\*(.+)\*\*", as_shown(part.value)) for part in page.markdown)
    return {match[1]: match[2] for match in found if match}


def parameter(page: AppTest, name: str) -> list[str]:
    """What the address says of a parameter."""
    value = page.query_params[name]
    return [value] if isinstance(value, str) else value


def picture(page: AppTest) -> list[Any]:
    """Everything that the page shows: words, cards and the charts' data."""
    charts = [chart.proto for chart in page.get("vega_lite_chart")]
    data = [dataset.data.data for chart in charts for dataset in chart.datasets]
    return [headline(page), text(page), data]
