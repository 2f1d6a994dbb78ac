"""What a first visit opens where the organisation has a plan of its own."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tierlogic.page.presets import newcomer

FOLDER = Path(__file__).parent / "defaults"
TODAY = date(2026, 11, 2)


@pytest.mark.parametrize("name", ["link.txt", "query.txt"])
def test_a_first_visit_opens_the_organisations_link(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    monkeypatch.setenv("TIERLOGIC_DEFAULTS", str(FOLDER / name))
    plan = newcomer(TODAY)

    assert (plan.title, plan.start) == ("Why?", date(2026, 6, 1))
    assert [(buy.on, buy.amount) for buy in plan.purchases] == [(date(2026, 6, 1), Decimal(100))]
    assert caplog.messages == []


def test_a_plan_file_without_a_start_begins_on_the_day_of_the_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TIERLOGIC_DEFAULTS", str(FOLDER / "plan.json"))

    assert newcomer(TODAY).start == TODAY
    tomorrow = newcomer(date(2026, 11, 3))
    assert (tomorrow.title, tomorrow.start) == ("Our account", date(2026, 11, 3))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("unknown-ladder.txt", "there is no ladder 'openai/2031-01'"),
        ("no-plan.json", "the file holds no plan"),
        ("too-large.txt", "the cost of one day would pass"),
        ("empty.txt", "ladder=(absent): is needed"),
        ("latin.txt", "is no text in UTF-8"),
        ("absent.txt", "No such file"),
    ],
)
def test_a_faulty_one_is_named_in_the_log_and_the_newcomers_stands_in(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str, says: str
) -> None:
    monkeypatch.delenv("TIERLOGIC_DEFAULTS", raising=False)
    usual = newcomer(TODAY)
    monkeypatch.setenv("TIERLOGIC_DEFAULTS", str(FOLDER / name))

    assert newcomer(TODAY) == usual
    assert newcomer(TODAY) == usual
    said = "\n".join(caplog.messages)
    assert says in said
    assert all(line.startswith(f"{FOLDER / name}: ") for line in caplog.messages)
    assert len(set(caplog.messages)) == len(caplog.messages), "once, not at every visit"
