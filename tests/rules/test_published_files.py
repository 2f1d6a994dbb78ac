"""Published rules files stay as they are.

Links and saved plans name these files and must show the same figures for ever. A correction is
therefore a new file, never an edit of one that is pinned in published.toml. What a provider.toml
says (a name, links) changes no figure; it may change and is not pinned.
"""

import hashlib
import tomllib
from pathlib import Path

import pytest

from tierlogic.rules import catalog
from tierlogic.rules.catalog import DATA, ladders, limits, load_ladder

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
    assert files
    missing = [path for path in files if path.relative_to(DATA).as_posix() not in PUBLISHED]
    lines = [f'"{path.relative_to(DATA).as_posix()}" = "{digest(path)}"' for path in missing]
    assert not missing, "\n".join([f"to publish, add to {PINS.name}:", *lines])


@pytest.mark.parametrize("names", [ladders(), limits()])
def test_no_id_is_used_twice(names: tuple[str, ...]) -> None:
    assert len(set(names)) == len(names)
    old = catalog.RENAMED.keys() & set(names)
    assert not old, f"{old} once named other rules"


def test_a_renamed_id_still_finds_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalog.RENAMED, "openai/spring-2026", "openai/2026-05")
    assert load_ladder("openai/spring-2026") == load_ladder("openai/2026-05")


def test_every_new_name_is_a_name() -> None:
    assert set(catalog.RENAMED.values()) <= {*ladders(), *limits()}
