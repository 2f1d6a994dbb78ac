"""Links that people have: they open for ever and show what they showed. The list is v1.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import tierlogic as tl
from tierlogic.answer import answer, headline
from tierlogic.links import parameters_of

LINKS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "v1.toml").read_text(encoding="utf-8")
)["link"]


@pytest.mark.parametrize("published", LINKS, ids=lambda published: published["name"])
def test_a_published_link_shows_what_it_showed(published: dict[str, Any]) -> None:
    scenario = tl.Scenario.from_query(published["link"])
    answered = answer(scenario)
    assert headline(answered) == published["headline"]
    daily = answered.chosen.daily
    end = daily.iloc[-1]
    assert daily.index[-1].date() == published["last_day"]
    assert end["tier"] == published["tier"]
    for figure in ("used", "paid", "balance"):
        assert end[figure] == pytest.approx(published[figure], abs=1e-9), figure
    assert daily["tokens_served"].sum() == pytest.approx(published["tokens_served"])


@pytest.mark.parametrize("published", LINKS[:-1], ids=lambda published: published["name"])
def test_a_published_link_is_written_as_it_was(published: dict[str, Any]) -> None:
    written = tl.Scenario.from_query(published["link"]).to_query()
    assert parameters_of(written) == parameters_of(published["link"])


def test_the_published_links_use_every_parameter() -> None:
    used = {name.partition(".")[0] for link in LINKS for name in parameters_of(link["link"])}
    written = tl.Scenario.from_query(LINKS[0]["link"]).to_query()
    assert used >= set(parameters_of(written))
