"""How a projection shows itself in a notebook: the answer, its tiers, and its charts.

Each is a display of its own, since a notebook draws only one of the forms of a display.
"""

import importlib
from collections.abc import Iterator
from html import escape
from typing import Any

from tierlogic.answer import Answer, answer
from tierlogic.capacity import lines_by_row
from tierlogic.charts import LIGHT, money_chart, money_takeaway, rates_chart, rates_takeaway
from tierlogic.exports.pictures import on_paper
from tierlogic.exports.words import other_reading, sentences, tier_rows
from tierlogic.projection import Projection

VEGA_LITE = "application/vnd.vegalite.v5+json"
"""What JupyterLab, Notebook and VS Code draw by themselves."""
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

Display = dict[str, Any]
"""One thing to show: its forms by MIME type."""


def show(projection: Projection) -> None:
    """Show a projection in the notebook that this runs in."""
    # Only a notebook calls this, and brings the module: it is no dependency.
    display = importlib.import_module("IPython.display").display
    for shown in displays(projection):
        display(shown, raw=True)


def displays(projection: Projection) -> list[Display]:
    """Return what a notebook is to show: the answer with its tiers, then each chart."""
    answered = answer(projection.scenario)
    first, *_ = sentences(answered)
    return [{"text/html": _html(answered), "text/plain": first}, *_charts(answered)]


def html(projection: Projection) -> str:
    """Return the answer and the tiers as HTML, without styles and scripts."""
    return _html(answer(projection.scenario))


def _html(answered: Answer) -> str:
    first, *others = sentences(answered)
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in others)
    return f"<p><strong>{escape(first)}</strong></p>{said}{_table(answered)}"


def _table(answered: Answer) -> str:
    scenario = answered.scenario
    rows = tier_rows(answered)
    if scenario.rules.contested:
        heading = ["Tier", f"Opens if {scenario.reading} counts"]
        heading += [f"Opens if {other_reading(scenario)} counts", "Why", "Rule"]
        cells = [[row.tier, row.opens, row.under_the_other, row.why, row.rule] for row in rows]
    else:
        heading = ["Tier", "Opens", "Why", "Rule"]
        cells = [[row.tier, row.opens, row.why, row.rule] for row in rows]
    head = "".join(f"<th>{escape(name)}</th>" for name in heading)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _charts(answered: Answer) -> Iterator[Display]:
    projection = answered.chosen
    other = answered.by_reading[other_reading(answered.scenario)]
    yield _chart(money_chart(projection, LIGHT, other), money_takeaway(projection))
    for line, *_ in lines_by_row(answered.scenario):
        yield _chart(rates_chart(projection, LIGHT, line), rates_takeaway(projection, line))


def _chart(spec: dict[str, Any], takeaway: str) -> Display:
    return {VEGA_LITE: {**on_paper(spec, LIGHT), "$schema": _SCHEMA}, "text/plain": takeaway}
