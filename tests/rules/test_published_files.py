"""Published rules files stay as they are.

Links and saved plans name these files and must show the same figures for ever. A correction is
therefore a new file, never an edit of one that is pinned in published.toml.
"""

import hashlib
import tomllib
from pathlib import Path

import pytest

from tierlogic.rules.catalog import DATA

PINS = Path(__file__).with_name("published.toml")
PUBLISHED: dict[str, str] = tomllib.loads(PINS.read_text("utf-8"))


def digest(path: Path) -> str:
    # Read as text: a checkout with other line endings is still the same file.
    return hashlib.sha256(path.read_text("utf-8").encode()).hexdigest()


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_file_is_unchanged(name: str) -> None:
    path = DATA / name
    assert path.is_file(), f"{name} is published: put it back"
    assert digest(path) == PUBLISHED[name], (
        f"{name} is published: undo the change, and put the correction into a new file"
    )


def test_every_rules_file_is_pinned() -> None:
    files = sorted([*DATA.glob("*/ladders/*"), *DATA.glob("*/limits/*")])
    missing = [path for path in files if path.relative_to(DATA).as_posix() not in PUBLISHED]
    lines = [f'"{path.relative_to(DATA).as_posix()}" = "{digest(path)}"' for path in missing]
    assert not missing, "\n".join([f"to publish, add to {PINS.name}:", *lines])
