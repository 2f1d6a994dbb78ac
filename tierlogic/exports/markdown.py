"""A summary in Markdown, to paste into a ticket or a chat."""

import re
from collections.abc import Iterable, Sequence

from tierlogic.answer import Answer
from tierlogic.exports.assumptions import plan_in_words, unusual_assumptions
from tierlogic.exports.sources import Citation, citations
from tierlogic.exports.words import (
    is_clickable,
    link_to,
    opens_heading,
    other_reading,
    sentences,
    tier_rows,
    title_of,
)
from tierlogic.language import day_in_words, is_english, say, to_say
from tierlogic.rules.words import confidence_in_words
from tierlogic.scenario import Reading

_SPECIAL = re.compile(r"([\\`*_\[\]{}<>|~$&#])")
_TURNED_INTO_LINKS = re.compile(r"(://|www\.|@|#)", re.IGNORECASE)
_WORD_JOINER = "\u2060"
_LONGEST_ASSUMPTION = 300
_HELD_BY_IF: dict[Reading, str] = {
    "used": to_say("Held by (if used counts)"),
    "paid": to_say("Held by (if paid counts)"),
}


def markdown_summary(answered: Answer, address: str = "") -> str:
    """Return the answer, its tiers, assumptions and sources as Markdown.

    Args:
        answered: a scenario's answer.
        address: of the page, without a query; empty: the link stands without it.
    """
    scenario = answered.scenario
    first, *others = sentences(answered)
    return "\n\n".join(
        [
            f"### {plain(title_of(scenario))}",
            f"**{plain(first)}**",
            *([_list(map(plain, others))] if others else []),
            _tiers(answered),
            say("Assumed: {assumptions}.", assumptions=plain(_assumed(answered))),
            say("Sources:"),
            _list(_cited(citation) for citation in citations(scenario)),
            _link(link_to(scenario, address)) + "\n",
        ]
    )


def plain(text: str) -> str:
    """Keep Markdown from reading anything into a text, wherever it is pasted.

    Trackers turn bare addresses, @names and #numbers into links even where they are escaped: an
    invisible character within them prevents it.
    """
    joined = _TURNED_INTO_LINKS.sub(rf"{_WORD_JOINER}\1{_WORD_JOINER}", " ".join(text.split()))
    return _SPECIAL.sub(r"\\\1", joined)


def _tiers(answered: Answer) -> str:
    scenario = answered.scenario
    rows = tier_rows(answered)
    if not scenario.rules.contested:
        heading = (say("Tier"), say("Opens"), say("Held by"), say("Rule"))
        return _table(heading, [(row.tier, row.opens, row.held_by, row.rule) for row in rows])
    return _table(
        (
            say("Tier"),
            opens_heading(scenario.reading),
            opens_heading(other_reading(scenario)),
            say(_HELD_BY_IF[scenario.reading]),
            say("Rule"),
        ),
        [(row.tier, row.opens, row.under_the_other, row.held_by, row.rule) for row in rows],
    )


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row(heading), _row(["---"] * len(heading)), *(_row(map(plain, row)) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list(entries: Iterable[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def _assumed(answered: Answer) -> str:
    scenario = answered.scenario
    named = [
        say("{name}: {value}", name=_within_a_sentence(name), value=_cut(value))
        for name, value in unusual_assumptions(scenario)
    ]
    versions = say(
        "tiers of {ladder}, limits of {table}", ladder=scenario.ladder, table=scenario.limits
    )
    return "; ".join([plan_in_words(scenario), versions, *named])


def _cut(value: str) -> str:
    if len(value) <= _LONGEST_ASSUMPTION:
        return value
    return say("{beginning}... (the rest is in the link)", beginning=value[:_LONGEST_ASSUMPTION])


def _within_a_sentence(name: str) -> str:
    """Begin a name small in English; other languages, as German, write it large wherever it is."""
    return name.lower() if is_english() else name


def _cited(citation: Citation) -> str:
    source = citation.source
    where = f"<{source.url}>" if citation.is_clickable else plain(source.url)
    return say(
        "{what}: {source}, read {day}, confidence {confidence}",
        what=plain(citation.about),
        source=where,
        day=day_in_words(source.read),
        confidence=confidence_in_words(source.confidence),
    )


def _link(link: str) -> str:
    if is_clickable(link):
        return f"[{say('Open this plan')}](<{link}>)"
    return say("The plan's link, to put behind the page's address: {link}", link=f"`{link}`")
