"""docs/fleet.md and the code name the same columns."""

import re
from pathlib import Path

import tierlogic as tl
from tests.fleet.accounts import BASE, frame
from tierlogic.fleet.columns import COLUMNS

GUIDE = Path(__file__).parents[2] / "docs" / "fleet.md"
NAME = re.compile(r"`([a-z_]+[0-9]*[a-z_]*)`")


def documented(heading: str) -> set[str]:
    """Columns in the first cells of the table under a heading."""
    _, _, section = GUIDE.read_text("utf-8").partition(f"## {heading}\n")
    rows = [line for line in section.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    return {name for row in rows for name in NAME.findall(row.split("|")[1])}


def test_the_columns_in_are_documented() -> None:
    assert documented("Columns in") == {name for name in COLUMNS if "." not in name}


def test_the_columns_out_are_documented() -> None:
    answers = tl.project_frame(frame({"account": "a"}), BASE)
    of_higher_tiers = {name for name in answers.columns if re.match("tier_[2-9]", name)}
    assert documented("Columns out") == set(answers.columns) - of_higher_tiers
