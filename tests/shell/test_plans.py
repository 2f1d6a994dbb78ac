"""Where a plan may come from: a link, a JSON plan file, standard input."""

import io
import sys
from pathlib import Path

import pytest

import tierlogic as tl
from tests.shell.running import refused, run
from tests.shell.test_commands import LINK, PLAN
from tierlogic.exports import daily_csv
from tierlogic.links import compared_to_query, to_parameters
from tierlogic.plan_file import LARGEST_FILE, to_plan_file

FILE = to_plan_file(to_parameters(PLAN))


@pytest.mark.parametrize(
    "content",
    [FILE, f"\ufeff{FILE}", f"\n {FILE}", LINK, f"https://a.example/?{LINK}\n", f"\ufeff{LINK}"],
)
def test_a_file_holds_a_plan_or_a_link(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    content: str,
) -> None:
    file = tmp_path / "plan.json"
    file.write_text(content, encoding="utf-8")
    assert run(capsys, "project", str(file), "--csv").out == daily_csv(tl.project(PLAN))
    monkeypatch.setattr(sys, "stdin", io.StringIO(content))
    assert run(capsys, "project", "-", "--csv").out == daily_csv(tl.project(PLAN))


def test_of_a_comparison_the_first_plan_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    link = compared_to_query([PLAN, PLAN.but(days=30)])
    assert run(capsys, "project", link, "--csv").out == daily_csv(tl.project(PLAN))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{}", "PLAN: the file holds no plan"),
        (b"[1]", "PLAN: the file holds no plan: a plan is one JSON object"),
        (b'{"tierlogic": "plan",', "PLAN: the file is no JSON: line 1, "),
        (b'{"tierlogic": "plan", "days": "x"}', "days=x: is no number"),
        (b"\xff\xfe\x00", "PLAN: is not text in UTF-8"),
        (b"{" + b" " * LARGEST_FILE, "PLAN: is longer than 1,000,000 characters"),
        (b"", "PLAN: holds no plan"),
        (b"when does Tier 4 open?", "PLAN: holds no plan"),
    ],
)
def test_a_file_without_a_plan_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, says: str
) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(content)
    assert says in refused(capsys, "project", str(file))


def test_what_is_no_file_and_no_link_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for given in (str(tmp_path / "nowhere.json"), "x" * 5_000, "\udcff", "a\0b"):
        assert refused(capsys, "project", given).startswith("tierlogic: PLAN: ")
    assert refused(capsys, "project", str(tmp_path)).endswith("cannot be read: Is a directory")
