"""From a link to a plan: what can be read is read, what cannot is named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from tierlogic.complaints import shortened
from tierlogic.language import say
from tierlogic.links.asked import NOTHING_ASKED, Asked, AskedReading
from tierlogic.links.lettered import LETTERING
from tierlogic.links.names import FORMAT, PLAN_FILE, Query
from tierlogic.links.plan_reading import PlanReading
from tierlogic.links.problems import LinkError, LinkProblem
from tierlogic.scenario import Scenario

_BREAKS = str.maketrans("", "", "\n\r\t")
_ESCAPED = re.compile(r"^(amp;)+")
"""What stands before a parameter's name where & was written as &amp;, once or more often."""


@dataclass(frozen=True)
class OpenedLink:
    """What a link says, as far as it can be read."""

    scenario: Scenario | None
    """None where the link is of a format that this release does not know."""
    problems: tuple[LinkProblem, ...]
    """What was repaired or left out. Empty: the link says exactly this scenario."""
    asked: Asked = NOTHING_ASKED
    """What it asks beside the plan."""


def from_query(query: str) -> Scenario:
    """Read a link's query; of a comparison, its first scenario.

    Raises:
        LinkError: something in it cannot be read; it names every parameter.
    """
    return compared_from_query(query)[0]


def compared_from_query(query: str) -> tuple[Scenario, ...]:
    """Read all scenarios of a link's query: one, or those of a comparison.

    Raises:
        LinkError: something in it cannot be read; it names every parameter.
    """
    opened = open_link(parameters_of(query))
    if opened.scenario is None or opened.problems:
        raise LinkError(opened.problems)
    return (opened.scenario, *opened.asked.others)


def parameters_of(query: str) -> dict[str, list[str]]:
    """Split a query string into its parameters.

    Line breaks and tabs in it, and blanks around it, are not part of it: so browsers read an
    address that was copied over several lines.
    """
    parameters: dict[str, list[str]] = {}
    on_one_line = query.translate(_BREAKS).strip(" ").removeprefix("?")
    for name, value in parse_qsl(on_one_line, keep_blank_values=True):
        parameters.setdefault(name, []).append(value)
    return parameters


def open_link(query: Query, otherwise: Mapping[str, str] | None = None) -> OpenedLink:
    """Read what can be read; name what cannot, and open the rest without it.

    Args:
        query: the link's parameters.
        otherwise: values for ladder, limits and start where the link's own cannot be used.
            Without them such a link does not open.
    """
    query = _unescaped(query)
    versions = sorted(set(query.get("v", [FORMAT])))
    if versions != [FORMAT]:
        message = say(
            "this release reads links of format {format}; open it with a newer Tierlogic",
            format=FORMAT,
        )
        return OpenedLink(None, (LinkProblem("v", shortened(", ".join(versions)), message),))
    if PLAN_FILE in query:
        stands = shortened(", ".join(query[PLAN_FILE]))
        message = say("this plan was too long for an address; open its plan file instead")
        return OpenedLink(None, (LinkProblem(PLAN_FILE, stands, message),))
    bare, under = LETTERING.split(query)
    first = PlanReading(bare, otherwise or {})
    scenario = first.plan()
    if scenario is None:
        return OpenedLink(None, tuple(first.found))
    others: list[Scenario] = []
    found = list(first.found)
    rules = {name: str(getattr(scenario, name)) for name in ("ladder", "limits", "start")}
    for letter, given in under.items():
        reading = PlanReading(LETTERING.completed(bare, given), rules)
        other = reading.plan()
        others += [other] if other else []
        found += _found_under(letter, given, reading, first)
        if other is None:
            found.append(LinkProblem(letter, say("(all of it)"), say("this plan is left out")))
    asking = AskedReading(bare)
    asked = Asked(tuple(others), asking.base(1 + len(others)), asking.goal(), asking.within())
    return OpenedLink(scenario, (*found, *asking.found), asked)


def _unescaped(query: Query) -> Query:
    """Undo what pages and mail do to an address in their text: & is &amp; there."""
    parameters: dict[str, list[str]] = {}
    for name, given in query.items():
        parameters.setdefault(_ESCAPED.sub("", name, count=1), []).extend(given)
    return parameters


def _found_under(
    letter: str, given: Query, reading: PlanReading, first: PlanReading
) -> Iterator[LinkProblem]:
    """Name a plan's problems by its letter; what it only has from the first is said there."""
    said = set(first.found)
    for problem in reading.found:
        if problem.parameter in given or problem not in said:
            yield LinkProblem(f"{letter}.{problem.parameter}", problem.given, problem.message)
