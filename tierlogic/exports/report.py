"""A report of one page as an HTML file that needs nothing else, to read and to print."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from tierlogic.answer import Answer
from tierlogic.capacity import lines_by_row
from tierlogic.charts import LIGHT, money_chart, money_takeaway, rates_chart, rates_takeaway
from tierlogic.exports.assumptions import assumptions
from tierlogic.exports.change_points import money_points, rate_points
from tierlogic.exports.pictures import HOW_TO_DRAW, PicturesMissingError, chart_svg
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
from tierlogic.language import day_in_words, language_tag, say, to_say
from tierlogic.rules.words import confidence_in_words
from tierlogic.scenario import Reading

_STYLE = Path(__file__).with_name("report.css").read_text("utf-8")
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
)
_WHY_IF: dict[Reading, str] = {
    "used": to_say("When each tier opens, and why if used counts"),
    "paid": to_say("When each tier opens, and why if buying counts"),
}


def html_report(answered: Answer, made_on: date, address: str = "") -> str:
    """Return a report as HTML: answer, charts, tiers, assumptions, sources and the link.

    No request leaves the file, and no script can run in it. Without the renderer of pictures it
    says in place of the charts how to get it; their change points stand beneath in any case.

    Args:
        answered: a scenario's answer.
        made_on: the day that the report names.
        address: of the page, without a query; empty: the link stands without it.
    """
    scenario = answered.scenario
    title = escape(title_of(scenario))
    made = say(
        "Made on {day} with Tierlogic. An estimate from public rules, not a promise.",
        day=day_in_words(made_on),
    )
    inputs = _table(
        say("Every input of the plan"), (say("Input"), say("Value")), assumptions(scenario)
    )
    return f"""\
<!doctype html>
<html lang="{language_tag()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{_answer(answered)}
<h2>{escape(say("Charts"))}</h2>
{_charts(answered)}
<h2>{escape(say("Tiers"))}</h2>
{_tiers(answered)}
<h2>{escape(say("Assumptions"))}</h2>
{inputs}
<h2>{escape(say("Sources"))}</h2>
{_sources(citations(scenario))}
<h2>{escape(say("Link"))}</h2>
{_link(link_to(scenario, address))}
</main>
<footer>{escape(made)}</footer>
</body>
</html>
"""


def _answer(answered: Answer) -> str:
    first, *others = sentences(answered)
    paragraphs = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in others)
    return f'<p class="headline">{escape(first)}</p>\n{paragraphs}'


def _charts(answered: Answer) -> str:
    """Draw the money chart, then the rates of each row of limits that the plan draws on."""
    projection, usage = answered.chosen, answered.scenario.usage
    other = answered.by_reading[other_reading(answered.scenario)]
    parts = [
        _heading(say("Money over time")),
        _figure(money_chart(projection, LIGHT, other), money_takeaway(projection)),
        _table(
            say("The days on which something changes; money at the day's end"),
            (say("Day"), say("What happens"), say("Used"), say("Paid"), say("Credit")),
            money_points(projection),
        ),
    ]
    for line, *_ in lines_by_row(answered.scenario):
        parts += [
            _heading(say("Tokens per minute: {model}", model=usage[line].model)),
            _figure(rates_chart(projection, LIGHT, line), rates_takeaway(projection, line)),
            _table(
                say("The days from which another tier is in force; tokens per minute"),
                (say("From"), say("Tier"), say("Limit"), say("Average need"), say("Peak need")),
                rate_points(projection, line),
            ),
        ]
    return "\n".join(parts)


def _heading(words: str) -> str:
    return f"<h3>{escape(words)}</h3>"


def _figure(chart: dict[str, Any], takeaway: str) -> str:
    said = escape(takeaway)
    # The heading above it says what its title says.
    untitled = {part: made for part, made in chart.items() if part != "title"}
    try:
        picture = chart_svg(untitled, LIGHT)
    except PicturesMissingError:
        how = f"{escape(say('To have the chart drawn here:'))} <code>{escape(HOW_TO_DRAW)}</code>"
        return f'<p>{said}</p>\n<p class="small">{how}</p>'
    # A picture as a whole: its many marks would be read out one by one.
    drawn = f'<div role="img" aria-label="{said}">{picture}</div>'
    return f"<figure>\n{drawn}\n<figcaption>{said}</figcaption>\n</figure>"


def _tiers(answered: Answer) -> str:
    scenario = answered.scenario
    rows = tier_rows(answered)
    if not scenario.rules.contested:
        return _table(
            say("When each tier opens, and why"),
            (say("Tier"), say("Opens"), say("Why"), say("Rule")),
            [(row.tier, row.opens, row.why, row.rule) for row in rows],
        )
    own, other = opens_heading(scenario.reading), opens_heading(other_reading(scenario))
    return _table(
        say(_WHY_IF[scenario.reading]),
        (say("Tier"), own, other, say("Why"), say("Rule")),
        [(row.tier, row.opens, row.under_the_other, row.why, row.rule) for row in rows],
    )


def _sources(cited: Iterable[Citation]) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{escape(citation.about)}</th><td>{_where(citation)}</td>'
        f"<td>{escape(day_in_words(citation.source.read))}</td>"
        f"<td>{escape(confidence_in_words(citation.source.confidence))}</td></tr>"
        for citation in cited
    )
    return _framed(
        say("Where the rules were read"),
        (say("What rests on it"), say("Source"), say("Read"), say("Confidence")),
        rows,
    )


def _table(caption: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
        for first, *cells in rows
    )
    return _framed(caption, heading, body)


def _framed(caption: str, heading: Sequence[str], body: str) -> str:
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in heading)
    return (
        f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{columns}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _where(citation: Citation) -> str:
    url = escape(citation.source.url)
    return f'<a href="{url}">{url}</a>' if citation.is_clickable else url


def _link(link: str) -> str:
    shown = escape(link)
    if is_clickable(link):
        said = escape(say("It opens this plan with these figures:"))
        return f'<p>{said} <a href="{shown}">{shown}</a></p>'
    said = escape(say("Behind the page's address it opens this plan with these figures:"))
    return f"<p>{said}</p>\n<p><code>{shown}</code></p>"
