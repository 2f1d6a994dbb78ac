"""The unlocks as a table: when each tier opens, why, by which rule, and where that was read."""

from datetime import date

import streamlit as st

from tierlogic.answer import OTHER_READING, Answer, reading_heading
from tierlogic.language import day_in_words, say
from tierlogic.page.text_table import Cell, Column, text_table
from tierlogic.rules.document import Source
from tierlogic.rules.words import source_in_words


def show_unlocks(answered: Answer) -> None:
    """Draw it, with columns only for what the ladder asks."""
    ladder = answered.scenario.rules
    has_waits = any(tier.waiting_gates for tier in ladder.tiers)
    other_reading = reading_heading(OTHER_READING[answered.scenario.reading])
    columns = [
        Column(say("Tier")),
        Column(say("Opens")),
        *([Column(other_reading)] if ladder.contested else []),
        Column(say("Why"), wraps=True),
        Column(say("Rule"), wraps=True),
        *([Column(say("Money met")), Column(say("Wait over"))] if has_waits else []),
        Column(say("Source")),
    ]
    rows = [
        [
            Cell(unlock.tier),
            _day(unlock.on),
            *([_day(answered.other(unlock.tier).on)] if ladder.contested else []),
            Cell(unlock.why),
            Cell(tier.wording),
            *([_day(unlock.money_met_on), _day(unlock.wait_over_on)] if has_waits else []),
            _cited(ladder.source_of(tier)),
        ]
        for tier, unlock in zip(ladder.tiers, answered.chosen.unlocks, strict=True)
    ]
    label = say("Unlocks of every tier with their reasons and the sources of the rules")
    text_table(label, columns, rows, key="unlocks")
    notes = [say("A tier that a day's use opens gives its limits from the next day on.")]
    if has_waits:
        notes.append(
            say(
                "Money met: the day on which a tier's money is there, whatever the wait. "
                "Wait over: the day on which its waiting days are over, whatever the money."
            )
        )
    st.caption(" ".join(notes))


def _day(on: date | None) -> Cell:
    return Cell(day_in_words(on) if on else say("not in plan"))


def _cited(source: Source) -> Cell:
    return Cell(source_in_words(source), source.url)
