import io
import sys
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest

from tests.shell.running import refused, run
from tests.shell.test_commands import LINK, PLAN, in_a_shell
from tierlogic import imports
from tierlogic.links import from_query
from tierlogic.shell import clock

SAMPLES = Path(__file__).parents[1] / "imports" / "samples"
CONSOLE = [str(SAMPLES / f"openai_console.{what}.tsv") for what in ("costs", "usage")]
GERMAN = str(SAMPLES / "plain_german.csv")
PAYMENTS = str(SAMPLES / "payments.csv")
TODAY = date(2026, 9, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Then":
            return cls(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Then)


def test_what_was_read_and_the_plan_that_it_makes(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "import", *CONSOLE, PAYMENTS)
    assert (ran.code, ran.err) == (0, [])
    words, files, payments = ran.out.split("\n\n")
    # $0.57 + $0.24725999999999998 + $0.5455665 = $1.36282649999999998; $5 + $50 + $25 = $80.
    assert words.splitlines()[:3] == [
        "$1.36 used from 1 Sep 2026 to 5 Sep 2026, $1.36 of it in September 2026.",
        "$80.00 paid since 15 Aug 2026.",
        "At most $78.64 of it was left on 6 Sep 2026; use before the files begin is not in them.",
    ]
    assert words.splitlines()[3].startswith("The pace is ")
    assert [line.split()[0] for line in files.splitlines()] == [
        "file",
        "openai_console.costs.tsv",
        "openai_console.usage.tsv",
        "payments.csv",
    ]
    assert payments.splitlines()[1:] == ["15 Aug 2026  $5.00", "1 Sep 2026   $75.00"]
    link = words.splitlines()[-1].removeprefix("The plan: ")
    plan = from_query(link)
    assert plan.ladder.startswith("openai/")
    assert (str(plan.used_before), str(plan.paid_before)) == ("1.36", "80")


def test_json_has_what_the_package_says(capsys: pytest.CaptureFixture[str]) -> None:
    imported = imports.read(CONSOLE, today=TODAY)
    record = run(capsys, "import", *CONSOLE, "--format", "json").record
    assert record["provider"] == "openai"
    assert record["used"] == str(imported.used)
    assert [file["format"] for file in record["files"]] == [
        "OpenAI costs export",
        "OpenAI usage export",
    ]
    assert imported.pace
    level = imported.pace.tokens_per_day
    assert record["pace"]["tokens_per_day"] == {
        "value": level.value,
        "low": level.low,
        "high": level.high,
        "days": level.days,
    }
    assert {model["model"]: model["tokens"] for model in record["models"]} == {
        "gpt-5-mini": 355_000,
        "gpt-4o": 69_846,
    }
    assert record["unread"] == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", "The plan: `?v=1&ladder="),
        ("https://a.example/", "[The plan](<https://a.example/?v=1&"),
    ],
)
def test_markdown_keeps_the_link_whole(
    capsys: pytest.CaptureFixture[str], address: str, shown: str
) -> None:
    base = f"{address}?{PLAN.but(start='2026-09-01', purchases=()).to_query()}"
    ran = run(capsys, "import", *CONSOLE, "--base", base, "--format", "markdown")
    last = ran.out.splitlines()[-1]
    assert last.startswith(shown)
    assert "\\" not in last


def test_csv_has_each_day(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "import", *CONSOLE, "--csv").rows
    assert rows[0] == {
        "date": "2026-09-01",
        "tokens": "355000",
        "billed": "0.57",
        "computed": "0.57",
        "difference": "0",
        "cause": "",
    }
    assert [row["date"] for row in rows] == [f"2026-09-0{day}" for day in range(1, 6)]


def test_a_base_keeps_what_the_files_do_not_say(capsys: pytest.CaptureFixture[str]) -> None:
    base = PLAN.but(start="2026-09-01", purchases=(), reading="paid", title="Ours").to_query()
    ran = run(
        capsys, "import", *CONSOLE, "--base", f"https://a.example/?{base}", "--format", "json"
    )
    link = ran.record["link"]
    assert link.startswith("https://a.example/?")
    plan = from_query(link.partition("?")[2])
    assert plan == imports.read(CONSOLE, today=TODAY).scenario(from_query(base))
    assert (plan.title, plan.reading, plan.ladder) == ("Ours", "paid", "openai/2024-10")


def test_a_base_whose_days_the_files_tell_is_set_beside_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # $10 a day for a week; the plan has $5 a day, $50 on 16 September instead of on the 11th.
    rows = [f"2026-09-{day:02},gpt-4o,4000000,10" for day in range(7, 14)]
    file = tmp_path / "daily.csv"
    file.write_text("\n".join(["date,model,input_tokens,cost", *rows]), encoding="utf-8")
    base = (
        "v=1&ladder=openai/2026-05&limits=openai/2026-09&start=2026-09-07&days=90&model=gpt-4o"
        "&tokens=2000000&output_share=0&input_price=2.5&output_price=10&buy=2026-09-07_900"
    )
    words = run(capsys, "import", str(file), "--base", base).out
    assert "By 9 Sep 2026 $30.00 was used, $15.00 more than planned." in words
    assert "Tier 2 was planned for 16 Sep 2026; now 11 Sep 2026, 5 days earlier." in words
    record = run(capsys, "import", str(file), "--base", base, "--format", "json").record
    tier = record["plan_against_actual"][1]
    assert tier == {"tier": "Tier 2", "planned": "2026-09-16", "now": "2026-09-11", "days": -5}
    alone = run(capsys, "import", *CONSOLE, "--format", "json").record
    assert alone["plan_against_actual"] is None


def test_rows_that_cannot_be_read_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "import", GERMAN, "--provider", "openai")
    assert ran.code == 1
    first, second = ran.err
    assert first == "tierlogic: plain_german.csv, line 5: input_tokens is 1,5, not a whole number"
    assert second.startswith("tierlogic: plain_german.csv, line 6: '04/09/2026' may be two dates")
    # 100,000 and 10,000 tokens cost $0.35, 1,000,000 more cost $2.50.
    assert ran.out.startswith("$2.85 used from 1 Sep 2026 to 2 Sep 2026")
    assert run(capsys, "import", *CONSOLE).code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.csv"], "nowhere.csv cannot be opened: No such file or directory"),
        ([PAYMENTS], "--provider: no file says of which provider it is; give one of "),
        ([GERMAN, "--provider", "nobody"], "--provider: 'nobody' is not one of "),
        ([GERMAN, "--base", "nowhere.json"], "PLAN: holds no plan"),
        ([PAYMENTS, "--provider", "alibaba"], "in USD, and alibaba/2026-09 counts CNY"),
        ([], "the following arguments are required: FILE"),
    ],
)
def test_files_that_make_no_plan_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert says in refused(capsys, "import", *arguments)


def test_a_file_may_come_from_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    costs = Path(CONSOLE[0]).read_bytes()
    ran = in_a_shell("import", "-", CONSOLE[1], "--csv", given=costs)
    assert ran.stdout.decode() == run(capsys, "import", *CONSOLE, "--csv").out


class Watched(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("size", "is_shown"), [(4_999_999, False), (5_000_000, True)])
def test_large_files_show_how_far_they_are_read(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    size: int,
    is_shown: bool,
) -> None:
    file = tmp_path / "daily\x1b.csv"
    rows = b"date,model,input_tokens,output_tokens\n2026-09-01,gpt-4o,1000000,0\n"
    file.write_bytes(rows + b"," * (size - len(rows)))
    watched = Watched()
    monkeypatch.setattr(sys, "stderr", watched)
    run(capsys, "import", str(file), "--provider", "openai")
    progress = watched.getvalue().partition("tierlogic: ")[0]
    assert (r"daily\x1b.csv: 50%" in progress) == is_shown
    # It leaves an empty line behind.
    assert progress.endswith("\r\x1b[K") == is_shown


def test_nobody_watches_the_progress_of_a_script() -> None:
    ran = in_a_shell("import", *CONSOLE, "--base", LINK)
    assert ran.returncode == 0
    assert ran.stderr == b""
