"""The same files from a real cluster of two workers, also where one of them is killed."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from distributed import Client

import tierlogic as tl
from tests.fleet.accounts import BASE
from tests.shell.running import refused, run
from tierlogic.fleet.accounts_file import ROWS_A_PART
from tierlogic.fleet.on_dask import LOCAL, dask_way
from tierlogic.fleet.run import Done, Progress, project_file
from tierlogic.fleet.work import RunError, Way, one_by_one

DAY = BASE.but(days=1)


@pytest.fixture(scope="module")
def on_two_workers() -> Iterator[Way]:
    with dask_way(LOCAL, 2) as way:
        yield way


def accounts(folder: Path, count: int) -> Path:
    """Accounts of which every thousandth cannot be read."""
    rows = pd.DataFrame({"account": range(count), "tokens_per_day": range(count)})
    rows.loc[::1000, "tokens_per_day"] = -1
    rows.to_parquet(folder / "accounts.parquet")
    return folder / "accounts.parquet"


def projected(
    given: Path, name: str, way: Way, progress: Progress = lambda _share, _rows: None
) -> Done:
    out, rejects = (given.with_name(f"{name}{form}") for form in (".parquet", ".rejects.csv"))
    return project_file(given, out, rejects, DAY, way=way, progress=progress)


@pytest.mark.usefixtures("on_two_workers")
def test_a_cluster_says_what_the_frame_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "dates.parquet"
    ran = run(
        capsys,
        *("fleet", str(accounts(tmp_path, 3)), "--base", DAY.to_query()),
        *("--out", str(out), "--dask", Client.current().scheduler.address),
    )
    assert (ran.code, ran.err) == (1, [])
    whole = tl.project_frame(pd.read_parquet(tmp_path / "accounts.parquet"), DAY).iloc[1:]
    for name in ("account", "last_tier", "used", "tokens_served", "tier_1_missing"):
        assert pd.read_parquet(out)[name].tolist() == whole[name].tolist()


def test_a_killed_worker_loses_and_doubles_nothing(on_two_workers: Way, tmp_path: Path) -> None:
    client = Client.current()
    processes = client.run(os.getpid)
    killed: list[int] = []

    def kill_one_at_work(_share: float, _rows: int) -> None:
        at_work = [worker for worker, tasks in client.processing().items() if tasks]
        if not killed and at_work:
            killed.append(processes[at_work[0]])
            os.kill(killed[0], signal.SIGKILL)

    given = accounts(tmp_path, 2 * ROWS_A_PART + 1)
    done = projected(given, "on_dask", on_two_workers, kill_one_at_work)
    assert len(killed) == 1
    assert done == projected(given, "here", one_by_one)
    assert done.projected + done.rejected == 2 * ROWS_A_PART + 1
    for form in (".parquet", ".rejects.csv"):
        here, on_dask = (tmp_path / f"{name}{form}" for name in ("here", "on_dask"))
        assert here.read_bytes() == on_dask.read_bytes()


def test_workers_with_other_rules_are_refused(
    on_two_workers: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules" / "own"
    rules.mkdir(parents=True)
    (rules / "provider.toml").touch()
    monkeypatch.setenv("TIERLOGIC_RULES", str(rules.parent))
    with pytest.raises(RunError, match="has another Tierlogic, other rules or other prices"):
        projected(accounts(tmp_path, 3), "dates", on_two_workers)


def test_an_address_where_nobody_answers_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given = (str(accounts(tmp_path, 3)), "--out", str(tmp_path / "dates.csv"))
    said = refused(capsys, "fleet", *given, "--base", DAY.to_query(), "--dask", "nowhere")
    assert "no Dask scheduler answers at nowhere; give one such as tcp://" in said


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(RunError, match=r'not installed; pip install "tierlogic\[dask\]"'),
        dask_way(LOCAL, 1),
    ):
        pass
