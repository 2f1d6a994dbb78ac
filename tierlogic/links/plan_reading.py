"""From one plan's parameters to the plan: what cannot be read is named and left out."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from tierlogic.complaints import shortened
from tierlogic.language import say
from tierlogic.links.lettered import LETTERING, refused
from tierlogic.links.names import (
    ABSENT,
    FIELDS,
    LINE_FIELDS,
    LISTS,
    NOISE,
    OWN,
    RECHARGE,
    Query,
    allowed,
    form_of,
    meant,
    numbered,
)
from tierlogic.links.packing import is_mark, unpack
from tierlogic.links.problems import LinkProblem, stands_too_often
from tierlogic.rules.catalog import providers
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.own import limits_not_known, own_ladder
from tierlogic.scenario import (
    MAX_USAGE_LINES,
    Problem,
    Scenario,
    problems,
)


class PlanReading:
    """One plan of a link of format 1, while it is read."""

    def __init__(self, query: Query, otherwise: Mapping[str, str]) -> None:
        """Read from parameters without a letter, with values for rules that cannot be used."""
        self._query = query
        self._otherwise = otherwise
        self.found: list[LinkProblem] = []
        self._named: set[str] = set()
        self._known = {*LETTERING.of_the_link}
        self._content: dict[str, Any] = {}
        self._entries: dict[str, list[str]] = {}
        """By parameter: the entries as they were given, in step with those of the content."""
        self._lines: list[int] = []
        """Numbers of the lines, in step with the usage of the content."""

    def plan(self) -> Scenario | None:
        """The plan, as far as it can be read; None: not without what is missing."""
        if len(self._query.get("v", ())) > 1:
            self._note("v", stands_too_often(len(self._query["v"])))
        for name, (field, absent) in FIELDS.items():
            otherwise = self._otherwise.get(name, absent)
            self._content[field] = self._value(name, otherwise, form_of(name))
            if absent is None and name not in self._query:
                self._note(name, _with_stand_in(say("is needed"), self._otherwise.get(name)))
        for field, form in (("auto_recharge", RECHARGE), ("noise", NOISE)):
            self._content[field] = _parts(self._content[field], form)
        for name in OWN:
            self._read_own_file(name)
        for name, (field, form, most) in LISTS.items():
            self._content[field] = self._list(name, form, most)
        self._content["usage"] = self._usage()
        for name in self._query:
            if name not in self._known:
                self._note(name, refused(name) or say("is not a parameter of a link; left out"))
        return self._repaired()

    # From text to values

    def _value(self, name: str, absent: str | None, form: re.Pattern[str] | None) -> str | None:
        """Read one parameter; what is doubled or malformed is named and counts as absent."""
        self._known.add(name)
        given = self._query.get(name, ())
        if not given:
            return meant(absent, absent)
        if len(given) > 1:
            self._note(name, f"{stands_too_often(len(given))}; {_instead(absent)}")
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
            message = say(
                "there is no {parameter} {id} here; "
                "it was a file of the sender's own, too long for a link: upload it",
                parameter=rules,
                id=repr(self._content[rules]),
            )
            self._leave_out_own_file(name, message)
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
            self._note(name, f"{message}; {say('no limits are known until then')}")
        else:
            self._note(name, _with_stand_in(message, stands_in))
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
            message = say("{most} are allowed; the later ones are left out", most=most)
            times = say("{times} times", times=len(entries))
            self.found.append(LinkProblem(name, times, message))
        self._entries[name] = []
        for given in entries[:most]:
            match = form.fullmatch(given)
            if match:
                parts = match.groupdict()
                read.append(parts.get("fact", parts))
                self._entries[name].append(given)
            else:
                message = f"{allowed(form)}; {say('left out')}"
                self.found.append(LinkProblem(name, shortened(given), message))
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
        message = f"{problem.message}; {say('left out')}"
        self.found.append(LinkProblem(name, shortened(given), message))

    def _leave_out_of_line(self, problem: Problem, index: int, field: str) -> None:
        line, number = self._content["usage"][index], self._lines[index]
        name = next((name for name, (known, _) in LINE_FIELDS.items() if known == field), "model")
        absent = LINE_FIELDS[name][1]
        if field.startswith("price.") and "price" in line:
            message = f"{problem.message}; {say('it is looked up instead')}"
            self._note(numbered(name, number), message)
            self._leave_out_other_prices(number)
            del line["price"]
        elif field in line and absent is not None and line[field] != meant(absent, absent):
            self._note(numbered(name, number), f"{problem.message}; {_instead(absent)}")
            del line[field]
        else:
            left_out = say("line {number} is left out", number=number)
            self._note(numbered(name, number), f"{problem.message}; {left_out}")
            self._content["usage"].pop(index)
            self._lines.pop(index)

    def _leave_out_other_prices(self, number: int) -> None:
        """A line's prices are given together or looked up together."""
        for name in ("input_price", "cached_price", "output_price"):
            if self._query.get(numbered(name, number), [ABSENT]) != [ABSENT]:
                self._note(numbered(name, number), say("stands alone; it is looked up instead"))

    def _note(self, name: str, message: str) -> None:
        if name in self._named:
            return
        self._named.add(name)
        given = ", ".join(self._query.get(name, [say("(absent)")]))
        self.found.append(LinkProblem(name, shortened(given), message))


def _parts(given: str | None, form: re.Pattern[str]) -> dict[str, str | None] | None:
    match = form.fullmatch(given) if given else None
    return {key: meant(text, ABSENT) for key, text in match.groupdict().items()} if match else None


def _with_stand_in(message: str, stands_in: str | None) -> str:
    """Add to a message what stands in, if anything does."""
    return f"{message}; {_is_used_instead(stands_in)}" if stands_in else message


def _instead(absent: str | None) -> str:
    if absent is None:
        return say("it is left out, with what needs it")
    return say("left out") if absent in {ABSENT, ""} else _is_used_instead(absent)


def _is_used_instead(value: str) -> str:
    return say("{value} is used instead", value=value)
