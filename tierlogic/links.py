"""The link: a scenario as readable query parameters, and back. Published links live for ever.

Every field that affects the result is written, so that no later default, data file or price
changes what a link shows. The first usage line's parameters stand bare (model, tokens), the
second's carry its number (model.2, tokens.2), and so on; every purchase is one `buy`:
its date and amount, then how it repeats: 2026-01-31_25, 2026-01-31_25_month, 2026-01-31_25_week_6.
Every day before the start is one `past`: its date, what was used and what was purchased. Every
fact that is not true of the account is one `lacks`. Rules of one's own are `own_ladder` and
`own_limits`: the file's text, packed; where an address has no room for it, the file's mark. A
comparison of several scenarios is the link of the first, and behind it what differs in the others
(see `lettered`).
"""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic import ValidationError

from tierlogic.complaints import shortened
from tierlogic.lettered import Lettering, letters_for, refused
from tierlogic.rules.catalog import providers
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.own import MAX_CHARACTERS, limits_not_known, own_ladder
from tierlogic.scenario import (
    MAX_FACTS,
    MAX_PAST_DAYS,
    MAX_PURCHASES,
    MAX_USAGE_LINES,
    Problem,
    Scenario,
    UsageLine,
    problems,
)

FORMAT = "1"
"""Written as v. A link without v is read as format 1, and always will be."""

Query = Mapping[str, Sequence[str]]
"""Every parameter with all the values given for it."""

# Parameter -> (field, value where the parameter is absent). NEVER CHANGE these values: links that
# were published without a parameter rely on them. None: the parameter is needed.
_FIELDS: dict[str, tuple[str, str | None]] = {
    "ladder": ("ladder", None),
    "limits": ("limits", None),
    "start": ("start", None),
    "days": ("days", "365"),
    "first_payment": ("first_payment", "none"),
    "reading": ("reading", "used"),
    "used_before": ("used_before", "0"),
    "paid_before": ("paid_before", "0"),
    "purchased_before": ("purchased_before", "none"),
    "account_created": ("account_created", "none"),
    "balance": ("opening_balance", "0"),
    "month_used_before": ("month_used_before", "0"),
    "opening_tier": ("opening_tier", "none"),
    "recharge": ("auto_recharge", "none"),
    "billing": ("billing", "prepaid"),
    "active_hours": ("active_hours", "24"),
    "peak_factor": ("peak_factor", "1"),
    "weekend_factor": ("weekend_factor", "1"),
    "evaluated": ("evaluated", "daily"),
    "lag_days": ("lag_days", "0"),
    "noise": ("noise", "none"),
    "title": ("title", ""),
    "own_ladder": ("own_ladder", "none"),
    "own_limits": ("own_limits", "none"),
}
_LINE_FIELDS: dict[str, tuple[str, str | None]] = {
    "model": ("model", None),
    "tokens": ("tokens_per_day", None),
    "output_share": ("output_share", "0.25"),
    "cached_share": ("cached_share", "0"),
    "input_price": ("price.input", "none"),
    "cached_price": ("price.cached_input", "none"),
    "output_price": ("price.output", "none"),
    "growth": ("growth_per_30_days", "0"),
    "starts": ("starts", "none"),
    "ends": ("ends", "none"),
    "per_request": ("tokens_per_request", "none"),
    "context": ("context_window", "none"),
}
_DATES = {"start", "first_payment", "account_created", "starts", "ends"}
_WORDS = {"ladder", "limits", "reading", "opening_tier", "billing", "evaluated", "title", "model"}
_ABSENT = "none"
_OWN = {"own_ladder": "ladder", "own_limits": "limits"}
"""Parameter -> the parameter that names the same rules by their id."""
_WRITTEN_IF_GIVEN = {"purchased_before", "account_created", "noise", *_OWN}
_IGNORED = {"embed", "embed_options"}

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?", re.ASCII)
_BUY = re.compile(
    r"(?P<on>\d{4}-\d{2}-\d{2})_(?P<amount>\d{1,30}(\.\d{1,30})?)"
    r"(_(?P<every>week|month)(_(?P<times>\d{1,9}))?)?",
    re.ASCII,
)
_PAST = re.compile(
    r"(?P<on>\d{4}-\d{2}-\d{2})_(?P<used>\d{1,30}(\.\d{1,30})?)"
    r"_(?P<purchased>\d{1,30}(\.\d{1,30})?)",
    re.ASCII,
)
_PACKED = re.compile(r"[A-Za-z0-9_-]+|file\.[0-9a-f]{12}", re.ASCII)
_MARK = "file."
_FACT = re.compile(r"(?P<fact>.{1,60})", re.ASCII)
# Parameter -> (field, the form of one entry, how many). Each entry is a parameter of its own.
_LISTS = {
    "buy": ("purchases", _BUY, MAX_PURCHASES),
    "past": ("past", _PAST, MAX_PAST_DAYS),
    "lacks": ("lacks", _FACT, MAX_FACTS),
}
_LETTERING = Lettering(
    of_the_link={"v", *_IGNORED},
    of_a_line=set(_LINE_FIELDS),
    may_lack={*_LISTS, *_WRITTEN_IF_GIVEN},
)
_RECHARGE = re.compile(
    r"(?P<below>\d{1,30}(\.\d{1,30})?)_(?P<amount>\d{1,30}(\.\d{1,30})?)"
    r"_(?P<monthly_limit>none|\d{1,30}(\.\d{1,30})?)",
    re.ASCII,
)
_NOISE = re.compile(
    r"(?P<spread>\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?)_(?P<seed>\d{1,10})", re.ASCII
)

