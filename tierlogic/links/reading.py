"""From a link to a plan: what can be read is read, what cannot is named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from pydantic import ValidationError

from tierlogic.complaints import shortened
from tierlogic.links.asked import NOTHING_ASKED, Asked, AskedReading
from tierlogic.links.lettered import LETTERING, refused
from tierlogic.links.names import (
    ABSENT,
    FIELDS,
    FORMAT,
    LINE_FIELDS,
    LISTS,
    NOISE,
    OWN,
    PLAN_FILE,
    RECHARGE,
    Query,
    allowed,
    form_of,
    meant,
    numbered,
)
from tierlogic.links.packing import is_mark, unpack
from tierlogic.links.problems import LinkError, LinkProblem
from tierlogic.rules.catalog import providers
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.own import limits_not_known, own_ladder
from tierlogic.scenario import (
    MAX_USAGE_LINES,
    Problem,
    Scenario,
    problems,
)

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
        message = f"this release reads links of format {FORMAT}; open it with a newer Tierlogic"
        return OpenedLink(None, (LinkProblem("v", shortened(", ".join(versions)), message),))
    if PLAN_FILE in query:
        stands = shortened(", ".join(query[PLAN_FILE]))
        message = "this plan was too long for an address; open its plan file instead"
        return OpenedLink(None, (LinkProblem(PLAN_FILE, stands, message),))
    bare, under = LETTERING.split(query)
    opened = _Reading(bare, otherwise or {}).opened()
    if opened.scenario is None:
        return opened
    others: list[Scenario] = []
    found = list(opened.problems)
    rules = {name: str(getattr(opened.scenario, name)) for name in ("ladder", "limits", "start")}
    for letter, given in under.items():
        reading = _Reading(LETTERING.completed(bare, given), rules).opened()
        found += _found_under(letter, given, reading, opened)
        others += [reading.scenario] if reading.scenario else []
    asking = AskedReading(bare)
    asked = Asked(tuple(others), asking.base(1 + len(others)), asking.goal(), asking.within())
    return OpenedLink(opened.scenario, (*found, *asking.found), asked)


def _unescaped(query: Query) -> Query:
    """Undo what pages and mail do to an address in their text: & is &amp; there."""
    parameters: dict[str, list[str]] = {}
    for name, given in query.items():
        parameters.setdefault(_ESCAPED.sub("", name, count=1), []).extend(given)
    return parameters


def _found_under(
    letter: str, given: Query, opened: OpenedLink, first: OpenedLink
) -> Iterator[LinkProblem]:
    """Name a plan's problems by its letter; what it only has from the first is said there."""
    said = set(first.problems)
    for problem in opened.problems:
        if problem.parameter in given or problem not in said:
            yield LinkProblem(f"{letter}.{problem.parameter}", problem.given, problem.message)
    if opened.scenario is None:
        yield LinkProblem(letter, "(all of it)", "this plan is left out")


