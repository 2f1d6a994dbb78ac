"""Published links show what they showed, whatever defaults, rules and prices come later."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.links.published import published_links
from tests.links.worlds import WORLDS, new_plan
from tierlogic.rules.catalog import DATA

ROOT = Path(__file__).parents[2]
PUBLISHED = list(map(str, published_links()))


def shown_in(world: str, folder: Path) -> list[str]:
    """All blocks, computed in a process of its own, and what a new plan shows there."""
    shutil.copytree(DATA, folder / "data")
    process = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.links.worlds", world, str(folder / "data")],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert process.returncode == 0, process.stderr
    return process.stdout.rstrip("\n").split("\n\n")


@pytest.mark.parametrize("world", WORLDS)
def test_a_changed_world_leaves_published_links_as_they_are(world: str, tmp_path: Path) -> None:
    *blocks, shown = shown_in(world, tmp_path)
    assert blocks == PUBLISHED
    assert shown != new_plan(), "this world is not another one"
