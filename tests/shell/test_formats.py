"""The forms of a plan in a shell: printed, or written to a file."""

import os
import re
import subprocess
import sys
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest

from tests.shell.test_commands import LINK, PLAN, ROOT, TOO_LARGE, in_a_shell
from tierlogic.answer import answer
from tierlogic.exports import (
    calendar_ics,
    daily_csv,
    html_report,
    markdown_summary,
    projection_json,
)
from tierlogic.shell import clock, main

ADDRESS = "https://tiers.example/"
TODAY = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Then":
            return cls(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Then)


def expected(form: str, address: str = ADDRESS) -> str:
    answered = answer(PLAN)
    return {
        "csv": daily_csv(answered.chosen),
        "json": projection_json(answered, address),
        "markdown": markdown_summary(answered, address),
        "ics": calendar_ics(answered, TODAY, address),
        "html": html_report(answered, TODAY, address),
    }[form]


FORMS = ["csv", "json", "markdown", "ics", "html"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_printed(capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert main(["project", f"{ADDRESS}?{LINK}", "--format", form]) == 0
    assert capsys.readouterr().out == expected(form)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_written_to_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    file = tmp_path / "plan"
    assert main(["project", f"{ADDRESS}?{LINK}", "--format", form, "--out", str(file)]) == 0
    assert file.read_bytes() == expected(form).encode()
    assert capsys.readouterr() == ("", "")


def test_the_table_is_the_form_that_needs_no_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["project", LINK])
    printed = capsys.readouterr().out
    main(["project", LINK, "--format", "table"])
    assert capsys.readouterr().out == printed
    main(["project", LINK, "--out", str(tmp_path / "plan.txt")])
    assert (tmp_path / "plan.txt").read_text("utf-8") == printed


def test_csv_has_a_short_name(capsys: pytest.CaptureFixture[str]) -> None:
    main(["project", LINK, "--csv"])
    assert capsys.readouterr().out == expected("csv")


@pytest.mark.parametrize("link", [LINK, f"?{LINK}", f"localhost:8501?{LINK}"])
def test_a_link_without_a_page_s_address_gives_files_without_one(
    capsys: pytest.CaptureFixture[str], link: str
) -> None:
    main(["project", link, "--format", "markdown"])
    assert capsys.readouterr().out == expected("markdown", address="")


def test_the_calendar_keeps_its_line_ends_and_its_letters_in_any_shell() -> None:
    link = PLAN.but(title="größer").to_query()
    ran = subprocess.run(
        [sys.executable, "-m", "tierlogic", "project", link, "--format", "ics"],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "X-WR-CALNAME:Tierlogic: größer\r\n".encode() in ran.stdout
    assert not re.search(rb"(?<!\r)\n", ran.stdout)


def test_a_form_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["project", LINK, "--format", "pdf"])
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("tierlogic project: argument --format: invalid choice: 'pdf'")
    assert "markdown" in line


def test_a_file_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "nowhere" / "plan.ics"
    assert main(["project", LINK, "--format", "ics", "--out", str(file)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert (
        captured.err == f"tierlogic: --out: {file} cannot be written: No such file or directory\n"
    )


@pytest.mark.parametrize("link", [TOO_LARGE, LINK.replace("days=90", "days=x"), "v=1"])
def test_a_bad_link_writes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, link: str
) -> None:
    file = tmp_path / "plan"
    assert main(["project", link, "--format", "json", "--out", str(file)]) == 2
    assert not file.exists()
    assert capsys.readouterr().err.startswith("tierlogic: ")


def test_a_report_in_a_shell() -> None:
    ran = in_a_shell("project", "-", "--format", "html", given=f"{ADDRESS}?{LINK}".encode())
    assert ran.stdout.startswith(b"<!doctype html>")
    assert (ran.returncode, ran.stderr) == (0, b"")
