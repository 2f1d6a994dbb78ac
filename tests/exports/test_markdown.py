import re

import pytest

import tierlogic as tl
from tests.exports.plans import ADDRESS, HOSTILE, SCENARIOS, contested, in_file, line
from tests.exports.readers import markdown_table
from tierlogic.answer import answer, headline
from tierlogic.exports import markdown_summary

_READS_AS_MARKUP = re.compile(r"[`*_\[\]<>|~$&#]|://|www\.|@", re.IGNORECASE)


def summary(scenario: tl.Scenario, address: str = ADDRESS) -> str:
    return markdown_summary(answer(scenario), address)


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")


def test_the_answer_stands_first_with_both_readings() -> None:
    plan = contested(days=60, purchases=[{"on": "2026-01-31", "amount": "100"}])
    title, first, reasons, *_ = summary(plan).split("\n\n")
    assert title == "### When does the next usage tier open?"
    assert unescaped(first) == f"**{headline(answer(plan))}**"
    used, paid, request = reasons.splitlines()
    assert used.startswith("- If only used money counts: ")
    assert paid.startswith("- If buying credit counts: ")
    assert "128,000-token request" in request


def test_the_table_of_tiers() -> None:
    heading, _, *rows = markdown_table(summary(contested()))
    assert heading == [
        "Tier",
        "Opens if used counts",
        "Opens if buying counts",
        "Held by (if used counts)",
        "Rule",
    ]
    rule = "$250 paid and 14+ days since first successful payment"
    assert rows[4] == ["Tier 4", "28 Feb 2026", "14 Feb 2026", "money", rule]
    assert rows[5][1:3] == ["not in this plan"] * 2


def test_the_other_reading_stands_beside_the_chosen_one() -> None:
    heading, _, *rows = markdown_table(summary(contested(reading="paid")))
    assert heading[1:3] == ["Opens if buying counts", "Opens if used counts"]
    assert rows[4][1:3] == ["14 Feb 2026", "28 Feb 2026"]


def test_assumptions_name_what_is_not_plain() -> None:
    (assumed,) = [part for part in summary(contested()).split("\n\n") if "Assumed" in part]
    assert unescaped(assumed) == (
        "Assumed: 90 days, 31 Jan 2026 to 30 Apr 2026; tiers of openai/2024-10, limits of "
        "openai/2024-10; purchases: $250 on 31 Jan 2026; usage: gpt-4o: 2,000,000 tokens a day; "
        "25% output, 0% of the input cached; $2.50 input, $2.50 cached input and $10 output per "
        "million tokens; largest request 128,000 tokens."
    )


def test_many_purchases_are_cut_with_a_word() -> None:
    many = contested(purchases=[{"on": "2026-01-31", "amount": "5"}] * 200)
    assert len(summary(many)) < 10_000
    assert "... (the rest is in the link)" in summary(many)


def test_sources_have_the_day_they_were_read_and_their_confidence() -> None:
    tiers = tl.load_ladder("openai/2024-10")
    source = tiers.source_of(tiers.tiers[4])
    assert f"<{source.url}>, read 22 Nov 2026, confidence {source.confidence}" in summary(
        contested()
    )


def test_the_link_opens_the_same_plan() -> None:
    plan = contested(title="Why? (a & b)")
    match = re.search(
        r"^\[Open this plan\]\(<https://tiers\.example/\?(\S+)>\)$", summary(plan), re.MULTILINE
    )
    assert match
    assert tl.Scenario.from_query(match[1]) == plan


@pytest.mark.parametrize("address", ["", "javascript:alert(1)//", "https://a.example/>) [x](y"])
def test_without_a_page_s_address_the_link_stands_as_text(address: str) -> None:
    last = summary(contested(), address).rstrip().splitlines()[-1]
    assert last.endswith(f": `?{contested().to_query()}`")


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_stays_text(title: str) -> None:
    heading = summary(contested(title=title)).splitlines()[0].removeprefix("### ")
    assert not _READS_AS_MARKUP.search(re.sub(r"\\.|\u2060(?:://|www\.|@|\\#)\u2060", "", heading))
    assert unescaped(heading) == " ".join(title.split())


@pytest.mark.parametrize(
    "model",
    ["https://a.example/x", "www.a.example", "__init__ _x_", "@all", "a.b@c.example", "- x"],
)
def test_a_model_s_name_stays_text(model: str) -> None:
    said, _, _ = summary(contested(usage=[line(model=model)])).partition("\n\nSources:")
    ours = re.compile(r"^### |\*\*|^\|.*\|$", re.MULTILINE)
    joined = ours.sub("", said)
    left = re.sub(r"\\.|\u2060(?:://|www\.|@|\\#)\u2060", "", joined)
    assert not _READS_AS_MARKUP.search(left)
    assert model in unescaped(joined)


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_row_has_as_many_cells_as_the_heading(path: object) -> None:
    scenario = in_file(str(path).rpartition("/")[2].removesuffix(".toml"))
    heading, rule, *rows = markdown_table(summary(scenario))
    assert set(rule) == {"---"}
    assert {len(row) for row in rows} == {len(heading)}
    assert len(rows) == len(scenario.rules.tiers)
