"""docs/links.md and the code name the same parameters, with the same values where one is absent."""

import re
from pathlib import Path

import pytest

from tests.links.published import published_links
from tierlogic.links import FORMAT, PLAN_FILE, open_link, parameters_of
from tierlogic.links.asked import GOAL_FIELDS, PARAMETERS, RANGE_FIELDS
from tierlogic.links.names import FIELDS, IGNORED, LETTERS, LINE_FIELDS, LISTS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "links.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \|$", DOCUMENT, re.MULTILINE)
ABSENT = {name: absent.strip("`") for name, _, absent, _ in ROWS}
EXAMPLES = {name: example.strip("`") for name, *_, example in ROWS if example.startswith("`")}
LINK = next(each.link for each in published_links() if each.name.startswith("all at once"))


def test_every_parameter_stands_in_the_table_once() -> None:
    known = {"v", *FIELDS, *LINE_FIELDS, *LISTS, *PARAMETERS, PLAN_FILE, *IGNORED}
    assert {name for name, *_ in ROWS} == known
    assert len(ROWS) == len(known)


def test_what_an_absent_parameter_means_is_what_the_code_takes() -> None:
    of_plan = {name: absent for name, (_, absent) in {**FIELDS, **LINE_FIELDS}.items()}
    of_asked = {name: absent for name, (_, _, absent) in {**GOAL_FIELDS, **RANGE_FIELDS}.items()}
    taken = {"v": FORMAT, "base": LETTERS[0], **of_plan, **of_asked}
    # What these stand for without a value is tested in test_absent_parameters.py.
    looked_up = {"input_price", "output_price", "context"}
    for name, absent in taken.items():
        if name in looked_up:
            assert ABSENT[name] == "looked up"
        else:
            assert {"needed": None, "empty": ""}.get(ABSENT[name], ABSENT[name]) == absent, name


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_the_table_is_read(name: str) -> None:
    other_goals = {"goal_tier", "goal_tpm", "goal_request"} - {name} if "goal_" in name else set()
    link = {key: given for key, given in parameters_of(LINK).items() if key not in other_goals}
    if name == "goal_model":
        link["goal_tpm"] = ["1000"]
    opened = open_link({**link, name: [EXAMPLES[name]]})
    assert opened.problems == ()
    assert opened.scenario is not None
