import io
import os
import re
import shlex
import subprocess
import sys
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path

import pytest

import tierlogic as tl
from tierlogic.answer import answer, headline, reasons
from tierlogic.exports import daily_csv
from tierlogic.full_request_in_words import full_request_in_words
from tierlogic.language import day_in_words
from tierlogic.rules.changes import changes
from tierlogic.rules.document import RulesFile
from tierlogic.rules.schema import schemas
from tierlogic.shell import clock, main

ROOT = Path(__file__).parents[2]

PLAN = tl.Scenario(
    ladder="openai/2024-10",
    limits="openai/2024-10",
    start=date(2026, 1, 31),
    days=90,
    purchases=(tl.Purchase(on=date(2026, 1, 31), amount=Decimal(250)),),
    usage=(
        tl.UsageLine(
            model="gpt-4o",
            tokens_per_day=2_000_000,
            price=tl.Price(input=Decimal("2.5"), cached_input=None, output=Decimal(10)),
            context_window=128_000,
        ),
    ),
)
LINK = PLAN.to_query()
TOO_LARGE = (
    "ladder=openai/2024-10&limits=openai/2024-10&start=2026-01-31"
    "&model=without-limits&tokens=1e13&input_price=10000&output_price=10000"
)


def in_a_shell(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tierlogic", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        check=False,
    )


def refused(capsys: pytest.CaptureFixture[str], link: str) -> str:
    """The one line that refuses a link."""
    assert main(["project", link]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


@pytest.mark.parametrize("reading", ["used", "paid"])
def test_project_says_what_the_package_says(
    capsys: pytest.CaptureFixture[str], reading: str
) -> None:
    scenario = PLAN.but(reading=reading)
    answered = answer(scenario)

    assert main(["project", scenario.to_query()]) == 0
    words, table = capsys.readouterr().out.split("\n\n")

    first, used, paid, request = words.splitlines()
    assert first == headline(answered)
    assert [used, paid] == [
        f"{start}: {reason}"
        for start, (_, reason) in zip(
            ("If only used money counts", "If buying credit counts"), reasons(answered), strict=True
        )
    ]
    assert request == full_request_in_words(answered)

    _, *rows = table.splitlines()
    for row, unlock in zip(rows, tl.project(scenario).unlocks, strict=True):
        tier, on_if_used, on_if_paid, _, missing = re.split(r"\s{2,}", row)
        shown = on_if_used if reading == "used" else on_if_paid
        assert tier == unlock.tier
        assert shown == (day_in_words(unlock.on) if unlock.on else "not in this plan")
        assert missing == (f"${unlock.missing:,.2f}" if unlock.missing else "-")


def test_the_table_of_unlocks(capsys: pytest.CaptureFixture[str]) -> None:
    main(["project", LINK])
    assert capsys.readouterr().out.split("\n\n")[1].splitlines() == [
        "tier    if used counts    if paid counts    held by (used)  missing (used)",
        "Free    31 Jan 2026       31 Jan 2026       -               -",
        "Tier 1  31 Jan 2026       31 Jan 2026       money           -",
        "Tier 2  7 Feb 2026        7 Feb 2026        waiting         -",
        "Tier 3  11 Feb 2026       7 Feb 2026        money           -",
        "Tier 4  28 Feb 2026       14 Feb 2026       money           -",
        "Tier 5  not in this plan  not in this plan  money           $750.00",
    ]


def test_csv_has_the_daily_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", LINK, "--csv"]) == 0
    assert capsys.readouterr().out == daily_csv(tl.project(PLAN))


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8501/?{}", "localhost:8501?{}", "?{}", "https://a.example/x/?{}#top", "{}"],
)
def test_any_form_of_the_link_is_read(capsys: pytest.CaptureFixture[str], address: str) -> None:
    assert main(["project", address.format(LINK), "--csv"]) == 0
    assert capsys.readouterr().out == daily_csv(tl.project(PLAN))


def test_a_question_mark_in_a_title_is_no_start_of_a_query(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["project", "title=Tier 4?&" + LINK.replace("title=&", ""), "--csv"]) == 0
    assert capsys.readouterr().out == daily_csv(tl.project(PLAN))


