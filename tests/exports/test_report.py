import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

import tierlogic as tl
from tests.exports.plans import ADDRESS, HOSTILE, MADE_ON, contested, in_file, line
from tests.exports.readers import Page
from tierlogic.answer import answer, headline, reasons
from tierlogic.exports import html_report
from tierlogic.exports.sources import citations

ROOT = Path(__file__).parents[2]
DRAWN = {"svg", "g", "path", "rect", "text", "line"}
WRITTEN = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "a", "div"),
    *("figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td", "footer"),
}


def page(scenario: tl.Scenario, address: str = ADDRESS) -> Page:
    return Page(html_report(answer(scenario), MADE_ON, address))


def test_the_answer_and_its_reasons_stand_first() -> None:
    answered = answer(contested())
    first, used, paid, _ = page(contested()).texts["p"][:4]
    assert first == headline(answered)
    (_, if_used), (_, if_paid) = reasons(answered)
    assert (used, paid) == (
        f"If only used money counts: {if_used}",
        f"If buying credit counts: {if_paid}",
    )


def test_both_charts_are_drawn_with_their_sentence_and_their_change_points() -> None:
    shown = page(contested())
    assert shown.tags.count("svg") == 2
    labels = [
        value for tag, name, value in shown.attributes if (tag, name) == ("div", "aria-label")
    ]
    assert labels == shown.texts["figcaption"]
    assert labels[0].startswith("Used reaches $250 on 28 Feb 2026 and opens Tier 4")
    assert shown.table("The days on which something changes").rows[1:3] == [
        ["31 Jan 2026", "The plan starts. Tier 1 opens.", "$8.75", "$250.00", "$241.25"],
        ["7 Feb 2026", "Tier 2 opens.", "$70.00", "$250.00", "$180.00"],
    ]
    # 2M tokens over 1,440 minutes.
    assert shown.table("The days from which another tier").rows[1:3] == [
        ["31 Jan 2026", "Tier 1", "30,000", "1,389", "1,389"],
        ["7 Feb 2026", "Tier 2", "450,000", "1,389", "1,389"],
    ]


def test_models_with_limits_of_their_own_have_a_chart_each() -> None:
    two = contested(usage=[line(), line(model="gpt-4o-mini"), line(tokens_per_day=5)])
    shown = page(two)
    assert shown.tags.count("svg") == 3
    assert "Tokens per minute: gpt-4o-mini" in shown.texts["h3"]
    assert page(contested(usage=())).tags.count("svg") == 1


def test_every_source_has_its_day_and_its_confidence() -> None:
    plan = contested()
    _, *rows = page(plan).table("Where the rules were read").rows
    assert rows
    assert rows == [
        [cited.about, cited.source.url, "22 Nov 2026", cited.source.confidence]
        for cited in citations(plan)
    ]
    assert "limits of gpt-4o at Tier 1" in [row[0] for row in rows]


def test_the_day_it_was_made() -> None:
    assert page(contested()).texts["footer"][0].startswith("Made on 1 Feb 2026 ")


def test_no_request_leaves_the_file_and_no_script_runs() -> None:
    html = html_report(answer(contested()), MADE_ON, ADDRESS)
    shown = Page(html)
    assert set(shown.tags) == WRITTEN | DRAWN
    assert shown.values("src") == shown.values("style") == shown.values("xlink:href") == []
    link = f"{ADDRESS}?{contested().to_query()}"
    sources = {cited.source.url for cited in citations(contested())}
    assert {link} < set(shown.values("href")) <= {link, *sources}
    assert not [name for _, name, _ in shown.attributes if name.startswith("on")]
    (style,) = shown.texts["style"]
    assert "url(" not in html
    assert "@import" not in style
    policy = shown.values("content")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "Content-Security-Policy" in shown.values("http-equiv")


def test_it_can_be_read_aloud() -> None:
    shown = page(contested())
    assert ("html", "lang", "en") in shown.attributes
    assert shown.headings[0] == 1
    assert shown.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(shown.headings))
    assert len(shown.values("scope")) == shown.tags.count("th")
    assert shown.tags.count("caption") == shown.tags.count("table")
    assert all(shown.texts["caption"])


def test_it_is_set_for_print() -> None:
    (style,) = page(contested()).texts["style"]
    assert "@page" in style
    assert "@media print" in style
    assert "break-inside: avoid" in style


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_stays_text(title: str) -> None:
    shown = page(contested(title=title))
    assert set(shown.tags) <= WRITTEN | DRAWN
    assert shown.texts["h1"] == shown.texts["title"] == [" ".join(title.split())]


@pytest.mark.parametrize("address", ["", "javascript:alert(1)//", '"><script>'])
def test_without_a_page_s_address_the_link_stands_as_text(address: str) -> None:
    shown = page(contested(), address)
    assert shown.texts["code"] == [f"?{contested().to_query()}"]
    assert all(href.startswith("https://") for href in shown.values("href"))


@pytest.mark.parametrize(
    "name",
    ["anthropic_a_tier_that_nobody_can_predict", "minimax_before_the_first_recharge"],
)
def test_plans_without_a_prediction_or_a_reading(name: str) -> None:
    plan = in_file(name)
    shown = page(plan)
    assert shown.texts["p"][0] == headline(answer(plan))
    assert "Opens" in shown.table("When each tier opens").rows[0]


def test_without_the_renderer_the_report_says_how_to_get_it() -> None:
    without = """
import sys
sys.modules["vl_convert"] = None
from tests.exports.plans import ADDRESS, MADE_ON, contested
from tierlogic.answer import answer
from tierlogic.exports import can_draw, html_report
assert not can_draw()
sys.stdout.buffer.write(html_report(answer(contested()), MADE_ON, ADDRESS).encode())
"""
    ran = subprocess.run([sys.executable, "-c", without], cwd=ROOT, capture_output=True, check=True)
    shown = Page(ran.stdout.decode())
    assert "svg" not in shown.tags
    assert shown.texts["code"] == ['pip install "tierlogic[pictures]"'] * 2
    assert [table.rows for table in shown.tables] == [
        table.rows for table in page(contested()).tables
    ]
