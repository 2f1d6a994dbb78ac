import json
from pathlib import Path

import pytest

from tests.shell.running import refused, run
from tests.shell.test_commands import LINK, PLAN
from tierlogic.links import compared_from_query, compared_to_query, from_query

SHORT = "ladder=openai/2024-10&limits=openai/2024-10&start=2026-01-31"


@pytest.mark.parametrize("address", ["", "https://a.example/x/"])
def test_a_link_is_written_in_full(capsys: pytest.CaptureFixture[str], address: str) -> None:
    ran = run(capsys, "link", f"{address}?{SHORT}")
    assert (ran.code, ran.err) == (0, [])
    assert ran.out == f"{address}?{from_query(SHORT).to_query()}\n"


def test_a_plan_file_and_its_link_are_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "plan.json"
    assert run(capsys, "link", LINK, "--json", "--out", str(file)) == (0, "", [])
    assert json.loads(file.read_text("utf-8"))["model"] == "gpt-4o"
    assert run(capsys, "link", str(file)).out == f"?{LINK}\n"


def test_a_comparison_keeps_its_plans(capsys: pytest.CaptureFixture[str]) -> None:
    plans = (PLAN, PLAN.but(days=30), PLAN.but(reading="paid"))
    ran = run(capsys, "link", compared_to_query(plans))
    assert compared_from_query(ran.out.strip()) == plans


def test_what_cannot_be_read_is_named_and_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "link", f"{LINK.replace('days=90', 'days=x')}&colour=%1b[2J")
    assert ran.code == 1
    assert from_query(ran.out.strip()) == PLAN.but(days=365)
    first, second = ran.err
    assert first.startswith("tierlogic: days=x: is no number; ")
    assert second == r"tierlogic: colour=\x1b[2J: is not a parameter of a link; left out"


def test_a_link_that_does_not_open_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "v=99: " in refused(capsys, "link", LINK.replace("v=1", "v=99"))
    assert "start=(absent): is needed" in refused(capsys, "link", SHORT.partition("&start")[0])
