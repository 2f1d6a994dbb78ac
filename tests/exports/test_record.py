import json
from typing import Any

import tierlogic as tl
from tests.exports.plans import ADDRESS, contested
from tierlogic.answer import answer
from tierlogic.exports import projection_json


def record(scenario: tl.Scenario, address: str = "") -> dict[str, Any]:
    content: dict[str, Any] = json.loads(projection_json(answer(scenario), address))
    return content


def test_what_the_plan_is_and_what_it_was_made_with() -> None:
    content = record(contested(title="Our plan"), ADDRESS)
    assert content["tierlogic"] == "projection"
    assert content["format"] == 1
    assert content["versions"]["ladder"] == content["versions"]["limits"] == "openai/2024-10"
    assert content["versions"]["link"] == "1"
    assert content["title"] == "Our plan"
    assert (content["start"], content["last_day"]) == ("2026-01-31", "2026-04-30")
    assert (content["currency"], content["reading"], content["contested"]) == ("USD", "used", True)
    assert content["next_tier"] == "Tier 2"
    assert content["headline"].startswith("Tier 2 opens on 7 Feb 2026")


def test_the_link_opens_the_same_plan() -> None:
    content = record(contested(), ADDRESS)
    assert tl.Scenario.from_query(content["link"].removeprefix(f"{ADDRESS}?")) == contested()
    assert record(contested())["link"] == f"?{contested().to_query()}"


def test_an_unlock_has_every_field() -> None:
    unlocks = record(contested())["readings"]["used"]["unlocks"]
    assert unlocks[4] == {
        "tier": "Tier 4",
        "on": "2026-02-28",
        "money_met_on": "2026-02-28",
        "wait_over_on": "2026-02-14",
        "held_by": "money",
        "missing": "0",
        "why": "$250 used is reached on 28 Feb 2026; the 14-day wait was over on 14 Feb 2026.",
    }
    assert unlocks[5]["on"] is None
    assert unlocks[5]["missing"] == "750"


def test_both_readings_are_told() -> None:
    readings = record(contested())["readings"]
    assert readings["used"]["unlocks"][4]["on"] == "2026-02-28"
    assert readings["paid"]["unlocks"][4]["on"] == "2026-02-14"
    assert readings["paid"]["tier_changes"][0] == {"on": "2026-01-31", "tier": "Tier 1"}
    assert readings["paid"]["first_payment"] == "2026-01-31"


def test_an_event_has_its_amount() -> None:
    (ran_out,) = record(contested())["readings"]["used"]["events"]
    assert ran_out == {
        "on": "2026-02-28",
        "kind": "credit_ran_out",
        "text": "The credit runs out on 28 Feb 2026 with $250 used.",
        "amount": "250",
    }


def test_amounts_are_exact_texts_and_tokens_are_numbers() -> None:
    # Ten cents bought three times are 30 cents, which floats miss.
    dimes = [{"on": f"2026-02-0{day}", "amount": "5.10"} for day in (1, 2, 3)]
    totals = record(contested(purchases=dimes, usage=()))["readings"]["used"]["totals"]
    assert totals["purchased"] == totals["paid"] == totals["balance"] == "15.3"
    assert totals["cost"] == totals["used"] == "0"
    assert totals["tokens_wanted"] == 0
    # $250 pays $8.75 a day for 28.57 days of 2M tokens.
    used = record(contested())["readings"]["used"]["totals"]
    assert used["tokens_wanted"] == 180_000_000
    assert round(used["tokens_served"]) == round(250 / 8.75 * 2_000_000)
    assert used["cost"] == "250"
