"""Ranges in words: "12 to 19 Dec 2026, most likely on the 15th", never a bare date."""

from collections.abc import Mapping
from datetime import date

from tierlogic.answer import if_reading
from tierlogic.language import day_in_words, day_of_a_year_in_words
from tierlogic.questions.ranges_drawn import Ranges
from tierlogic.questions.tier_range import TierRange
from tierlogic.rules.catalog import provider_of
from tierlogic.rules.words import days_in_words
from tierlogic.scenario import Reading, Scenario


def headline(scenario: Scenario, found: Mapping[Reading, TierRange]) -> str:
    """Say when a tier opens, under both readings where its rule is contested.

    Args:
        scenario: the plan.
        found: the tier's range under each reading; empty: every tier is open on the first day.
    """
    if scenario.rules.is_opaque:
        return f"{provider_of(scenario.rules).name} does not publish what opens a tier."
    if not found:
        top = scenario.rules.tier_names[-1]
        return f"{top}, the highest tier, is open from {day_in_words(scenario.start)}."
    tier, last = found[scenario.reading].tier, scenario.last_day
    if not scenario.rules.contested:
        return f"{tier} {opens(found[scenario.reading], last)}."
    used, paid = opens(found["used"], last), opens(found["paid"], last)
    if used == paid:
        return f"{tier} {used}, whether used or bought credit counts."
    return f"{tier} {used}, {if_reading('used')}; it {paid}, {if_reading('paid')}."


def opens(found: TierRange, last_day: date) -> str:
    """Say when one tier opens: "opens 12 to 19 Dec 2026, most likely on the 15th"."""
    if found.most_likely is None:
        return f"does not open by {day_in_words(last_day)} in any draw"
    share = percent(found.share)
    if found.earliest is None:
        return f"opens by {day_in_words(last_day)} in only {share} of draws"
    if found.latest is None:
        likely = _most_likely(found.most_likely, found.earliest, last_day)
        return (
            f"opens from {day_in_words(found.earliest)} on, {likely}, "
            f"but by {day_in_words(last_day)} in only {share} of draws"
        )
    if found.earliest == found.latest:
        always = found.share_on_most_likely == 1
        draws = "every draw" if always else f"{percent(found.share_on_most_likely)} of draws"
        return f"opens on {day_in_words(found.latest)} in {draws}"
    likely = _most_likely(found.most_likely, found.earliest, found.latest)
    span = span_in_words(found.earliest, found.latest)
    reached = f", in {share} of draws" if found.share < 1 else ""
    return f"opens {span}, {likely}{reached}"


def span_in_words(first: date, last: date) -> str:
    """Say a span of days: "12 to 19 Dec 2026", "28 Nov to 3 Dec 2026"."""
    if first == last:
        return day_in_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_in_words(last)}"
    if first.year == last.year:
        return f"{day_of_a_year_in_words(first)} to {day_in_words(last)}"
    return f"{day_in_words(first)} to {day_in_words(last)}"


def percent(share: float) -> str:
    """Say a share: "62%"; never all where some are missing, nor none where there are some."""
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 1:
        return "over 99%"
    return f"{share:.0%}"


def basis(within: Ranges) -> str:
    """Say what was drawn from what, and what the days mean."""
    parts = [
        _changes("tokens per day", within.tokens, "%"),
        _changes("prices", within.price, "%"),
        _changes("growth per 30 days", within.growth, " points"),
        _changes("output share", within.output_share, " points"),
        f"day-to-day noise of {within.noise:.0%}" if within.noise else "",
        _lag(within.lag_days),
    ]
    said = "; ".join(part for part in parts if part) or "nothing varies"
    return (
        f"{within.draws:,} draws (seed {within.seed}) around the plan: {said}. "
        "A value near the plan's own is drawn most often. "
        "Under a tenth of the draws opens a tier before the first day named, and at most a tenth "
        "after the last."
    )


def _most_likely(day: date, first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"most likely on the {_ordinal(day.day)}"
    if first.year == last.year:
        return f"most likely on {day_of_a_year_in_words(day)}"
    return f"most likely on {day_in_words(day)}"


def _ordinal(day: int) -> str:
    ending = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _changes(what: str, change: tuple[float, float], unit: str) -> str:
    low, high = (f"{each * 100:+.3g}" if each else "0" for each in change)
    return f"{what} {low} to {high}{unit}" if any(change) else ""


def _lag(lag_days: tuple[int, int] | None) -> str:
    if lag_days is None:
        return ""
    least, most = lag_days
    if least == most:
        return f"activation after {days_in_words(most)}"
    return f"activation after {least} to {days_in_words(most)}, each as likely"