class _Reading:
    """One link of format 1 while it is read."""

    def __init__(self, query: Query, otherwise: Mapping[str, str]) -> None:
        self._query = query
        self._otherwise = otherwise
        self._found: list[LinkProblem] = []
        self._named: set[str] = set()
        self._known = {*LETTERING.of_the_link}
        self._content: dict[str, Any] = {}
        self._entries: dict[str, list[str]] = {}
        """By parameter: the entries as they were given, in step with those of the content."""
        self._lines: list[int] = []
        """Numbers of the lines, in step with the usage of the content."""

    def opened(self) -> OpenedLink:
        if len(self._query.get("v", ())) > 1:
            self._note("v", f"stands {len(self._query['v'])} times, once is allowed")
        for name, (field, absent) in FIELDS.items():
            otherwise = self._otherwise.get(name, absent)
            self._content[field] = self._value(name, otherwise, form_of(name))
            if absent is None and name not in self._query:
                self._note(name, f"is needed{_standing_in(self._otherwise.get(name))}")
        for field, form in (("auto_recharge", RECHARGE), ("noise", NOISE)):
            self._content[field] = _parts(self._content[field], form)
        for name in OWN:
            self._read_own_file(name)
        for name, (field, form, most) in LISTS.items():
            self._content[field] = self._list(name, form, most)
        self._content["usage"] = self._usage()
        for name in self._query:
            if name not in self._known:
                self._note(name, refused(name) or "is not a parameter of a link; left out")
        return OpenedLink(self._repaired(), tuple(self._found))

    # From text to values

    def _value(self, name: str, absent: str | None, form: re.Pattern[str] | None) -> str | None:
        """Read one parameter; what is doubled or malformed is named and counts as absent."""
        self._known.add(name)
        given = self._query.get(name, ())
        if not given:
            return meant(absent, absent)
        if len(given) > 1:
            self._note(name, f"stands {len(given)} times, once is allowed; {_instead(absent)}")
        elif form is None or form.fullmatch(given[0]) or given[0] == absent == ABSENT:
            return meant(given[0], absent)
        else:
            self._note(name, f"{allowed(form)}; {_instead(absent)}")
        return meant(absent, absent)

    def _read_own_file(self, name: str) -> None:
        """Put the text of an own file in the place of the parameter's value."""
        packed: str | None = self._content[name]
        if packed is None:
            if name in self._named:
                self._leave_out_own_file(name)
        elif is_mark(packed):
            rules = OWN[name]
            self._leave_out_own_file(
                name,
                f"there is no {rules} {self._content[rules]!r} here; "
                "it was a file of the sender's own, too long for a link: upload it",
            )
        else:
            try:
                self._content[name] = unpack(packed)
            except ValueError as error:
                self._leave_out_own_file(name, str(error))

    def _leave_out_own_file(self, name: str, message: str = "") -> None:
        """Leave an own file out, and say so, with the id that names nothing else.

        Published rules of the same id do not stand in: they may give other figures.
        """
        rules = OWN[name]
        own, stands_in = None, self._otherwise.get(rules)
        ladder = self._ladder_without_limits() if rules == "limits" else None
        if ladder:
            own, stands_in = limits_not_known(ladder), ladder.id
            self._note(name, f"{message}; no limits are known until then")
        else:
            self._note(name, f"{message}{_standing_in(stands_in)}")
        self._content |= {name: own, rules: stands_in}
        self._named.add(rules)

    def _ladder_without_limits(self) -> Ladder | None:
        """The link's own ladder, if no limits of its provider are published."""
        text = self._content["own_ladder"]
        try:
            ladder = own_ladder(text) if text else None
        except ValueError:
            return None
        return ladder if ladder and ladder.provider not in providers() else None

    def _list(self, name: str, form: re.Pattern[str], most: int) -> list[Any]:
        """Read the entries of a parameter that may stand more than once."""
        self._known.add(name)
        entries, read = self._query.get(name, ()), []
        if len(entries) > most:
            message = f"{most} are allowed; the later ones are left out"
            self._found.append(LinkProblem(name, f"{len(entries)} times", message))
        self._entries[name] = []
        for given in entries[:most]:
            match = form.fullmatch(given)
            if match:
                parts = match.groupdict()
                read.append(parts.get("fact", parts))
                self._entries[name].append(given)
            else:
                message = f"{allowed(form)}; left out"
                self._found.append(LinkProblem(name, shortened(given), message))
        return read

    def _usage(self) -> list[dict[str, Any]]:
        lines = []
        for number in range(1, MAX_USAGE_LINES + 1):
            if any(numbered(name, number) in self._query for name in LINE_FIELDS):
                lines.append(self._line(number))
                self._lines.append(number)
        return lines

    def _line(self, number: int) -> dict[str, Any]:
        line: dict[str, Any] = {}
        price: dict[str, Any] = {}
        for name, (field, absent) in LINE_FIELDS.items():
            parameter = numbered(name, number)
            whole, _, part = field.partition(".")
            value = self._value(parameter, absent, form_of(name))
            if part:
                price[part] = value
            elif field != "context_window" or parameter in self._query:
                line[whole] = value
        if any(value is not None for value in price.values()):
            line["price"] = price
        return line

    # From values to a scenario

    def _repaired(self) -> Scenario | None:
        """Check the whole; leave out what fails until the rest holds."""
        while True:
            try:
                return Scenario.model_validate(self._content)
            except ValidationError as error:
                # One at a time: leaving it out may move or mend the others.
                if not self._leave_out(problems(error)[-1]):
                    return None

    def _leave_out(self, problem: Problem) -> bool:
        """Leave out what a problem is about; False where the link cannot do without it."""
        field, *way = problem.field.split(".")
        listed = next((name for name, entry in LISTS.items() if entry[0] == field), None)
        if listed:
            self._leave_out_entry(listed, field, problem, way)
            return True
        if field == "usage":
            self._leave_out_of_line(problem, int(way[0]), ".".join(way[1:]))
            return True
        name = next(name for name, (known, _) in FIELDS.items() if known == field)
        if name in OWN:
            self._leave_out_own_file(name, problem.message)
            return True
        self._content |= {own: None for own, rules in OWN.items() if rules == name}
        absent = self._otherwise.get(name, FIELDS[name][1])
        self._note(name, f"{problem.message}; {_instead(absent)}")
        if self._content[field] == meant(absent, absent):
            return False
        self._content[field] = meant(absent, absent)
        return True

    def _leave_out_entry(self, name: str, field: str, problem: Problem, way: list[str]) -> None:
        index = int(way[0]) if way else -1
        self._content[field].pop(index)
        given = self._entries[name].pop(index)
        self._found.append(LinkProblem(name, shortened(given), f"{problem.message}; left out"))

    def _leave_out_of_line(self, problem: Problem, index: int, field: str) -> None:
        line, number = self._content["usage"][index], self._lines[index]
        name = next((name for name, (known, _) in LINE_FIELDS.items() if known == field), "model")
        absent = LINE_FIELDS[name][1]
        if field.startswith("price.") and "price" in line:
            self._note(numbered(name, number), f"{problem.message}; it is looked up instead")
            self._leave_out_other_prices(number)
            del line["price"]
        elif field in line and absent is not None and line[field] != meant(absent, absent):
            self._note(numbered(name, number), f"{problem.message}; {_instead(absent)}")
            del line[field]
        else:
            self._note(numbered(name, number), f"{problem.message}; line {number} is left out")
            self._content["usage"].pop(index)
            self._lines.pop(index)

    def _leave_out_other_prices(self, number: int) -> None:
        """A line's prices are given together or looked up together."""
        for name in ("input_price", "cached_price", "output_price"):
            if self._query.get(numbered(name, number), [ABSENT]) != [ABSENT]:
                self._note(numbered(name, number), "stands alone; it is looked up instead")

    def _note(self, name: str, message: str) -> None:
        if name in self._named:
            return
        self._named.add(name)
        given = ", ".join(self._query.get(name, ["(absent)"]))
        self._found.append(LinkProblem(name, shortened(given), message))


def _parts(given: str | None, form: re.Pattern[str]) -> dict[str, str | None] | None:
    match = form.fullmatch(given) if given else None
    return {key: meant(text, ABSENT) for key, text in match.groupdict().items()} if match else None


def _standing_in(otherwise: str | None) -> str:
    return f"; {otherwise} is used instead" if otherwise else ""


def _instead(absent: str | None) -> str:
    if absent is None:
        return "it is left out, with what needs it"
    return "left out" if absent in {ABSENT, ""} else f"{absent} is used instead"