def test_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"https://a.example/?{LINK}\n"))
    assert main(["project", "-", "--csv"]) == 0
    assert capsys.readouterr().out == daily_csv(tl.project(PLAN))


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (LINK.replace("tokens=2000000", "tokens=many"), "tokens=many: is no number"),
        (TOO_LARGE, "tokens: "),
        (LINK.replace("ladder=openai/2024-10", "ladder=openai/2020"), "ladder=openai/2020: "),
        (LINK + "&buy=soon", "buy=soon: is no purchase"),
        (LINK + "&colour=blue", "colour=blue: is not a parameter"),
        (LINK + "&colour=%0Ablue%1b[2J", r"colour=\nblue\x1b[2J: "),
        (LINK.replace("v=1", "v=99"), "v=99: this release reads links of format 1"),
        ("https://a.example/", "PLAN: holds no plan"),
        ("", "PLAN: holds no plan"),
    ],
)
def test_a_bad_link_is_refused_in_one_line_that_names_the_parameter(
    capsys: pytest.CaptureFixture[str], link: str, says: str
) -> None:
    assert refused(capsys, link).startswith(f"tierlogic: {says}")


def test_every_bad_parameter_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(capsys, LINK.replace("days=90", "days=x").replace("tokens=2", "tokens=x"))
    assert "days=x" in line
    assert "tokens=x" in line


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "tierlogic: the following arguments are required: COMMAND"),
        (["fly"], "tierlogic: argument COMMAND: invalid choice: 'fly'"),
        (["project"], "tierlogic project: the following arguments are required: PLAN"),
        (["project", LINK, "--json"], "tierlogic: unrecognized arguments: --json"),
        (["rules", "fly"], "tierlogic rules: argument ACTION: invalid choice: 'fly'"),
        (["rules", "check"], "tierlogic rules check: the following arguments are required: FILE"),
        (["page", "--port", "x"], "tierlogic page: argument --port: invalid int value: 'x'"),
    ],
)
def test_bad_arguments_are_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(says)


def listed(capsys: pytest.CaptureFixture[str]) -> tuple[list[list[str]], ...]:
    assert main(["rules"]) == 0
    return tuple(
        [re.split(r"\s{2,}", line) for line in part.splitlines()]
        for part in capsys.readouterr().out.split("\n\n")
    )


def test_rules_lists_every_version_with_its_lowest_confidence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    of_ladders, of_limits = listed(capsys)
    heading = ["provider", "in force from", "read, days ago", "lowest confidence", "title"]
    assert of_ladders[0] == ["ladder", *heading]
    assert of_limits[0] == ["limits", *heading]
    assert [row[0] for row in of_ladders[1:]] == [*tl.ladders()]
    assert [row[0] for row in of_limits[1:]] == [*tl.limits()]

    def without_age(rows: list[list[str]]) -> list[list[str]]:
        return [[*row[:3], *row[4:]] for row in rows]

    def version(rules: RulesFile, confidence: str) -> list[str]:
        return [rules.id, "OpenAI", str(rules.in_force_from), confidence, rules.title]

    # Its free tier has a high source, its higher tiers a medium one; low ones stand in notes only.
    assert version(tl.load_ladder("openai/2023-11"), "medium") in without_age(of_ladders)
    assert version(tl.load_limits("openai/2025-09"), "low") in without_age(of_limits)
    assert version(tl.load_limits("openai/2024-06"), "high") in without_age(of_limits)


def test_rules_says_how_old_the_newest_reading_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = max(source.read for source in tl.load_ladder("openai/2026-05").sources.values())

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Later":
            return cls(read.year, read.month, read.day, 12, tzinfo=tz) + timedelta(days=91)

    monkeypatch.setattr(clock, "datetime", Later)
    of_ladders, _ = listed(capsys)
    [age] = [row[3] for row in of_ladders if row[0] == "openai/2026-05"]
    assert age == "91"


