from typing import Any

import numpy as np
import pandas as pd
import pytest

import tierlogic as tl
from tests.charts.plans import seed, spec_text, usage
from tests.exports.readers import Page
from tierlogic.charts import DARK, LIGHT
from tierlogic.charts.date_map import SELECTED, date_map_chart, date_map_takeaway
from tierlogic.exports import chart_svg

TOKENS, PREPAY = [100_000, 200_000, 400_000], [0, 150, 200]


def frames(scenario: tl.Scenario) -> dict[str, pd.DataFrame]:
    found = tl.date_map(scenario, tokens=TOKENS, prepay=PREPAY)
    data: dict[str, pd.DataFrame] = date_map_chart(found, LIGHT)["datasets"]
    return data


def cell(tokens: int, prepay: int) -> dict[str, Any]:
    cells = frames(seed())["cells"]
    rows = cells[(cells["tokens"] == tokens) & (cells["prepay"] == prepay)]
    (only,) = rows.to_dict("records")
    return {str(key): value for key, value in only.items()}


def test_a_cell_says_its_day() -> None:
    here, nothing = cell(200_000, 150), cell(200_000, 0)
    assert pd.Timestamp(here["day"], unit="ms") == pd.Timestamp("2024-01-08")
    assert here["text"] == "$150 now and 200k tokens per day: Tier 4 on 8 Jan 2024"
    assert np.isnan(nothing["day"])
    assert nothing["text"] == "$0 now and 200k tokens per day: Tier 4 not within the plan"


def test_cells_meet_at_their_edges() -> None:
    data = frames(seed())
    cells = data["cells"]
    # Half-way on a logarithmic scale: 141,421 is sqrt(100,000 * 200,000).
    assert cells["tokens_to"].unique() == pytest.approx([141_421, 282_843, 565_685], abs=1)
    assert cells["tokens_from"].unique() == pytest.approx([70_711, 141_421, 282_843], abs=1)
    assert cells["prepay_from"].unique().tolist() == [-75, 75, 175]
    assert cells["prepay_to"].unique().tolist() == [75, 175, 225]
    assert data["whole"].iloc[0].tolist() == pytest.approx([70_711, 565_685, -75, 225], abs=1)


def test_the_plan_is_marked_where_it_is() -> None:
    here = frames(seed())["plan"].iloc[0]
    assert (here["tokens"], here["prepay"], here["side"]) == (200_000, 150, "right")
    right = seed(usage=[usage(tokens_per_day=300_000)])
    assert frames(right)["plan"]["side"].tolist() == ["left"]
    for outside in (99_999, 400_001):
        plan = seed(usage=[usage(tokens_per_day=outside)])
        assert frames(plan)["plan"].empty


def test_the_grey_part_is_named_where_it_is_large() -> None:
    note = frames(seed())["notes"].iloc[0]
    assert (note["tokens"], note["prepay"]) == (200_000, 0)
    assert note["label"] == "Not within the plan"
    everywhere = tl.date_map(seed(), tokens=TOKENS, prepay=[150, 200])
    assert date_map_chart(everywhere, LIGHT)["datasets"]["notes"].empty


def test_the_legend_goes_from_the_first_day_to_the_last() -> None:
    # $6 a day, or $1.50: $150 in 25 days, or 100. Half-way is the 62nd or the 63rd.
    found = tl.date_map(seed(), tokens=TOKENS, prepay=PREPAY)
    texts = Page(chart_svg(date_map_chart(found, LIGHT), LIGHT)).texts["text"]
    assert [text for text in texts if text.endswith(("2023", "2024"))] == [
        "14 Dec 2023",
        "21 Jan 2024",
        "27 Feb 2024",
    ]


def test_a_click_selects_tokens_and_prepay() -> None:
    chart = date_map_chart(tl.date_map(seed(), tokens=TOKENS, prepay=PREPAY), LIGHT)
    (selection,) = [param for param in chart["params"] if param["name"] == SELECTED]
    assert selection["select"]["fields"] == ["tokens", "prepay"]
    assert selection["select"]["on"] == "click"


def test_the_spec_is_the_same_for_every_scenario_of_a_theme() -> None:
    charts = [
        date_map_chart(tl.date_map(seed(days=days), tokens=TOKENS, prepay=prepay), LIGHT)
        for days, prepay in ((365, PREPAY), (10, [0, 1]), (90, [5, 10, 500]))
    ]
    assert len({spec_text(chart) for chart in charts}) == 1
    dark = date_map_chart(tl.date_map(seed(), tokens=TOKENS, prepay=PREPAY), DARK)
    assert spec_text(dark) != spec_text(charts[0])


def test_takeaways() -> None:
    # $6 a day at 400,000 tokens: $150 in 25 days. Not at 0, and $50 more gain nothing.
    found = tl.date_map(seed(), tokens=TOKENS, prepay=PREPAY)
    assert date_map_takeaway(found) == (
        "Tier 4 opens on 14 Dec 2023 at the earliest, from $150 now and 400k tokens per day on; "
        "it opens within the plan in 6 of 9 cells."
    )
    assert date_map_takeaway(tl.date_map(seed(), tokens=TOKENS, prepay=[0, 149])) == (
        "Tier 4 does not open by 18 Nov 2024 anywhere on the map."
    )
