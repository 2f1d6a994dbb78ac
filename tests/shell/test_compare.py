import pytest

import tierlogic as tl
from tests.shell.running import refused, run
from tests.shell.test_commands import LINK, PLAN
from tierlogic.links import compared_to_query, from_query

SMALLER = PLAN.but(title="Small", purchases=[{"on": "2026-01-31", "amount": "100"}])
PLANS = ("compare", f"https://a.example/?{LINK}", SMALLER.to_query())


def test_each_plan_stands_beside_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, *PLANS).out
    words, table = out.split("\n\n")
    assert words.splitlines() == [
        "Beside Plan A:",
        "Small: $100 on 31 Jan 2026 instead of $250 on 31 Jan 2026.",
    ]
    rows = table.splitlines()
    assert rows[0].split() == ["Plan", "A", "Small"]
    assert rows[-3].split() == ["Paid", "$250.00", "$100.00,", "$150.00", "less"]


def test_json_has_what_the_package_says(capsys: pytest.CaptureFixture[str]) -> None:
    record = run(capsys, *PLANS, "--format", "json").record
    compared = tl.compare([PLAN, SMALLER])
    first, second = record["plans"]
    assert record["base"] == 1
    assert first["link"] == f"https://a.example/?{LINK}"
    assert from_query(second["link"]) == SMALLER
    for each, projection in zip((first, second), compared.projections, strict=True):
        assert [(one["tier"], one["on"]) for one in each["unlocks"]] == [
            (unlock.tier, unlock.on and unlock.on.isoformat()) for unlock in projection.unlocks[1:]
        ]
    # $250 and $100 bought, all of it used within 90 days.
    assert (first["paid"], second["paid"], second["paid_more"]) == ("250", "100", "-150")
    # Tier 4 asks for $250, which $100 never reaches: no number of days.
    assert second["unlocks"][3] == {
        "tier": "Tier 4",
        "on": None,
        "on_other_reading": None,
        "days_later": None,
    }


def test_another_base(capsys: pytest.CaptureFixture[str]) -> None:
    record = run(capsys, *PLANS, "--base", "2", "--format", "json").record
    assert record["base"] == 2
    assert [plan["paid_more"] for plan in record["plans"]] == ["150", "0"]


def test_one_link_may_hold_the_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    both = compared_to_query([PLAN, SMALLER])
    assert run(capsys, "compare", both, "--csv") == run(capsys, *PLANS, "--csv")


def test_csv_has_one_row_a_plan_and_tier(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, *PLANS, "--csv").rows
    assert [(row["plan"], row["tier"]) for row in rows] == [
        (plan, f"Tier {tier}") for plan in "12" for tier in range(1, 6)
    ]
    assert rows[1] == {
        "plan": "1",
        "name": "Plan A",
        "tier": "Tier 2",
        "on": "2026-02-07",
        "on_other_reading": "2026-02-07",
        "days_later": "0",
    }


def test_a_title_is_no_formula_and_steers_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = PLAN.but(title="=1|2")
    rows = run(capsys, "compare", LINK, hostile.to_query(), "--csv").rows
    assert {row["name"] for row in rows} == {"Plan A", "'=1|2"}
    markdown = run(capsys, "compare", LINK, hostile.to_query(), "--format", "markdown").out
    assert "|  | Plan A | =1\\|2 |\n| --- | --- | --- |\n" in markdown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([LINK], "1 is given; compare 2 to 6 scenarios"),
        ([LINK] * 7, "7 are given; compare 2 to 6 scenarios"),
        ([LINK, LINK, "--base", "0"], "--base: is 0; give 1 to 2"),
        ([LINK, LINK, "--base", "3"], "--base: is 3; give 1 to 2"),
        ([LINK, "nowhere.json"], "PLAN: holds no plan"),
        ([], "the following arguments are required: PLAN"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert says in refused(capsys, "compare", *arguments)
