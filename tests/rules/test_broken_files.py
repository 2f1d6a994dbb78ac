"""Each file in broken/ has one fault, and says what the loader must answer.

The line at fault is marked; a file without a mark is about something that it lacks.
"""

import re
from pathlib import Path

import pytest

from tierlogic.rules.catalog import RulesError, read_rules
from tierlogic.rules.check import check_file, parse
from tierlogic.rules.document import RuleModel
from tierlogic.rules.faults import FaultyRulesError
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.provider import Provider

KINDS: dict[str, type[RuleModel]] = {
    "ladder": Ladder,
    "limits": LimitsTable,
    "provider": Provider,
}
FOLDER = Path(__file__).with_name("broken")
BROKEN = sorted(FOLDER.glob("**/*.toml"))

of_each_file = pytest.mark.parametrize(
    "path", BROKEN, ids=lambda path: path.relative_to(FOLDER).as_posix()
)


def header(path: Path, key: str) -> list[str]:
    return re.findall(rf"^# {key}: (.+)$", path.read_text("utf-8"), re.MULTILINE)


@of_each_file
def test_the_loader_names_the_file_and_the_fault(path: Path) -> None:
    [kind] = header(path, "kind")
    expected = header(path, "expect")
    assert expected, f"{path.name} expects nothing"

    with pytest.raises(RulesError) as error:
        read_rules(path, KINDS[kind])

    for words in (path.name, *expected):
        assert words in str(error.value)


@of_each_file
def test_the_fault_has_its_line(path: Path) -> None:
    text = path.read_text("utf-8")
    marked: set[int | None] = {
        n for n, line in enumerate(text.splitlines(), 1) if line.endswith("# wrong")
    }
    try:
        parse(text, KINDS[header(path, "kind")[0]])
        faults = check_file(path)
    except FaultyRulesError as error:
        faults = list(error.faults)
    assert {fault.line for fault in faults} == (marked or {None})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"2024-01\.toml: cannot be read"):
        read_rules(tmp_path / "2024-01.toml", Ladder)
