import shlex
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import tierlogic as tl
from tests.exports.plans import ADDRESS, HOSTILE, SCENARIOS, contested, in_file, line
from tests.shell.running import run
from tierlogic.exports import daily_csv
from tierlogic.exports.reproduce import reproduce
from tierlogic.rules.catalog import toml_of

NAMES = sorted(file.stem for file in SCENARIOS.glob("*.toml"))

EVERYTHING = contested(
    title='größer, it\'s "ours" \\n',
    first_payment="2025-12-30",
    used_before="12.34",
    paid_before="50",
    purchased_before="25.5",
    past=[{"on": "2026-01-05", "used": "1.25", "purchased": "5"}],
    account_created="2025-12-01",
    opening_balance="0.01",
    month_used_before="2.5",
    opening_tier="Tier 1",
    auto_recharge={"below": "5", "amount": "25", "monthly_limit": "100"},
    usage=[
        line(growth_per_30_days=0.1 + 0.2, starts="2026-02-01", ends="2026-03-01"),
        line(model="gpt-4-turbo", tokens_per_request=1_500.5, context_window=None),
    ],
    active_hours=7.5,
    noise={"spread": 0.3, "seed": 4},
    evaluated="at_payment",
    lag_days=2,
    reading="paid",
)


def executed(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(code, "reproduced.py", "exec"), names)  # noqa: S102 - that it runs is the point
    return names


@pytest.mark.parametrize("name", NAMES)
def test_the_code_makes_the_same_plan(capsys: pytest.CaptureFixture[str], name: str) -> None:
    scenario = in_file(name)
    names = executed(reproduce(scenario).python)
    assert names["plan"] == scenario
    assert names["projection"].unlocks == tl.project(scenario).unlocks
    assert len(capsys.readouterr().out.splitlines()) == len(scenario.rules.tiers)


def test_every_field_comes_back() -> None:
    assert executed(reproduce(EVERYTHING).python)["plan"] == EVERYTHING


def test_the_code_is_read_easily() -> None:
    assert (
        reproduce(contested()).python
        == """\
from datetime import date
from decimal import Decimal

import tierlogic as tl

plan = tl.Scenario(
    ladder="openai/2024-10",
    limits="openai/2024-10",
    start=date(2026, 1, 31),
    days=90,
    reading="used",
    purchases=(tl.Purchase(on=date(2026, 1, 31), amount=Decimal("250")),),
    usage=(
        tl.UsageLine(
            model="gpt-4o",
            tokens_per_day=2_000_000,
            output_share=0.25,
            cached_share=0,
            price=tl.Price(input=Decimal("2.5"), cached_input=None, output=Decimal("10")),
            context_window=128_000,
        ),
    ),
)
projection = tl.project(plan)
for unlock in projection.unlocks:
    print(unlock.tier, unlock.on, unlock.why)
"""
    )


def test_rules_of_one_s_own_are_in_the_code() -> None:
    own = toml_of(tl.load_ladder("openai/2024-10"))
    plan = contested(own_ladder=own)
    assert executed(reproduce(plan).python)["plan"] == plan


@pytest.mark.parametrize("title", [*HOSTILE, "'; rm -rf x; '", '"""', "{plan}", "\\", "$(x)"])
def test_a_title_stays_a_title(capsys: pytest.CaptureFixture[str], title: str) -> None:
    plan = contested(title=title)
    command, python = reproduce(plan, ADDRESS)
    assert executed(python)["plan"] == plan
    program, *arguments = shlex.split(command)
    assert program == "tierlogic"
    assert len(command.splitlines()) == 1
    capsys.readouterr()
    assert run(capsys, *arguments, "--csv").out == daily_csv(tl.project(plan))


def test_the_line_has_the_page_s_address() -> None:
    assert reproduce(contested(), ADDRESS).command == (
        f"tierlogic project '{ADDRESS}?{contested().to_query()}'"
    )
    assert reproduce(contested()).command.startswith("tierlogic project '?v=1&ladder=")


def _drawn() -> None:
    from tests.exports.plans import contested  # noqa: PLC0415 - a script of its own
    from tierlogic.page.views.reproduce import show_reproduce  # noqa: PLC0415

    show_reproduce(contested())


def test_the_page_shows_both() -> None:
    page = AppTest.from_function(_drawn, default_timeout=60).run()
    assert not page.exception
    command, python = page.code
    assert command.value.startswith("tierlogic project '")
    assert f"{python.value}\n" == reproduce(contested()).python
