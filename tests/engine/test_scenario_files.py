"""The stories of tests/scenarios, told by both engines.

A file holds a `story` in its user's words, a `[scenario]` with the fields of `tl.Scenario`, and one
`[[expect]]` or more. Each has the `reading` that it is about (left out: the scenario's own) and
lists what is to come: `unlocks`, `days`, `falls`, `events`. Only what is written is checked.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import pandas as pd
import pytest
from pydantic import BaseModel, ConfigDict, Field, model_validator

import tierlogic as tl
from tests import plain_engine
from tierlogic.events import EventKind
from tierlogic.money import from_nanos
from tierlogic.rules.catalog import ladders
from tierlogic.scenario import Reading

FILES = sorted((Path(__file__).parent.parent / "scenarios").glob("*.toml"))


class Written(BaseModel):
    """Base of what a file holds: a key that nobody reads is an error."""

    model_config = ConfigDict(extra="forbid")


class ExpectedUnlock(Written):
    tier: str
    on: date | None = None
    never: bool = False
    """Not within the days of the scenario."""
    held_by: Literal["money", "waiting", "both", "evaluation", "fact", "nothing"] = "nothing"
    money_met_on: date | None = None
    wait_over_on: date | None = None
    missing: Decimal = Decimal(0)

    @model_validator(mode="after")
    def _on_a_day_or_never(self) -> Self:
        if (self.on is not None) == self.never:
            raise ValueError(f"{self.tier}: give either on, a date, or never = true")
        return self


class ExpectedDay(Written):
    date: date
    tier: str = ""
    """In force on this day."""
    used: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    balance: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    purchased: Decimal = Decimal(0)
    recharged: Decimal = Decimal(0)
    invoice_paid: Decimal = Decimal(0)
    lapsed: Decimal = Decimal(0)
    tokens_wanted: float = 0
    tokens_served: float = 0
    tokens_rate_limited: float = 0
    tokens_over_cap: float = 0
    tokens_unfunded: float = 0
    tokens_above_guaranteed: float = 0


class ExpectedFall(Written):
    tier: str
    on: date


class ExpectedEvent(Written):
    kind: EventKind
    on: date


class Expected(Written):
    reading: Reading | None = None
    unlocks: tuple[ExpectedUnlock, ...] = ()
    days: tuple[ExpectedDay, ...] = ()
    falls: tuple[ExpectedFall, ...] | None = None
    """All of them, where given."""
    events: tuple[ExpectedEvent, ...] = ()


class Story(Written):
    story: Annotated[str, Field(min_length=10)]
    scenario: dict[str, Any]
    expect: Annotated[tuple[Expected, ...], Field(min_length=1)]

    def scenario_for(self, expected: Expected) -> tl.Scenario:
        """The scenario under the reading of one expectation, with nothing left to look up."""
        usage = [{"context_window": None, **line} for line in self.scenario.get("usage", ())]
        reading = {"reading": expected.reading} if expected.reading else {}
        return tl.Scenario.model_validate({**self.scenario, "usage": usage, **reading})


def read(path: Path) -> Story:
    with path.open("rb") as file:
        return Story.model_validate(tomllib.load(file, parse_float=Decimal))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_engine_tells_the_story(path: Path) -> None:
    story = read(path)
    for expected in story.expect:
        projection = tl.project(story.scenario_for(expected))
        for unlock in expected.unlocks:
            check(unlock, of_fast_unlock(projection.unlock(unlock.tier)))
        for day in expected.days:
            row = projection.daily.loc[pd.Timestamp(day.date)]
            check(day, {"date": day.date, **row.to_dict()})
        events = [(event.kind, event.on) for event in projection.events]
        for event in expected.events:
            assert (event.kind, event.on) in events
        if expected.falls is not None:
            assert {on for kind, on in events if kind == "tier_lost"} == {
                fall.on for fall in expected.falls
            }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_plain_engine_tells_the_story(path: Path) -> None:
    story = read(path)
    for expected in story.expect:
        projection = plain_engine.project(story.scenario_for(expected))
        unlocks = {unlock.name: unlock for unlock in projection.unlocks}
        days = {day.date: day for day in projection.days}
        for unlock in expected.unlocks:
            check(unlock, of_plain_unlock(unlocks[unlock.tier]))
        for day in expected.days:
            check(day, of_plain_day(days[day.date]))
        if expected.falls is not None:
            assert projection.falls == [(fall.on, fall.tier) for fall in expected.falls]


def test_every_ladder_has_two_stories() -> None:
    told = Counter(read(path).scenario["ladder"] for path in FILES)
    lacking = {ladder: told[ladder] for ladder in ladders() if told[ladder] < 2}
    assert not lacking, (
        f"too few files in tests/scenarios: {lacking}. Each ladder needs 2: add one on each side "
        "of a threshold, one cent or one day, with the arithmetic in a comment"
    )


def of_fast_unlock(unlock: tl.Unlock) -> dict[str, Any]:
    return {
        "tier": unlock.tier,
        "on": unlock.on,
        "never": unlock.on is None,
        "held_by": unlock.held_by or "nothing",
        "money_met_on": unlock.money_met_on,
        "wait_over_on": unlock.wait_over_on,
        "missing": unlock.missing,
    }


def of_plain_unlock(unlock: plain_engine.PlainUnlock) -> dict[str, Any]:
    return {
        "tier": unlock.name,
        "on": unlock.on,
        "never": unlock.on is None,
        "held_by": unlock.held_by or "nothing",
        "money_met_on": unlock.money_met_on,
        "wait_over_on": unlock.wait_over_on,
        "missing": from_nanos(unlock.missing),
    }


def of_plain_day(day: plain_engine.PlainDay) -> dict[str, Any]:
    return {
        name: from_nanos(value) if isinstance(value, int) else value
        for name, value in vars(day).items()
    }


def check(expected: ExpectedUnlock | ExpectedDay, given: Mapping[Any, Any]) -> None:
    """Compare what a file says of a tier or a day, and nothing that it leaves out."""
    for name in sorted(expected.model_fields_set):
        wanted, got = getattr(expected, name), given[name]
        if isinstance(wanted, Decimal):
            # The daily frame holds dollars as floats: they say each nano-dollar of such amounts.
            wanted, got = f"{wanted:.9f}", f"{got:.9f}"
        elif isinstance(wanted, float):
            wanted = pytest.approx(wanted, rel=1e-9, abs=1e-6)
        assert got == wanted, f"{name} of {expected!r}"
