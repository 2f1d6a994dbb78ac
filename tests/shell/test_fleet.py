"""tierlogic fleet: a file of accounts in, files of answers and rejects out."""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import tierlogic as tl
from tests.fleet.accounts import BASE, frame
from tests.shell.running import refused, run
from tests.shell.test_commands import ROOT
from tierlogic.fleet.accounts_file import ROWS_A_PART
from tierlogic.fleet.on_processes import on_processes
from tierlogic.fleet.run import project_file

SHORT = BASE.but(days=3)
ROWS = frame(
    {"account": "a", "tokens_per_day": 200_000, "opening_balance": 2},
    {"account": "b", "tokens_per_day": -1, "opening_balance": 2},
    {"account": "c", "tokens_per_day": 100_000, "opening_balance": 2},
)


@pytest.fixture
def base(tmp_path: Path) -> str:
    file = tmp_path / "base.txt"
    file.write_text(SHORT.to_query(), encoding="utf-8")
    return str(file)


def accounts(folder: Path, rows: pd.DataFrame, form: str) -> str:
    path = folder / f"accounts{form}"
    rows.to_csv(path, index=False) if form == ".csv" else rows.to_parquet(path)
    return str(path)


def many(folder: Path, parts: int) -> str:
    """Accounts of so many parts; each has one that cannot be read."""
    count = parts * ROWS_A_PART
    rows = pd.DataFrame({"account": range(count), "tokens_per_day": range(count)})
    rows.loc[:: ROWS_A_PART - 1, "tokens_per_day"] = -1
    return accounts(folder, rows, ".parquet")


@pytest.mark.parametrize("form", [".csv", ".parquet"])
def test_answers_are_those_of_the_frame(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, base: str, form: str
) -> None:
    out = tmp_path / f"dates{form}"
    given = ("fleet", accounts(tmp_path, ROWS, form), "--out", str(out), "--base", base)
    ran = run(capsys, *given, "--processes", "1")
    rejects = tmp_path / "dates.rejects.csv"
    assert (ran.code, ran.err) == (1, [])
    assert ran.out.splitlines() == [
        f"2 accounts projected into {out}.",
        f"1 account cannot be read: {rejects} has them, with the reasons.",
    ]
    whole = tl.project_frame(ROWS, SHORT)
    said = pd.read_parquet(out) if form == ".parquet" else pd.read_csv(out)
    assert said.columns.tolist() == ["row", "account", *whole.columns[2:]]
    assert said["row"].tolist() == [1, 3]
    assert said["account"].tolist() == ["a", "c"]
    for name in ("last_tier", "used", "tokens_unfunded", "tier_1_missing"):
        assert said[name].tolist() == whole[name].iloc[[0, 2]].tolist()
    assert pd.to_datetime(said["ran_out_on"]).tolist() == whole["ran_out_on"].iloc[[0, 2]].tolist()
    (reject,) = pd.read_csv(rejects).to_dict("records")
    assert (reject["row"], reject["account"]) == (2, "b")
    assert reject["problem"].startswith("tokens_per_day: must be at least 0 (given: -1")
    assert {path.name for path in tmp_path.iterdir()} == {
        "base.txt",
        f"accounts{form}",
        out.name,
        rejects.name,
    }


def test_without_rejects_there_is_no_file_of_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, base: str
) -> None:
    stale = tmp_path / "dates.rejects.csv"
    stale.touch()
    sound = accounts(tmp_path, ROWS.iloc[[0]], ".csv")
    out = str(tmp_path / "dates.csv")
    given = ("fleet", sound, "--out", out, "--base", base, "--processes", "1")
    assert run(capsys, *given).code == 0
    assert not stale.exists()


