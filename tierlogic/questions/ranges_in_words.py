"""Ranges in words: "12 to 19 Dec 2026, most likely on the 15th", never a bare date."""

from collections.abc import Mapping
from datetime import date

from tierlogic.language import (
    day_in_words,
    day_of_a_year_in_words,
    number,
    say,
    say_count,
    span_in_words,
    to_say,
)
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
        provider = provider_of(scenario.rules).name
        return say("{provider} does not publish what opens a tier.", provider=provider)
    if not found:
        top = scenario.rules.tier_names[-1]
        start = day_in_words(scenario.start)
        return say("{tier}, the highest tier, is open from {day}.", tier=top, day=start)
    tier, last = found[scenario.reading].tier, scenario.last_day
    if not scenario.rules.contested:
        return say("{tier} {opens}.", tier=tier, opens=opens(found[scenario.reading], last))
    used, paid = opens(found["used"], last), opens(found["paid"], last)
    if used == paid:
        return say("{tier} {opens}, whether used or bought credit counts.", tier=tier, opens=used)
    return say(
        "{tier} {opens_if_used}, if only used money counts; "
        "it {opens_if_paid}, if buying credit counts.",
        tier=tier,
        opens_if_used=used,
        opens_if_paid=paid,
    )


def opens(found: TierRange, last_day: date) -> str:
    """Say when one tier opens: "opens 12 to 19 Dec 2026, most likely on the 15th"."""
    last, share = day_in_words(last_day), percent(found.share)
    if found.most_likely is None:
        return say("does not open by {day} in any draw", day=last)
    if found.earliest is None:
        return say("opens by {day} in only {share} of draws", day=last, share=share)
    if found.latest is None:
        return say(
            "opens from {first} on, {most_likely}, but by {last} in only {share} of draws",
            first=day_in_words(found.earliest),
            most_likely=_most_likely(found.most_likely, found.earliest, last_day),
            last=last,
            share=share,
        )
    if found.earliest == found.latest:
        return _opens_on_one_day(found.latest, found.share_on_most_likely)
    days = span_in_words(found.earliest, found.latest)
    likely = _most_likely(found.most_likely, found.earliest, found.latest)
    if found.share == 1:
        return say("opens {days}, {most_likely}", days=days, most_likely=likely)
    return say(
        "opens {days}, {most_likely}, in {share} of draws",
        days=days,
        most_likely=likely,
        share=share,
    )


def _opens_on_one_day(on: date, share: float) -> str:
    day = day_in_words(on)
    if share == 1:
        return say("opens on {day} in every draw", day=day)
    return say("opens on {day} in {share} of draws", day=day, share=percent(share))


def percent(share: float) -> str:
    """Say a share: "62%"; never all where some are missing, nor none where there are some."""
    if 0 < share < 0.01:
        return say("under {share}", share=number(0.01, ".0%"))
    if 0.99 < share < 1:
        return say("over {share}", share=number(0.99, ".0%"))
    return number(share, ".0%")


def basis(within: Ranges) -> str:
    """Say what was drawn from what, and what the days mean."""
    parts = [
        _changes(to_say("tokens per day {low} to {high}%"), within.tokens),
        _changes(to_say("prices {low} to {high}%"), within.price),
        _changes(to_say("growth per 30 days {low} to {high} points"), within.growth),
        _changes(to_say("output share {low} to {high} points"), within.output_share),
        _noise(within.noise),
        _lag(within.lag_days),
    ]
    return say(
        "{draws} draws (seed {seed}) around the plan: {changes}. "
        "A value near the plan's own is drawn most often. "
        "Under a tenth of the draws opens a tier before the first day named, and at most a tenth "
        "after the last.",
        draws=number(within.draws),
        seed=within.seed,
        changes="; ".join(part for part in parts if part) or say("nothing varies"),
    )


def _most_likely(day: date, first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return say("most likely on the {ordinal}", ordinal=_ordinal(day.day))
    in_words = day_of_a_year_in_words(day) if first.year == last.year else day_in_words(day)
    return say("most likely on {day}", day=in_words)


def _ordinal(day: int) -> str:
    if day in {1, 21, 31}:
        return say("{day}st", day=day)
    if day in {2, 22}:
        return say("{day}nd", day=day)
    return say("{day}rd", day=day) if day in {3, 23} else say("{day}th", day=day)


def _changes(sentence: str, change: tuple[float, float]) -> str:
    """Say the lowest and the highest change in hundredths; nothing where there is none.

    Args:
        sentence: marked by `to_say`; both stand in it as {low} and {high}.
        change: as of `Ranges`.
    """
    low, high = (number(each * 100, "+.3g") if each else "0" for each in change)
    return say(sentence, low=low, high=high) if any(change) else ""


def _noise(noise: float) -> str:
    return say("day-to-day noise of {share}", share=number(noise, ".0%")) if noise else ""


def _lag(lag_days: tuple[int, int] | None) -> str:
    if lag_days is None:
        return ""
    least, most = lag_days
    if least == most:
        return say("activation after {days}", days=days_in_words(most))
    return say_count(
        "activation after {least} to {count} day, each as likely",
        "activation after {least} to {count} days, each as likely",
        most,
        least=least,
    )
