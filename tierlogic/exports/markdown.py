"""A summary in Markdown, to paste into a ticket or a chat."""

import re
from collections.abc import Iterable, Sequence

from tierlogic.answer import Answer
from tierlogic.exports.assumptions import plan_in_words, unusual_assumptions
from tierlogic.exports.sources import Citation, citations
from tierlogic.exports.words import (
    is_clickable,
    link_to,
    other_reading,
    sentences,
    tier_rows,
    title_of,
)
from tierlogic.language import day_in_words

_SPECIAL = re.compile(r"([\\`*_\[\]{}<>|~$&#])")
_TURNED_INTO_LINKS = re.compile(r"(://|www\.|@|#)", re.IGNORECASE)
_WORD_JOINER = "\u2060"
_LONGEST_ASSUMPTION = 300
_COLUMNS = {"used": "Opens if used counts", "paid": "Opens if buying counts"}


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
            f"Assumed: {plain(_assumed(answered))}.",
            "Sources:\n\n" + _list(_cited(citation) for citation in citations(scenario)),
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
        heading: Sequence[str] = ("Tier", "Opens", "Held by", "Rule")
        return _table(heading, [(row.tier, row.opens, row.held_by, row.rule) for row in rows])
    own, other = _COLUMNS[scenario.reading], _COLUMNS[other_reading(scenario)]
    heading = ("Tier", own, other, f"Held by (if {scenario.reading} counts)", "Rule")
    return _table(
        heading, [(row.tier, row.opens, row.under_the_other, row.held_by, row.rule) for row in rows]
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
    named = [f"{name.lower()}: {_cut(value)}" for name, value in unusual_assumptions(scenario)]
    versions = f"tiers of {scenario.ladder}, limits of {scenario.limits}"
    return "; ".join([plan_in_words(scenario), versions, *named])


def _cut(value: str) -> str:
    if len(value) <= _LONGEST_ASSUMPTION:
        return value
    return f"{value[:_LONGEST_ASSUMPTION]}... (the rest is in the link)"


def _cited(citation: Citation) -> str:
    source = citation.source
    where = f"<{source.url}>" if citation.is_clickable else plain(source.url)
    read = f"read {day_in_words(source.read)}, confidence {source.confidence}"
    return f"{plain(citation.about)}: {where}, {read}"


def _link(link: str) -> str:
    if is_clickable(link):
        return f"[Open this plan](<{link}>)"
    return f"The plan's link, to put behind the page's address: `{link}`"