def test_the_summary_says_tiers_and_accounts_to_act_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, base: str
) -> None:
    given = (accounts(tmp_path, ROWS, ".csv"), "--out", str(tmp_path / "dates.csv"), "--base", base)
    ran = run(capsys, "fleet", *given, "--processes", "1", "--summary")
    _, _, runs_out, away, _, *table = ran.out.splitlines()
    assert runs_out == "Credit runs out within 14 days: 1 account."
    assert away == "One small purchase from the next tier: 2 accounts."
    assert [line.split() for line in table[:2]] == [
        ["openai/2023-11,", "reached", "by", "the", "end", "of"]
        + [word for tier in ("Free", *(f"Tier {n}" for n in range(1, 6))) for word in tier.split()],
        ["Jan", "2024", "2", "0", "0", "0", "0", "0"],
    ]
    assert table[3:5] == [
        "runs out  tier  credit ends on",
        "a         Free  2 Jan 2024",
    ]
    record = run(
        capsys, "fleet", *given, "--processes", "1", "--summary", "--format", "json"
    ).record
    assert (record["projected"], record["rejected"]) == (2, 1)
    assert record["to_act_on"]["runs out"]["most_urgent"][0]["account"] == "a"
    assert record["by_month"][0] == {
        "month": "2024-01-01",
        "ladder": "openai/2023-11",
        "number": 0,
        "tier": "Free",
        "accounts": 2,
    }


@pytest.mark.parametrize("form", [".csv", ".parquet"])
def test_no_accounts_make_answers_without_rows(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, base: str, form: str
) -> None:
    out = tmp_path / f"dates{form}"
    given = (accounts(tmp_path, ROWS.iloc[:0], form), "--out", str(out), "--base", base)
    record = run(capsys, "fleet", *given, "--summary", "--format", "json").record
    assert (record["projected"], record["by_month"]) == (0, [])
    assert record["to_act_on"]["runs out"] == {"accounts": 0, "most_urgent": []}
    said = pd.read_parquet(out) if form == ".parquet" else pd.read_csv(out)
    assert said.empty
    assert "tier_5_on" in said.columns


class Watched(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_says_how_far_the_run_is_where_somebody_watches(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    base: str,
) -> None:
    watched = Watched()
    monkeypatch.setattr(sys, "stderr", watched)
    given = ("fleet", many(tmp_path, 2), "--out", str(tmp_path / "dates.csv"), "--base", base)
    run(capsys, *given, "--processes", "1")
    lines = watched.getvalue().split("\r")
    assert re.fullmatch(
        r"\[##########\.\.\.\.\.\.\.\.\.\.\] 50%, [0-9,]+ accounts a second, \d+ s left\x1b\[K",
        lines[1],
    )
    # It leaves an empty line behind.
    assert lines[2:] == ["\x1b[K"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "dates.xlsx"], "--out: dates.xlsx must end in .parquet or .csv"),
        (["--out", "dates.csv", "--processes", "0"], "'0' is no number from 1 to 1024"),
        (["--out", "dates.csv", "--rejects", "dates.csv"], "must be files of their own"),
        ([], "the following arguments are required: --out"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert words in refused(capsys, "fleet", "accounts.csv", *arguments)


def test_a_file_that_cannot_be_used_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, base: str
) -> None:
    out = ("--out", str(tmp_path / "dates.csv"), "--base", base)
    missing = refused(capsys, "fleet", str(tmp_path / "none.csv"), *out)
    assert missing.endswith("none.csv cannot be read: No such file or directory")
    other = accounts(tmp_path, pd.DataFrame({"balance": [1]}), ".csv")
    assert "column 'balance' is not known" in refused(capsys, "fleet", other, *out)
    sound = accounts(tmp_path, ROWS, ".csv")
    nowhere = ("--out", str(tmp_path / "none" / "dates.csv"), "--base", base)
    assert "cannot be written: No such file" in refused(capsys, "fleet", sound, *nowhere)