MAX_ADDRESS = 2_000
"""Characters of an address that every browser, chat and mail carries whole."""

# What rules files have in common: packed files say it in few characters. NEVER CHANGE.
_COMMON_TEXT = (
    b'", "unlimited" }, { over = "month before", since = rolling_days = fact = "payment method" }, '
    b'monthly_usage_limit = smallest_purchase = aliases = ["tpd = rps = alone = true\nsoft = true\n'
    b'format = 1\nprovider = "openai"\nversion = "2026-01"\ntitle = "in_force_from = 2026-01-01\n'
    b'in_force_note = """currency = "USD"\nkeeping = "re-evaluated"\nkeeping = "for good"\n'
    b'scope = "organization"\nscope = "account"\ncounts = "input and output tokens"\n'
    b'complete = false\ncomplete = true\n\n[sources.docs]\n[sources.contract]\nurl = "https://'
    b'read = 2026-01-01\nconfidence = "high"\n\n[[notes]]\ntext = """sources = ["docs"]\n\n'
    b'[[rows]]\nmodel = "gpt-claude-gemini-"\nsource = "contract"\ntiers = [\n'
    b'  { tier = "Tier 1", tpm = 30000, rpm = 500, rpd = 10000 },\n'
    b'  { tier = "Tier 2", input_tpm = 450000, output_tpm = 90000, rpm = 5000 },\n]\n\n'
    b'[[tiers]]\nname = "Free"\nwording = "\nsource = "docs"\n\n[[tiers]]\nname = "Tier 1"\n'
    b'wording = "$5 paid"\nsource = "contract"\nopens_when.any = [{ counts = "used", '
    b'more_than = 0 }]\nopens_when.all = [{ counts = "contested", at_least = 50 }, '
    b'{ counts = "purchased", { counts = "paid", at_least = 100 }, '
    b'{ days_since = "first payment", at_least = 7 }]\n'
)


@dataclass(frozen=True)
class LinkProblem:
    """One parameter that could not be read as it stands."""

    parameter: str
    given: str
    message: str

    def __str__(self) -> str:
        """Name the parameter, what was given and what is wrong with it."""
        return f"{self.parameter}={self.given}: {self.message}"


class LinkError(ValueError):
    """A link that cannot be read as it stands; `problems` lists every reason."""

    def __init__(self, found: Sequence[LinkProblem]) -> None:
        """Carry every problem of the link."""
        super().__init__("; ".join(str(problem) for problem in found))
        self.problems = tuple(found)


@dataclass(frozen=True)
class OpenedLink:
    """What a link says, as far as it can be read."""

    scenario: Scenario | None
    """None where the link is of a format that this release does not know."""
    problems: tuple[LinkProblem, ...]
    """What was repaired or left out. Empty: the link says exactly this scenario."""
    others: tuple[Scenario, ...] = ()
    """The scenarios that the first is compared with."""


def to_query(scenario: Scenario) -> str:
    """Return a scenario as a query string, without the question mark."""
    return urlencode(to_parameters(scenario), doseq=True, safe="/:")


