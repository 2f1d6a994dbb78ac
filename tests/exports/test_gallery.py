import io
from zipfile import ZipFile

import pytest

import tierlogic as tl
from tests.exports.plans import contested, line
from tests.exports.readers import Page
from tierlogic.answer import answer
from tierlogic.charts import DARK, LIGHT, Theme
from tierlogic.exports import chart_data, chart_png, chart_svg
from tierlogic.exports.gallery import gallery
from tierlogic.links import Asked

PLAN = contested()
ALL = Asked(others=(contested(reading="paid"),), within=tl.Ranges(tokens=(-0.2, 0.5), draws=100))
# A label that only this chart has.
LABELS = {
    "money": "Used $250",
    "rates": "Full 128k request",
    "compared-tiers": "Tiers in force",
    "compared-money": "USD that counts, used or paid",
    "compared-rates": "Tokens per minute allowed",
    "ranges": "Tier 4 · $250",
    "steps": "Days sooner or later",
    "map": "Tokens per day",
}


def test_a_chart_is_there_for_what_is_asked() -> None:
    answered = answer(PLAN)
    plan, compared = ["money", "rates"], ["compared-tiers", "compared-money", "compared-rates"]
    assert list(gallery(answered)) == plan
    assert list(gallery(answered, Asked(others=ALL.others))) == [*plan, *compared]
    assert list(gallery(answered, Asked(within=ALL.within))) == [*plan, "ranges"]
    assert list(gallery(answered, tier="Tier 4")) == [*plan, "steps", "map"]
    two = answer(contested(usage=[line(), line(model="gpt-4o-mini")]))
    assert list(gallery(two)) == [*plan, "rates-2"]
    assert list(gallery(answer(contested(usage=())))) == ["money"]


@pytest.mark.parametrize("name", LABELS)
def test_each_chart_is_a_picture_and_its_figures(name: str) -> None:
    theme: Theme = DARK if name == "map" else LIGHT
    chart = gallery(answer(PLAN), ALL, "Tier 4")[name].chart(theme)
    texts = " ".join(Page(chart_svg(chart, theme)).texts["text"])
    assert LABELS[name] in texts
    assert chart_png(chart, theme).startswith(b"\x89PNG")
    with ZipFile(io.BytesIO(chart_data(chart))) as together:
        first, *rows = together.read(together.namelist()[0]).decode().splitlines()
    assert "," in first
    assert rows
