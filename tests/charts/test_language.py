"""Charts in the reader's language: their words, and what the browser writes on their axes."""

from pathlib import Path
from typing import Any

import pytest

import tierlogic as tl
from tests.questions.plans import at_tier_1
from tierlogic.charts import lanes_chart
from tierlogic.charts.theme import theme_of
from tierlogic.language import speaking

TRANSLATIONS = Path(__file__).parents[1] / "language" / "translations"


def lanes() -> dict[str, Any]:
    compared = tl.compare([at_tier_1(), at_tier_1().but(reading="paid")])
    return lanes_chart(compared, theme_of("light"))


def labels(chart: dict[str, Any]) -> list[str]:
    said: list[str] = chart["datasets"]["labels"]["label"].tolist()
    return said


def days_on_axis(chart: dict[str, Any]) -> str:
    return str(chart["layer"][0]["encoding"]["x"]["axis"]["labelExpr"])


def test_each_reader_sees_a_chart_in_their_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(TRANSLATIONS))
    english = lanes()
    with speaking("de"):
        german = lanes()
    assert labels(english) == ["Tier 1 · 1 Jan", "Tier 2 · 25 Jan", "Tiers 1–2 · 1 Jan"]  # noqa: RUF001
    assert labels(german) == ["Tier 1 · 1. Jan.", "Tier 2 · 25. Jan.", "Tiers 1–2 · 1. Jan."]  # noqa: RUF001
    assert '"%-d %b %Y"' in days_on_axis(english)
    assert '"%-d. %b %Y"' in days_on_axis(german)
    assert "locale" not in english["config"]
    assert german["config"]["locale"]["time"]["shortMonths"][2] == "März"
    assert lanes()["config"] == english["config"]
