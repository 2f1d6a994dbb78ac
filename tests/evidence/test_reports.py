"""Report files: those of the package, and in broken/ one for each fault that the loader names."""

import re
from pathlib import Path

import pytest

from tierlogic.evidence_reports import REPORTS, ReportError, all_reports, read_report

FILES = sorted(REPORTS.glob("*.toml"))
BROKEN = sorted(Path(__file__).with_name("broken").glob("*.toml"))

of_each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_loader_names_the_file_the_key_and_the_fault(path: Path) -> None:
    expected = re.findall(r"^# expect: (.+)$", path.read_text("utf-8"), re.MULTILINE)
    assert expected, f"{path.name} expects nothing"
    with pytest.raises(ReportError) as error:
        read_report(path)
    for words in (path.name, *expected):
        assert words in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"openai-none\.toml: cannot be read"):
        read_report(tmp_path / "openai-none.toml")


def test_every_file_is_a_report() -> None:
    assert [report.id for report in all_reports()] == [path.stem for path in FILES]


@of_each_file
def test_a_report_is_no_more_sure_than_its_source(path: Path) -> None:
    report = read_report(path)
    assert report.source.url.startswith("https://")
    # Nobody at OpenAI wrote these: they are someone's report, as the ladders' sources say too.
    assert report.source.confidence == "low"


@of_each_file
def test_every_account_ends_with_its_last_observation(path: Path) -> None:
    report = read_report(path)
    last_seen = {max(observation.on for observation in report.observed)} if report.observed else ()
    assert {account.last_day for account in report.accounts} == set(last_seen)


@of_each_file
def test_a_case_pays_nothing_after_the_last_look(path: Path) -> None:
    report = read_report(path)
    assert len(report.accounts) == (len(report.cases) or 1 if report.account else 0)
    for account in report.accounts:
        assert all(purchase.on <= account.last_day for purchase in account.purchases)