def to_parameters(scenario: Scenario) -> dict[str, list[str]]:
    """Return a scenario as parameters, every field written."""
    parameters = {"v": [FORMAT]}
    for name, (field, _) in _FIELDS.items():
        value = getattr(scenario, field)
        if value is not None or name not in _WRITTEN_IF_GIVEN:
            parameters[name] = [pack(value) if name in _OWN else _written(value)]
    if scenario.auto_recharge:
        recharge = scenario.auto_recharge
        parts = (recharge.below, recharge.amount, recharge.monthly_limit)
        parameters["recharge"] = ["_".join(_written(part) for part in parts)]
    if scenario.noise:
        noise = scenario.noise
        parameters["noise"] = [f"{_written(noise.spread)}_{_written(noise.seed)}"]
    for number, line in enumerate(scenario.usage, start=1):
        for name, (field, _) in _LINE_FIELDS.items():
            parameters[_numbered(name, number)] = [_written(_field_of_line(line, field))]
    if scenario.purchases:
        parameters["buy"] = [
            "_".join(_written(part) for part in (buy.on, buy.amount, buy.every, buy.times) if part)
            for buy in scenario.purchases
        ]
    if scenario.past:
        parameters["past"] = [
            "_".join(_written(part) for part in (day.on, day.used, day.purchased))
            for day in scenario.past
        ]
    if scenario.lacks:
        parameters["lacks"] = list(scenario.lacks)
    return parameters


def within_an_address(
    parameters: Mapping[str, Sequence[str]], room: int = MAX_ADDRESS
) -> dict[str, list[str]]:
    """Put the mark of an own file in its place where the query is longer than an address may be.

    Args:
        parameters: those of a scenario.
        room: characters that the query may have.

    Returns:
        The parameters, the longest own file left out first, and none where all fit.
    """
    short = {name: list(values) for name, values in parameters.items()}
    for name in sorted(_OWN.keys() & short, key=lambda name: -len(short[name][0])):
        if len(urlencode(short, doseq=True)) > room:
            short[name] = [mark(_unpacked(short[name][0]))]
    return short


def pack(text: str) -> str:
    """Write an own file in characters that an address need not escape."""
    packing = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zdict=_COMMON_TEXT)
    packed = packing.compress(text.encode()) + packing.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def mark(text: str) -> str:
    """Return what stands for an own file that is left out; equal files have equal marks."""
    return _MARK + hashlib.sha256(text.encode()).hexdigest()[:12]


def is_mark(value: str) -> bool:
    """Whether a parameter's value is the mark of a file that was left out."""
    return value.startswith(_MARK)


def compared_to_query(scenarios: Sequence[Scenario]) -> str:
    """Return a comparison as a query string, without the question mark.

    Raises:
        ValueError: there are more scenarios than a link holds, or none.
    """
    return urlencode(compared_to_parameters(scenarios), doseq=True, safe="/:")


def compared_to_parameters(scenarios: Sequence[Scenario]) -> dict[str, list[str]]:
    """Return a comparison as parameters: the first scenario's, and what differs in the others.

    Raises:
        ValueError: there are more scenarios than a link holds, or none.
    """
    letters = letters_for(len(scenarios))
    first, *others = map(to_parameters, scenarios)
    parameters = dict(first)
    for letter, other in zip(letters[1:], others, strict=True):
        parameters.update(_LETTERING.differing(first, other, letter))
    return parameters


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
    return (opened.scenario, *opened.others)


def parameters_of(query: str) -> dict[str, list[str]]:
    """Split a query string into its parameters."""
    parameters: dict[str, list[str]] = {}
    for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        parameters.setdefault(name, []).append(value)
    return parameters


