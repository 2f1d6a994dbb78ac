"""A projection as JSON, for scripts."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tierlogic.answer import Answer, headline
from tierlogic.events import Event
from tierlogic.exports.words import link_to
from tierlogic.links import FORMAT as LINK_FORMAT
from tierlogic.money import from_nanos
from tierlogic.projection import Projection, Unlock
from tierlogic.scenario import Scenario

FORMAT = 1
"""Of the JSON: a name in it never changes its meaning."""
_MONEY_OF_DAYS = ("cost", "purchased", "recharged", "invoice_paid", "lapsed")
_MONEY_AT_THE_END = ("used", "paid", "balance")


def projection_json(answered: Answer, address: str = "") -> str:
    """Return an answer as JSON: dates as ISO, amounts as exact decimal texts, tokens as numbers.

    Under `readings` stands for each of "used" and "paid": `first_payment`, `unlocks` (all fields,
    with why), `tier_changes`, `events` and `totals` (used, paid and balance at the last day's
    end; the rest summed over the days of the plan).

    Args:
        answered: a scenario's answer.
        address: of the page, without a query; empty: the link stands without it.
    """
    scenario = answered.scenario
    content = {
        "tierlogic": "projection",
        "format": FORMAT,
        "versions": versions(scenario),
        "link": link_to(scenario, address),
        "title": scenario.title,
        "start": scenario.start,
        "last_day": scenario.last_day,
        "currency": scenario.rules.currency,
        "reading": scenario.reading,
        "contested": scenario.rules.contested,
        "headline": headline(answered),
        "next_tier": answered.next_tier,
        "readings": {
            reading: _projection(projection) for reading, projection in answered.by_reading.items()
        },
    }
    return as_json(content)


def as_json(content: Mapping[str, Any]) -> str:
    """Write a record: dates as ISO, amounts as exact decimal texts."""
    return json.dumps(content, indent=1, ensure_ascii=False, default=_text) + "\n"


def versions(scenario: Scenario) -> dict[str, str | None]:
    """Name the release, the link's format and the rules that a record was made with."""
    return {
        "tierlogic": _version(),
        "link": LINK_FORMAT,
        "ladder": scenario.ladder,
        "limits": scenario.limits,
    }


def _projection(projection: Projection) -> dict[str, Any]:
    return {
        "first_payment": projection.first_payment,
        "unlocks": [_unlock(unlock) for unlock in projection.unlocks],
        "tier_changes": [{"on": on, "tier": tier} for on, tier in projection.tier_changes],
        "events": [_event(event) for event in projection.events],
        "totals": _totals(projection),
    }


def _unlock(unlock: Unlock) -> dict[str, Any]:
    return {
        "tier": unlock.tier,
        "on": unlock.on,
        "money_met_on": unlock.money_met_on,
        "wait_over_on": unlock.wait_over_on,
        "held_by": unlock.held_by,
        "missing": unlock.missing,
        "why": unlock.why,
    }


def _event(event: Event) -> dict[str, Any]:
    return {"on": event.on, "kind": event.kind, "text": event.text, "amount": event.amount}


def _totals(projection: Projection) -> dict[str, Decimal | float]:
    diary, daily = projection.diary, projection.daily
    tokens = [name for name in map(str, daily) if name.startswith("tokens")]
    return {
        **{name: from_nanos(getattr(diary, name)[-1, 0]) for name in _MONEY_AT_THE_END},
        **{name: from_nanos(getattr(diary, name)[:, 0].sum()) for name in _MONEY_OF_DAYS},
        **{name: float(daily[name].sum()) for name in tokens},
    }


def _text(value: object) -> str:
    """Write what JSON has no form for."""
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"JSON has no form for {value!r}")


def _version() -> str | None:
    """The release; None in a checkout that is not installed."""
    try:
        return version("tierlogic")
    except PackageNotFoundError:
        return None
