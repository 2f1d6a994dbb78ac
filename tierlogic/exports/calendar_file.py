"""The dates of a plan as an iCalendar file (RFC 5545)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from tierlogic.answer import Answer, headline, if_reading
from tierlogic.exports.words import is_clickable, link_to, readings_shown, title_of
from tierlogic.language import day_in_words, say
from tierlogic.links import MAX_ADDRESS
from tierlogic.money import amount_in_words
from tierlogic.projection import Projection
from tierlogic.rules.catalog import provider_of
from tierlogic.scenario import Reading

_LONGEST_LINE = 75
"""Bytes of a line, its end not counted."""
_ESCAPED = re.compile(r"([\\;,])")


@dataclass(frozen=True)
class _Entry:
    """One day in the calendar."""

    on: date
    what: str
    """Tells it from the plan's other entries, in any language: "opens Tier 4"."""
    summary: str
    description: str


def calendar_ics(answered: Answer, made_on: date, address: str = "") -> str:
    """Return unlocks, planned purchases and the days without credit as all-day events.

    Where the rule is contested, an event that comes on a day of its own under one reading names
    that reading. The same plan gives the same UIDs, so that importing it again changes events
    instead of doubling them.

    Args:
        answered: a scenario's answer.
        made_on: the day that events are stamped with.
        address: of the page, without a query; empty: the events have no link, and neither have
            those of a plan too long for an address.
    """
    scenario = answered.scenario
    provider = provider_of(scenario.rules).name
    link = link_to(scenario, address)
    has_link = is_clickable(link) and len(link) <= MAX_ADDRESS
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tierlogic//Tierlogic//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(f'Tierlogic: {title_of(scenario)}')}",
    ]
    for entry in sorted(_entries(answered), key=lambda entry: entry.on):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_uid(link_to(scenario, ''), entry)}",
            f"DTSTAMP:{made_on:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.summary)}",
            f"DESCRIPTION:{_escaped(_of_provider(provider, entry.description))}",
            *([f"URL:{link}"] if has_link else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _of_provider(provider: str, sentence: str) -> str:
    return say("{provider}: {sentence}", provider=provider, sentence=sentence)


def _entries(answered: Answer) -> list[_Entry]:
    entries = [*_purchases(answered), *_of_readings(answered)]
    if entries:
        return entries
    # A calendar must hold something.
    last, said = answered.scenario.last_day, headline(answered)
    return [_Entry(last, "ends", say("The plan ends, and nothing in it has a date"), said)]


def _of_readings(answered: Answer) -> Iterator[_Entry]:
    """What follows from a reading, once where both give the same day."""
    found = {
        reading: list(_of_projection(projection))
        for reading, projection in readings_shown(answered).items()
    }
    days = {reading: {(entry.on, entry.what) for entry in found[reading]} for reading in found}
    for reading, entries in found.items():
        for entry in entries:
            if all((entry.on, entry.what) in of_reading for of_reading in days.values()):
                if reading == answered.scenario.reading:
                    yield entry
            else:
                yield _only_if(reading, entry)


def _only_if(reading: Reading, entry: _Entry) -> _Entry:
    return _Entry(
        entry.on,
        f"{entry.what} if {reading}",
        say("{event} ({condition})", event=entry.summary, condition=if_reading(reading)),
        entry.description,
    )


def _of_projection(projection: Projection) -> Iterator[_Entry]:
    for unlock in projection.unlocks[1:]:
        if unlock.on and unlock.tier not in projection.open_at_start:
            summary = say("{tier} opens", tier=unlock.tier)
            yield _Entry(unlock.on, f"opens {unlock.tier}", summary, unlock.why)
    for event in projection.events:
        if event.kind == "credit_ran_out":
            summary = say("The credit runs out")
            yield _Entry(event.on, f"out of credit {event.on}", summary, event.text)


def _purchases(answered: Answer) -> Iterator[_Entry]:
    scenario = answered.scenario
    refused = {
        (event.on, event.amount): event.text
        for event in answered.chosen.events
        if event.kind == "purchase_refused"
    }
    for number, (on, amount) in enumerate(scenario.payments(), start=1):
        said = amount_in_words(amount, scenario.rules.currency)
        plain = say(
            "A purchase of {amount} is planned for {day}.", amount=said, day=day_in_words(on)
        )
        summary = say("Buy {amount} of credit", amount=said)
        yield _Entry(on, f"purchase {number}", summary, refused.get((on, amount), plain))


def _uid(link: str, entry: _Entry) -> str:
    return f"{sha256(f'{link} {entry.what}'.encode()).hexdigest()[:32]}@tierlogic"


def _escaped(text: str) -> str:
    return _ESCAPED.sub(r"\\\1", " ".join(text.split()))


def _folded(line: str) -> str:
    """Break a long line between characters; what continues it begins with a space."""
    folded, room = "", _LONGEST_LINE
    for char in line:
        size = len(char.encode())
        if size > room:
            folded, room = f"{folded}\r\n ", _LONGEST_LINE - 1
        folded, room = folded + char, room - size
    return folded