def open_link(query: Query, otherwise: Mapping[str, str] | None = None) -> OpenedLink:
    """Read what can be read; name what cannot, and open the rest without it.

    Args:
        query: the link's parameters.
        otherwise: values for ladder, limits and start where the link's own cannot be used.
            Without them such a link does not open.
    """
    versions = sorted(set(query.get("v", [FORMAT])))
    if versions != [FORMAT]:
        message = f"this release reads links of format {FORMAT}; open it with a newer Tierlogic"
        return OpenedLink(None, (LinkProblem("v", shortened(", ".join(versions)), message),))
    bare, under = _LETTERING.split(query)
    opened = _Reading(bare, otherwise or {}).opened()
    if opened.scenario is None:
        return opened
    others: list[Scenario] = []
    found = list(opened.problems)
    rules = {name: str(getattr(opened.scenario, name)) for name in ("ladder", "limits", "start")}
    for letter, given in under.items():
        reading = _Reading(_LETTERING.completed(bare, given), rules).opened()
        found += _found_under(letter, given, reading, opened)
        others += [reading.scenario] if reading.scenario else []
    return OpenedLink(opened.scenario, tuple(found), tuple(others))


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
        self._known = {*_LETTERING.of_the_link}
        self._content: dict[str, Any] = {}
        self._entries: dict[str, list[str]] = {}
        """By parameter: the entries as they were given, in step with those of the content."""
        self._lines: list[int] = []
        """Numbers of the lines, in step with the usage of the content."""

    def opened(self) -> OpenedLink:
        if len(self._query.get("v", ())) > 1:
            self._note("v", f"stands {len(self._query['v'])} times, once is allowed")
        for name, (field, absent) in _FIELDS.items():
            otherwise = self._otherwise.get(name, absent)
            self._content[field] = self._value(name, otherwise, _form_of(name))
            if absent is None and name not in self._query:
                self._note(name, f"is needed{_standing_in(self._otherwise.get(name))}")
        for field, form in (("auto_recharge", _RECHARGE), ("noise", _NOISE)):
            self._content[field] = _parts(self._content[field], form)
        for name in _OWN:
            self._read_own_file(name)
        for name, (field, form, most) in _LISTS.items():
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
            return _meant(absent, absent)
        if len(given) > 1:
            self._note(name, f"stands {len(given)} times, once is allowed; {_instead(absent)}")
        elif form is None or form.fullmatch(given[0]) or given[0] == absent == _ABSENT:
            return _meant(given[0], absent)
        else:
            self._note(name, f"{_allowed(form)}; {_instead(absent)}")
        return _meant(absent, absent)

    def _read_own_file(self, name: str) -> None:
        """Put the text of an own file in the place of the parameter's value."""
        packed: str | None = self._content[name]
        if packed is None:
            if name in self._named:
                self._leave_out_own_file(name)
        elif is_mark(packed):
            rules = _OWN[name]
            self._leave_out_own_file(
                name,
                f"there is no {rules} {self._content[rules]!r} here; "
                "it was a file of the sender's own, too long for a link: upload it",
            )
        else:
            try:
                self._content[name] = _unpacked(packed)
            except ValueError as error:
                self._leave_out_own_file(name, str(error))

    def _leave_out_own_file(self, name: str, message: str = "") -> None:
        """Leave an own file out, and say so, with the id that names nothing else.

        Published rules of the same id do not stand in: they may give other figures.
        """
        rules = _OWN[name]
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
                message = f"{_allowed(form)}; left out"
                self._found.append(LinkProblem(name, shortened(given), message))
        return read

    def _usage(self) -> list[dict[str, Any]]:
        lines = []
        for number in range(1, MAX_USAGE_LINES + 1):
            if any(_numbered(name, number) in self._query for name in _LINE_FIELDS):
                lines.append(self._line(number))
                self._lines.append(number)
        return lines

    def _line(self, number: int) -> dict[str, Any]:
        line: dict[str, Any] = {}
        price: dict[str, Any] = {}
        for name, (field, absent) in _LINE_FIELDS.items():
            numbered = _numbered(name, number)
            whole, _, part = field.partition(".")
            value = self._value(numbered, absent, _form_of(name))
            if part:
                price[part] = value
            elif field != "context_window" or numbered in self._query:
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
        listed = next((name for name, entry in _LISTS.items() if entry[0] == field), None)
        if listed:
            self._leave_out_entry(listed, field, problem, way)
            return True
        if field == "usage":
            self._leave_out_of_line(problem, int(way[0]), ".".join(way[1:]))
            return True
        name = next(name for name, (known, _) in _FIELDS.items() if known == field)
        if name in _OWN:
            self._leave_out_own_file(name, problem.message)
            return True
        self._content |= {own: None for own, rules in _OWN.items() if rules == name}
        absent = self._otherwise.get(name, _FIELDS[name][1])
        self._note(name, f"{problem.message}; {_instead(absent)}")
        if self._content[field] == _meant(absent, absent):
            return False
        self._content[field] = _meant(absent, absent)
        return True

    def _leave_out_entry(self, name: str, field: str, problem: Problem, way: list[str]) -> None:
        index = int(way[0]) if way else -1
        self._content[field].pop(index)
        given = self._entries[name].pop(index)
        self._found.append(LinkProblem(name, shortened(given), f"{problem.message}; left out"))

    def _leave_out_of_line(self, problem: Problem, index: int, field: str) -> None:
        line, number = self._content["usage"][index], self._lines[index]
        name = next((name for name, (known, _) in _LINE_FIELDS.items() if known == field), "model")
        absent = _LINE_FIELDS[name][1]
        if field.startswith("price.") and "price" in line:
            self._note(_numbered(name, number), f"{problem.message}; it is looked up instead")
            self._leave_out_other_prices(number)
            del line["price"]
        elif field in line and absent is not None and line[field] != _meant(absent, absent):
            self._note(_numbered(name, number), f"{problem.message}; {_instead(absent)}")
            del line[field]
        else:
            self._note(_numbered(name, number), f"{problem.message}; line {number} is left out")
            self._content["usage"].pop(index)
            self._lines.pop(index)

    def _leave_out_other_prices(self, number: int) -> None:
        """A line's prices are given together or looked up together."""
        for name in ("input_price", "cached_price", "output_price"):
            if self._query.get(_numbered(name, number), [_ABSENT]) != [_ABSENT]:
                self._note(_numbered(name, number), "stands alone; it is looked up instead")

    def _note(self, name: str, message: str) -> None:
        if name in self._named:
            return
        self._named.add(name)
        given = ", ".join(self._query.get(name, ["(absent)"]))
        self._found.append(LinkProblem(name, shortened(given), message))


