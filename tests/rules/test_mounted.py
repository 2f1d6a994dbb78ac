"""An organisation's own folder of rules, beside the published ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tierlogic.rules.catalog import load_ladder, load_limits, load_provider
from tierlogic.rules.check import Rules
from tierlogic.rules.mounted import read_mounted

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "mounted"
OPENAI: list[Rules] = [
    load_provider("openai"),
    load_ladder("openai/2026-05"),
    load_limits("openai/2026-09"),
]


def run(*arguments: str, rules: Path | None) -> subprocess.CompletedProcess[str]:
    """Run Tierlogic with a folder of rules."""
    environment = {**os.environ, "TIERLOGIC_RULES": str(rules or "")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_sound_and_new_is_used() -> None:
    used = read_mounted(FOLDER, OPENAI)

    assert [(type(rules).__name__, rules.id) for rules in used] == [
        ("Provider", "acme"),
        ("Ladder", "acme/2026-11"),
        ("LimitsTable", "acme/2026-11"),
        ("LimitsTable", "openai/2026-12"),
    ]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("contract.toml", "is not looked at; rules stand in */provider.toml, */ladders/*.toml"),
        (
            "lonely/ladders/2026-11.toml",
            "cannot be used alone; there is no sound lonely/provider.toml, lonely/limits/*.toml",
        ),
        ("openai/ladders/2026-05.toml", "openai/2026-05 is published with Tierlogic; give yours"),
        ("openai/ladders/2026-12.toml:7", "keeping: must be 'for good'"),
    ],
)
def test_a_file_that_is_refused_is_named_in_the_log(
    caplog: pytest.LogCaptureFixture, file: str, says: str
) -> None:
    read_mounted(FOLDER, OPENAI)

    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 4
    [line] = [line for line in said if line.startswith(f"Refused: {FOLDER / file}: ")]
    assert says in line


@pytest.mark.parametrize("place", ["acme/provider.toml", "acme/ladders/2026-11.toml"])
def test_a_file_that_holds_other_rules_than_its_place_says_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    other = "acme/limits/2026-11.toml"
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_bytes((FOLDER / other).read_bytes())

    assert read_mounted(tmp_path, OPENAI) == ()
    assert str(path) in caplog.text


def test_a_folder_that_is_none_is_named_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert read_mounted(tmp_path / "typo", OPENAI) == ()
    assert f"{tmp_path / 'typo'}: is no folder" in caplog.text


def test_the_setting_adds_rules_that_plans_can_name() -> None:
    listed = run("-m", "tierlogic", "rules", rules=FOLDER)

    assert "acme/2026-11" in listed.stdout
    assert "openai/2026-05" in listed.stdout
    assert listed.stderr.count("openai/ladders/2026-12.toml") == 1
    text = "from tierlogic.rules.catalog import *; print(toml_of(load_ladder('acme/2026-11')))"
    own = (FOLDER / "acme/ladders/2026-11.toml").read_text("utf-8")
    assert run("-c", text, rules=FOLDER).stdout == f"{own}\n"


def test_elsewhere_a_link_that_names_them_says_that_they_are_not_there() -> None:
    link = (
        "v=1&ladder=acme/2026-11&limits=acme/2026-11&start=2026-12-01&first_payment=2026-12-01"
        "&buy=2026-12-01_100&model=acme-large&tokens=100000&input_price=1&output_price=1"
    )
    assert "Bronze" in run("-m", "tierlogic", "project", link, rules=FOLDER).stdout
    elsewhere = run("-m", "tierlogic", "project", link, rules=None)
    assert elsewhere.returncode == 2
    assert "limits=acme/2026-11: there is no limits table 'acme/2026-11'" in elsewhere.stderr
