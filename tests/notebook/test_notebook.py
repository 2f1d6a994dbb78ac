"""A projection as a notebook shows it."""

import json
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest
import vl_convert

import tierlogic as tl
from tests.exports.plans import HOSTILE, SOME, contested, in_file, line
from tests.exports.readers import Page
from tierlogic.answer import answer, headline
from tierlogic.charts import money_takeaway, rates_takeaway
from tierlogic.exports.words import tier_rows
from tierlogic.notebook import VEGA_LITE, displays
from tierlogic.rules.catalog import toml_of


@pytest.mark.parametrize("name", SOME)
def test_the_answer_and_the_tiers_are_shown(name: str) -> None:
    scenario = in_file(name)
    answered = answer(scenario)
    page = Page(tl.project(scenario)._repr_html_())
    assert page.texts["strong"] == [headline(answered)]
    (table,) = page.tables
    heading, *rows = table.rows
    assert [row[:2] for row in rows] == [[row.tier, row.opens] for row in tier_rows(answered)]
    assert [row[-2] for row in rows] == [row.why for row in tier_rows(answered)]
    assert ("Opens if used counts" in heading) == scenario.rules.contested


def test_the_charts_are_drawn_by_vega_lite_5() -> None:
    # Lines of one model share a chart.
    plan = contested(usage=[line(), line(), line(model="gpt-4-turbo")])
    projection = tl.project(plan)
    _, *charts = displays(projection)
    assert [chart["text/plain"] for chart in charts] == [
        money_takeaway(projection),
        rates_takeaway(projection, 0),
        rates_takeaway(projection, 2),
    ]
    for chart in charts:
        spec = chart[VEGA_LITE]
        assert spec["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json"
        assert "<svg" in vl_convert.vegalite_to_svg(spec, vl_version="5.20", allowed_base_urls=[])
        # What goes over the wire, the rows in it.
        assert json.loads(json.dumps(spec, allow_nan=False)) == spec
        assert all(isinstance(rows, list) for rows in spec["datasets"].values())


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_rules_hold_is_taken_for_html(text: str) -> None:
    published = toml_of(tl.load_ladder("openai/2024-10"))
    wording = '"$50 paid and 7+ days since first successful payment"'
    own = published.replace(wording, json.dumps(text, ensure_ascii=False))
    page = Page(tl.project(contested(own_ladder=own))._repr_html_())
    assert page.tables[0].rows[3][-1] == text
    assert set(page.tags) == {"p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    assert page.attributes == []


def test_a_notebook_is_given_one_display_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    def display(shown: dict[str, Any], *, raw: bool) -> None:
        assert raw
        given.append(shown)

    # The notebook's own module, which is no dependency.
    of_the_notebook = ModuleType("IPython.display")
    monkeypatch.setattr(of_the_notebook, "display", display, raising=False)
    monkeypatch.setitem(sys.modules, "IPython", ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", of_the_notebook)
    projection = tl.project(contested())
    projection._ipython_display_()
    assert given == displays(projection)
    assert [list(shown) for shown in given] == [
        ["text/html", "text/plain"],
        [VEGA_LITE, "text/plain"],
        [VEGA_LITE, "text/plain"],
    ]


def test_charts_are_loaded_only_once_they_are_shown() -> None:
    code = (
        "import sys\n"
        "from tests.exports.plans import contested\n"
        "import tierlogic as tl\n"
        "projection = tl.project(contested())\n"
        "before = 'altair' in sys.modules\n"
        "projection._repr_html_()\n"
        "print(before, 'altair' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ran.stdout == "False True\n"
