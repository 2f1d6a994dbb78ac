"""Plans as they are given to a command: a link, a JSON plan file, or either on standard input."""

import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag

from tierlogic.links import LinkError, OpenedLink, open_link, parameters_of
from tierlogic.plan_file import LARGEST_FILE, PlanFileError, read_plan_file
from tierlogic.questions.ranges_drawn import Ranges
from tierlogic.scenario import Scenario
from tierlogic.shell.parser import EXAMPLE_LINK
from tierlogic.shell.refusals import RefusedError

_JSON_BEGINS = ("{", "[")


class Given(NamedTuple):
    """What was given for a plan."""

    scenarios: tuple[Scenario, ...]
    """The plan, and behind it those that it is compared with."""
    address: str
    """Of the page; empty where none was given."""
    within: Ranges | None
    """The ranges that it has beside it."""

    @property
    def scenario(self) -> Scenario:
        """The plan."""
        return self.scenarios[0]


def read(given: str) -> Given:
    """Read a plan, all or nothing.

    Raises:
        RefusedError: there is no plan.
        LinkError: something in it cannot be read; it names every parameter.
    """
    address, opened = read_leniently(given)
    if opened.scenario is None or opened.problems:
        raise LinkError(opened.problems)
    return Given((opened.scenario, *opened.asked.others), address, opened.asked.within)


def read_leniently(given: str) -> tuple[str, OpenedLink]:
    """Read what can be read of a plan; return the page's address with it.

    Raises:
        RefusedError: there is no plan.
    """
    text = _text(given).removeprefix("\ufeff").strip()
    if text.startswith(_JSON_BEGINS):
        try:
            return "", open_link(read_plan_file(text.encode()))
        except PlanFileError as error:
            raise RefusedError(f"PLAN: {error}") from error
    address, query = _split(text)
    if "=" not in query:
        raise RefusedError(
            "PLAN: holds no plan; give a JSON plan file that exists, - for standard input, "
            f"or a link such as {EXAMPLE_LINK}"
        )
    return address, open_link(parameters_of(query))


def _text(given: str) -> str:
    """What was given, or what the file or standard input holds."""
    try:
        if given == "-":
            text = sys.stdin.read(LARGEST_FILE + 1)
        elif _is_there(given):
            with Path(given).open("rb") as file:
                text = file.read(LARGEST_FILE + 1).decode("utf-8-sig")
        else:
            text = given
        # What the shell or the terminal passed on undecoded is no text either.
        text.encode()
    except OSError as error:
        raise RefusedError(f"PLAN: {given} cannot be read: {error.strerror}") from error
    except UnicodeError as error:
        raise RefusedError("PLAN: is not text in UTF-8") from error
    if len(text) > LARGEST_FILE:
        raise RefusedError(f"PLAN: is longer than {LARGEST_FILE:,} characters, which no plan is")
    return text


def _is_there(given: str) -> bool:
    try:
        return bool(given) and Path(given).exists()
    except (OSError, ValueError):
        return False


def _split(link: str) -> tuple[str, str]:
    """Split a link into the page's address, empty where it has none, and the query."""
    without_fragment = urldefrag(link).url
    address, mark, query = without_fragment.partition("?")
    # A question mark behind an equals sign stands in a value, such as a title.
    return (address, query) if mark and "=" not in address else ("", without_fragment)


def tier_with_gates(tier: str | None, scenario: Scenario) -> str | None:
    """Check the tier that was given as --tier, if one was.

    Raises:
        RefusedError: the plan's ladder has no such tier with gates.
    """
    known = scenario.rules.tier_names[1:]
    if tier is not None and tier not in known:
        raise RefusedError(
            f"--tier: {scenario.ladder} has no tier {tier!r} with gates; "
            f"it has {', '.join(known) or 'none'}"
        )
    return tier