def _written(value: object) -> str:
    """Write a value without anything that an address would have to escape, if it can be."""
    if value is None:
        return _ABSENT
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _field_of_line(line: UsageLine, field: str) -> object:
    value: object = line
    for part in field.split("."):
        value = getattr(value, part)
    return value


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}.{number}"


def _form_of(name: str) -> re.Pattern[str] | None:
    """The form that a parameter's text must have; None: any text."""
    forms = {
        "recharge": _RECHARGE,
        "noise": _NOISE,
        **dict.fromkeys(_OWN, _PACKED),
        **dict.fromkeys(_DATES, _DATE),
    }
    return None if name in _WORDS else forms.get(name, _NUMBER)


def _meant(text: str | None, absent: str | None) -> str | None:
    """Return what a text stands for: "none" is nothing where a parameter may say nothing."""
    return None if text == absent == _ABSENT else text


def _unpacked(packed: str) -> str:
    """Return the text of an own file.

    Raises:
        ValueError: it was cut, changed, or is longer than a file may be.
    """
    unpacking = zlib.decompressobj(zdict=_COMMON_TEXT)
    try:
        data = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        text = unpacking.decompress(data, 4 * MAX_CHARACTERS)
        if unpacking.unconsumed_tail:
            raise ValueError(f"is longer than a rules file may be, {MAX_CHARACTERS:,} characters")
        if not unpacking.eof:
            raise ValueError("was cut off; ask for the whole link")
        return text.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError("is no packed rules file; ask for the link again") from error


def _parts(given: str | None, form: re.Pattern[str]) -> dict[str, str | None] | None:
    match = form.fullmatch(given) if given else None
    return (
        {key: _meant(text, _ABSENT) for key, text in match.groupdict().items()} if match else None
    )


def _standing_in(otherwise: str | None) -> str:
    return f"; {otherwise} is used instead" if otherwise else ""


def _instead(absent: str | None) -> str:
    if absent is None:
        return "it is left out, with what needs it"
    return "left out" if absent in {_ABSENT, ""} else f"{absent} is used instead"


def _allowed(form: re.Pattern[str]) -> str:
    return {
        _DATE: "is no date; write it as 2026-01-31",
        _NUMBER: "is no number; write it as 1000 or 0.25",
        _PAST: "is no past day; write it as 2026-01-31_12.50_0: date, used, purchased",
        _FACT: "is no fact",
        _PACKED: "is no packed rules file; ask for the link again",
        _BUY: "is no purchase; write it as 2026-01-31_250 or 2026-01-31_25_month_6",
        _NOISE: "is no noise; write it as 0.3_1: spread, seed",
        _RECHARGE: "is no auto-recharge; write it as 5_25_none: below, amount, monthly limit",
    }[form]
