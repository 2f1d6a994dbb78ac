"""Rules of one's own on the page: uploaded, used, shared, left."""

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import tierlogic as tl
from tests.page.pages import (
    PLAN,
    PLAN_HEADLINE,
    as_shown,
    cards,
    headline,
    live_slider,
    move,
    open_page,
    parameter,
    run,
    text,
    unlocks_data,
)
from tierlogic.links import pack, to_parameters, within_an_address
from tierlogic.rules.catalog import DATA, load_ladder, load_limits, toml_of

OWN = Path(__file__).parents[1] / "rules" / "own"
LADDER, LIMITS = (OWN / f"acme-{kind}.toml" for kind in ("ladder", "limits"))
# A comment of 4,000 characters that hardly pack.
LONG = LADDER.read_text("utf-8") + "# " + "".join(f"{n * n:x}" for n in range(9_000, 10_000)) + "\n"

# $300 on 1 December opens Bronze at once; Silver waits for 15 December, the 14th day after.
ACME = {
    "ladder": "acme/2026-11",
    "limits": "acme/2026-11",
    "own_ladder": LADDER.read_text("utf-8"),
    "own_limits": LIMITS.read_text("utf-8"),
    "start": "2026-12-01",
    "first_payment": "2026-12-01",
    "purchases": [{"on": "2026-12-01", "amount": 300}],
    "usage": [{"model": "acme-large", "tokens_per_day": 1, "price": {"input": 2, "output": 8}}],
}


def upload(page: AppTest, name: str, data: bytes) -> AppTest:
    page.file_uploader(key="own_file").upload(name, data)
    return run(page)


def give_prices(page: AppTest) -> AppTest:
    page.number_input(key="input_price").set_value(2.0)
    page.number_input(key="output_price").set_value(8.0)
    return run(page)


def link_of(own: dict[str, Any]) -> dict[str, str]:
    whole = to_parameters(tl.Scenario.model_validate(own))
    return {name: values[0] for name, values in within_an_address(whole).items()}


def messages(page: AppTest) -> str:
    parts = (*page.error, *page.warning, *page.info)
    return as_shown("\n".join(part.value for part in parts))


def test_a_ladder_and_its_limits_are_used_once_prices_are_given() -> None:
    page = open_page()
    upload(page, "contract.toml", LADDER.read_bytes())
    assert "No limits of acme are known" in messages(page)
    assert "give the price per million tokens" in messages(page)

    upload(page, "limits.toml", LIMITS.read_bytes())
    give_prices(page)
    move(page, "prepay", 300)

    assert not page.error
    assert page.selectbox(key="provider").value == "acme"
    assert page.selectbox(key="ladder").value == "acme/2026-11"
    assert page.selectbox(key="model").value == "acme-large"
    assert headline(page).startswith("Silver opens on")
    assert "No limits" not in messages(page)
    assert live_slider(page, "prepay")["texts"][-1] == "€2,000"
    assert parameter(page, "own_ladder") == [pack(LADDER.read_text("utf-8"))]
    assert parameter(page, "own_limits") == [pack(LIMITS.read_text("utf-8"))]