def test_rules_check_explains_every_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = ""\n[tiers]\nfree = "\\u001b[2J"\n', encoding="utf-8")
    assert main(["rules", "check", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith(f"{path}:") for line in lines)
    assert all(line.isprintable() for line in lines)
    assert f"{path}: format: is needed" in lines
    assert any(line.startswith(f"{path}:1: name: is not known here") for line in lines)
    assert any(line.startswith(f"{path}:2: tiers: must be a list") for line in lines)


def test_rules_check_says_which_files_are_fine(capsys: pytest.CaptureFixture[str]) -> None:
    fine = ROOT / "data/openai/ladders/2026-05.toml"
    assert main(["rules", "check", str(fine)]) == 0
    assert capsys.readouterr().out == f"{fine} is fine\n"
    assert main(["rules", "check", "nowhere.toml", str(fine)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("nowhere.toml: cannot be read: ")
    assert second == f"{fine} is fine"


def test_rules_diff_says_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "diff", "openai/2026-05", "openai/2024-10"]) == 0
    first, *said = capsys.readouterr().out.splitlines()
    assert first == (
        "ladder openai/2026-05 -> openai/2024-10, in force from 2026-05-29 -> 2024-10-02"
    )
    assert said == changes(tl.load_ladder("openai/2026-05"), tl.load_ladder("openai/2024-10"))


def test_rules_diff_compares_ladders_and_limits_of_the_same_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rules", "diff", "gemini/2025-05", "gemini/2025-05"]) == 0
    ladder, limits = capsys.readouterr().out.split("\n\n")
    assert ladder.splitlines()[0].startswith("ladder gemini/2025-05 -> gemini/2025-05, ")
    assert ladder.splitlines()[1:] == ["nothing changed"]
    assert limits.splitlines()[0].startswith("limits gemini/2025-05 -> gemini/2025-05, ")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("openai/2020", "openai/2024-10", "there are no rules 'openai/2020'; there are alibaba"),
        ("openai/2026-05", "openai/2025", "there are no rules 'openai/2025'; there are alibaba"),
        ("openai/2026-05", "openai/2026-09", "openai/2026-05 and openai/2026-09 are not both"),
    ],
)
def test_rules_diff_refuses_what_it_cannot_compare(
    capsys: pytest.CaptureFixture[str], before: str, after: str, says: str
) -> None:
    assert main(["rules", "diff", before, after]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert line.startswith(f"tierlogic: {says}")


def test_rules_schema_writes_the_schemas(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["rules", "schema", str(tmp_path)]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert {path.name: path.read_text("utf-8") for path in written} == schemas()
    assert main(["rules", "schema", str(tmp_path / "nowhere")]) == 2
    assert "nowhere: is no folder" in capsys.readouterr().err


def test_the_example_of_the_help_works(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["project", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        example = re.search(r"^  tierlogic project '(.+)'$", capsys.readouterr().out, re.MULTILINE)
        assert example
        assert main(["project", example[1]]) == 0
        assert capsys.readouterr().out.startswith("Tier 2 opens on 8 Feb 2026")


def test_in_a_shell() -> None:
    ran = in_a_shell("project", "-", "--csv", given=f"http://localhost:8501/?{LINK}\n".encode())
    assert ran.stdout.decode().splitlines() == daily_csv(tl.project(PLAN)).splitlines()
    assert ran.stderr == b""
    assert ran.returncode == 0


@pytest.mark.parametrize("given", [b"\xff\xfe\x00", b"v=1&title=\xff", b"", b"v=1"])
def test_whatever_standard_input_holds_there_is_no_traceback(given: bytes) -> None:
    ran = in_a_shell("project", "-", given=given)
    assert ran.returncode == 2
    assert ran.stdout == b""
    (line,) = ran.stderr.splitlines()
    assert line.startswith(b"tierlogic: ")


def into_a_broken_pipe(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        return subprocess.run(
            [sys.executable, "-m", "tierlogic", *arguments],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
            stdout=write_end,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(write_end)


@pytest.mark.skipif(os.name != "posix", reason="pipes break like this on POSIX only")
@pytest.mark.parametrize(
    "arguments",
    [
        ("rules",),
        ("project", LINK),
        ("project", LINK, "--csv"),
        ("sensitivity", LINK, "--format", "json"),
        ("link", LINK),
        ("evidence", "--help"),
    ],
)
def test_a_broken_pipe_is_quiet(arguments: tuple[str, ...]) -> None:
    ran = into_a_broken_pipe(*arguments)
    assert ran.stderr == b""
    assert ran.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk that is always there")
@pytest.mark.parametrize("arguments", [("rules",), ("link", LINK)])
def test_a_full_disk_is_named_in_one_line(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "tierlogic", *arguments],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ran.stderr == b"tierlogic: what was found cannot be written: No space left on device\n"
    assert ran.returncode == 2


@pytest.mark.parametrize("command", ["target", "ranges", "sensitivity", "project", "link"])
def test_the_links_of_every_help_work(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    shown = capsys.readouterr().out
    lines = [shlex.split(line) for line in shown.splitlines() if line.startswith("  tierlogic ")]
    runnable = [words for words in lines if "v=1" in words[2] and "--out" not in words]
    assert runnable
    for words in runnable:
        assert main(words[1:]) == 0
        assert capsys.readouterr().out


@pytest.mark.parametrize("command", ["project", "target", "compare", "ranges", "sensitivity"])
def test_a_plan_that_costs_too_much_is_refused(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    more = {"target": ["--tier", "Tier 4", "--by", "2026-03-31"], "compare": [LINK]}
    assert main([command, TOO_LARGE, *more.get(command, [])]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("tierlogic: tokens: ")