def start(folder: Path, given: str, base: str) -> "subprocess.Popen[str]":
    """Begin a run of two processes in a session of its own."""
    out = str(folder / "killed.parquet")
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tierlogic", "fleet", given),
            *("--out", out, "--base", base, "--processes", "2"),
        ],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(holds: Callable[[], object], ran: "subprocess.Popen[str]") -> None:
    """Wait while a run goes on; fail where it ends before."""
    while not holds():
        try:
            ran.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
        assert holds(), ran.communicate()


def done(folder: Path) -> list[Path]:
    return sorted((folder / "killed.parquet.parts").glob("*.parquet"))


def workers(of: int) -> list[int]:
    """Processes that a run has begun to project with."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
            command = entry.with_name("cmdline").read_bytes()
        except (OSError, IndexError):
            continue
        if parent == of and b"spawn_main" in command:
            found.append(int(entry.parent.name))
    return found


def is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_killed_run_goes_on_to_the_same_files(tmp_path: Path, base: str) -> None:
    given = Path(many(tmp_path, 4))
    whole = [tmp_path / name for name in ("whole.parquet", "whole.rejects.csv")]
    project_file(given, whole[0], whole[1], SHORT)

    killed = start(tmp_path, str(given), base)
    wait_until(lambda: done(tmp_path), killed)
    its_workers = workers(killed.pid)
    killed.kill()
    killed.communicate()
    assert len(its_workers) == 2
    # Workers whose parent was killed end too, and write nothing more.
    for worker in its_workers:
        while not is_gone(worker):
            pass
    before = len(done(tmp_path))
    out = [tmp_path / name for name in ("killed.parquet", "killed.rejects.csv")]
    assert 1 <= before < 4
    assert not any(path.exists() for path in out)

    told: list[int] = []
    project_file(
        given,
        out[0],
        out[1],
        SHORT,
        way=on_processes(2),
        progress=lambda _share, count: told.append(count),
    )
    assert told.count(0) == before
    assert len(told) == 4
    assert [path.read_bytes() for path in out] == [path.read_bytes() for path in whole]
    assert not (tmp_path / "killed.parquet.parts").exists()


def test_a_run_whose_worker_is_killed_says_how_to_go_on(tmp_path: Path, base: str) -> None:
    ran = start(tmp_path, many(tmp_path, 3), base)
    wait_until(lambda: done(tmp_path), ran)
    subprocess.run(["kill", "-KILL", str(workers(ran.pid)[0])], check=True)
    out, err = ran.communicate()
    assert (ran.returncode, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("tierlogic: a process ended before its work")
    assert done(tmp_path)


class Interrupting(Watched):
    """A terminal at which Ctrl-C is pressed as soon as it shows anything."""

    def write(self, text: str, /) -> int:
        if "%" in text:
            raise KeyboardInterrupt
        return super().write(text)


def test_an_interrupted_run_says_that_it_goes_on(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    base: str,
) -> None:
    out = tmp_path / "killed.parquet"
    given = ("fleet", many(tmp_path, 2), "--out", str(out), "--base", base, "--processes", "1")
    terminal = Interrupting()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        assert run(capsys, *given).code == 130
    assert terminal.getvalue() == (
        "tierlogic: ended early; what is done is kept, and the same command goes on from there\n"
    )
    assert (len(done(tmp_path)), out.exists()) == (1, False)


def test_another_base_begins_anew(tmp_path: Path) -> None:
    given, out = Path(accounts(tmp_path, ROWS, ".csv")), tmp_path / "dates.csv"
    rejects = tmp_path / "rejects.csv"

    def end_early(_share: float, _accounts: int) -> None:
        raise KeyboardInterrupt

    told: list[int] = []
    for base in (SHORT, BASE):
        with pytest.raises(KeyboardInterrupt):
            project_file(given, out, rejects, SHORT, progress=end_early)
        project_file(given, out, rejects, base, progress=lambda _share, n: told.append(n))
    # The same run goes on; 0 says that a part was done before.
    assert told == [0, 3]
    assert pd.read_csv(out)["last_day"].tolist() == ["2024-01-30", "2024-01-30"]
