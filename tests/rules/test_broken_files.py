"""Each file in broken/ has one fault, and says what the loader must answer."""

import re
from pathlib import Path

import pytest

from tierlogic.rules.catalog import RulesError, read_rules
from tierlogic.rules.document import RulesFile
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable

KINDS: dict[str, type[RulesFile]] = {"ladder": Ladder, "limits": LimitsTable}
BROKEN = sorted(Path(__file__).with_name("broken").glob("*.toml"))


def header(path: Path, key: str) -> list[str]:
    return re.findall(rf"^# {key}: (.+)$", path.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_loader_names_the_file_and_the_fault(path: Path) -> None:
    [kind] = header(path, "kind")
    expected = header(path, "expect")
    assert expected, f"{path.name} expects nothing"

    with pytest.raises(RulesError) as error:
        read_rules(path, KINDS[kind])

    for words in (path.name, *expected):
        assert words in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"2024-01\.toml: cannot be read"):
        read_rules(tmp_path / "2024-01.toml", Ladder)