def test_a_link_with_own_rules_opens_them() -> None:
    page = open_page(**link_of(ACME))

    assert not page.warning
    assert headline(page) == "Silver opens on 15 Dec 2026."
    assert page.selectbox(key="ladder").options == [
        "acme/2026-11 (your file) · Contract of November 2026"
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.toml", b"", "a.toml: is no rules file: a ladder has [[tiers]]"),
        ("a.toml", b"\xff\xfe", "a.toml: cannot be read: 'utf-8' codec"),
        ("a.toml", b"format = \n", "a.toml:1: cannot be read as TOML: Invalid value"),
        ("a.toml", b"#" * 50_001, "a.toml: has 50,001 characters; 50,000 are allowed"),
        ("a.toml", b"x = " + b"[" * 20_000, "a.toml: is nested too deeply"),
        ("a.toml", b"x = " + b"9" * 5_000, "a.toml: holds a number of more than 4,300 digits"),
        (
            "p.toml",
            (DATA / "openai" / "provider.toml").read_bytes(),
            "p.toml: is a provider, not rules",
        ),
        ("limits.toml", LIMITS.read_bytes(), "limits.toml: provider: is of 'acme', which has no"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_the_plan_stays(
    name: str, data: bytes, said: str
) -> None:
    page = open_page(**PLAN)
    before = headline(page)
    upload(page, name, data)

    assert said in messages(page)
    assert headline(page) == before
    upload(page, "contract.toml", LADDER.read_bytes())
    assert said not in messages(page)


def test_every_fault_is_listed_with_its_line() -> None:
    page = open_page(**PLAN)
    faulty = LADDER.read_text("utf-8").replace('"EUR"', '"GBP"').replace("= 14", "= 0")
    upload(page, "contract.toml", faulty.encode())

    assert "contract.toml:6: currency: must be 'USD', 'CNY' or 'EUR' (given: GBP)" in messages(page)
    assert "contract.toml:32: tier 'Silver', opens_when.all, gate 2, at_least" in messages(page)


def test_a_file_of_a_published_id_stands_in_its_place_until_it_is_left() -> None:
    page = open_page(**PLAN)
    published = cards(page)
    own = toml_of(load_ladder("openai/2026-05")).replace("at_least = 50 ", "at_least = 60 ")
    upload(page, "mine.toml", own.encode())
    assert not page.error
    assert headline(page).startswith("Tier 2 opens on 6 Jun 2026"), "$60 at $11.25 a day: day 6"
    assert parameter(page, "ladder") == ["openai/2026-05"]

    run(page.button(key="leave_own_rules").click())
    assert cards(page) == published
    assert "own_ladder" not in page.query_params


def test_own_rules_stay_choosable_beside_the_published_ones() -> None:
    page = open_page(**link_of(ACME))
    run(page.selectbox(key="provider").set_value("openai"))
    assert str(page.selectbox(key="ladder").value).startswith("openai/")
    run(page.selectbox(key="provider").set_value("acme"))
    assert page.selectbox(key="ladder").value == "acme/2026-11"
    assert "give the price per million tokens" in messages(page)
    give_prices(page)
    assert not page.error


def test_a_file_too_long_for_an_address_is_marked_in_it_and_asked_for() -> None:
    page = open_page(**link_of({**ACME, "own_ladder": LONG}))
    assert "there is no ladder 'acme/2026-11' here; it was a file of the sender's own" in messages(
        page
    )

    upload(page, "contract.toml", LONG.encode())
    assert headline(page) == "Silver opens on 15 Dec 2026."
    assert "sender's own" not in messages(page)
    assert "teammates must upload it too" in messages(page)


def test_an_upload_too_long_for_an_address_is_said_where_the_link_is() -> None:
    page = open_page()
    upload(page, "contract.toml", LONG.encode())
    give_prices(page)
    assert "teammates must upload it too" in messages(page)
    assert parameter(page, "own_ladder")[0].startswith("file.")
    assert not page.error

    upload(page, "contract.toml", LADDER.read_bytes())
    assert "teammates must upload it too" not in messages(page)
    assert parameter(page, "own_ladder") == [pack(LADDER.read_text("utf-8"))]


def test_back_finds_a_file_that_was_too_long_for_the_address() -> None:
    page = open_page()
    upload(page, "contract.toml", LONG.encode())
    give_prices(page)
    with_file = {name: parameter(page, name) for name in page.query_params}
    said = headline(page)
    page.query_params.clear()
    page.query_params.update(PLAN)
    assert headline(run(page)) == PLAN_HEADLINE != said

    page.query_params.clear()
    page.query_params.update(with_file)
    run(page)
    assert headline(page) == said
    assert "sender's own" not in messages(page)


def test_own_limits_go_with_a_published_ladder() -> None:
    page = open_page(**PLAN)
    own = toml_of(load_limits("openai/2026-09")).replace('"2026-09"', '"2026-12"', 1)
    assert 'version = "2026-12"' in own
    upload(page, "limits.toml", own.encode())

    assert page.selectbox(key="ladder").value == "openai/2026-05"
    assert page.selectbox(key="limits").value == "openai/2026-12"
    assert headline(page) == PLAN_HEADLINE
    assert not page.error

    run(page.selectbox(key="limits").set_value("openai/2026-09"))
    assert "own_limits" not in page.query_params
    assert "openai/2026-12 (your file)" in page.selectbox(key="limits").options[-1]


def test_the_sources_of_own_rules_are_shown_and_compared_with_the_newest() -> None:
    page = open_page(**PLAN)
    own = toml_of(load_ladder("openai/2026-05")).replace("at_least = 50 ", "at_least = 60 ")
    upload(page, "mine.toml", own.encode())
    page.session_state["tables"] = "Rules and sources"
    run(page)

    assert "$60 used or paid" in text(page)
    assert any("since openai/2026-05" in as_shown(group.label) for group in page.expander)


def test_the_sources_of_an_unknown_provider_say_what_its_file_says() -> None:
    page = open_page(**link_of(ACME))
    page.session_state["tables"] = "Rules and sources"
    run(page)
    assert "acme holds tiers for: account; limits for: account." in text(page)


def test_the_rules_in_use_are_there_to_start_from() -> None:
    page = open_page(**PLAN)
    labels = [button.proto.label for button in page.get("download_button")]
    assert {"Download this ladder", "Download these limits"} <= set(labels)


def test_what_an_own_file_says_is_shown_as_text_only() -> None:
    picture = "![x](https://example.com/x.png)"
    own = (
        LADDER.read_text("utf-8")
        .replace("Annex B of the contract", f"https://example.com/a) {picture}")
        .replace("Contract of November", f"{picture} of November")
        .replace('"Silver"', f'"{picture}"')
    )
    own += f'[[notes]]\ntext = "{picture}"\nsources = ["contract"]\n'
    page = open_page(**link_of({**ACME, "own_ladder": own}))
    page.session_state["tables"] = "Rules and sources"
    run(page)

    shown = [part.value for part in (*page.markdown, *page.caption, *page.subheader)]
    assert any("example" in part for part in shown)
    assert not [part for part in shown if "![" in part]
    assert not [part for part in shown if "](https://example.com/a)" in part]


def test_the_table_of_unlocks_links_to_nothing_but_a_site() -> None:
    own = LADDER.read_text("utf-8").replace("Annex B of the contract", "javascript:alert(1)")
    page = open_page(**link_of({**ACME, "own_ladder": own}))

    links = {cell["link"] for row in unlocks_data(page)["rows"] for cell in row}
    assert links == {""}


def test_rules_that_nobody_has_read_for_long_are_said_to_be_stale_beneath_the_answer() -> None:
    page = open_page(**link_of(ACME))
    assert "look again" not in text(page)

    old = re.sub(r"read = [0-9-]+", "read = 2024-11-01", LADDER.read_text("utf-8"))
    page = open_page(**link_of({**ACME, "own_ladder": old}))
    assert "These rules were read on 1 Nov 2024" in text(page)
