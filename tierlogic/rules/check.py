"""Reading a rules file and saying everything that is wrong with it: where, what, and the fix."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tierlogic.complaints import complaint, shortened
from tierlogic.rules.document import Note, RuleModel, RulesFile, Source
from tierlogic.rules.gates import (
    AllOf,
    AnyOf,
    BestOfMonths,
    FactGate,
    MoneyGate,
    Opaque,
    RollingDays,
    Since,
    WaitingGate,
)
from tierlogic.rules.ladder import AfterDays, Ladder, OnDayOfMonth, Tier
from tierlogic.rules.limits import MEASURES, LimitsRow, LimitsTable, Multiple, TierLimits
from tierlogic.rules.provider import Provider

Rules = Ladder | LimitsTable | Provider
Model = TypeVar("Model", bound=RuleModel)
Way = tuple[str | int, ...]
"""The keys and indices that lead to a value."""

_GATE_MODELS: dict[str, type[RuleModel]] = {
    "money": MoneyGate,
    "waiting": WaitingGate,
    "fact": FactGate,
    "all": AllOf,
    "any": AnyOf,
    "opaque": Opaque,
}
_FORM_MODELS: tuple[type[RuleModel], ...] = (
    Since,
    RollingDays,
    BestOfMonths,
    Multiple,
    OnDayOfMonth,
    AfterDays,
)
_PARTS: dict[str, type[RuleModel]] = {"notes": Note, "tiers": Tier, "rows": LimitsRow}
"""What a file lists."""

_GATE = (
    'must be a gate: { counts = "paid", at_least = 5 }, '
    '{ days_since = "first payment", at_least = 7 }, { fact = "payment method" }, '
    "{ all = [...] } or { any = [...] }"
)
_OPAQUE_INSIDE = (
    "an opaque rule cannot be joined with gates; "
    'write opens_when.opaque = "..." alone, or leave it out here'
)
_LIMIT = (
    "must be a whole number, 'unlimited', 'not available', 'unpublished', "
    'or { times = 2, of = "Tier 1" }'
)
_FORMS: dict[str, str] = {
    "over": (
        "must be 'lifetime', 'month to date', 'month before', { since = 2026-01-31 }, "
        "{ rolling_days = 30 } or { best_of_months = 3 }"
    ),
    "activation": (
        "must be 'at once', 'at a click', { day_of_month = 15 } or { lag_days = [0, 2] }"
    ),
    "monthly_usage_limit": "must be an amount, or [least, most]",
    **dict.fromkeys(map(str, MEASURES), _LIMIT),
}
"""Values that take several forms: what they may be."""

_FIXED = {
    "union_tag_invalid": _OPAQUE_INSIDE,
    "too_short": "must not be empty",
    "tuple_type": "must be a list: [...]",
    "dict_type": "must be a table",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
}
"""Errors that say the same wherever they come."""

_PATTERNS = {
    "version": "must be a month or a day, such as 2026-05 or 2026-05-29",
    "fact": "must be a few lower-case words, such as 'payment method'",
    **dict.fromkeys(("provider", "id"), "must be lower-case letters, digits and hyphens"),
}
"""Texts of a certain form: what they may be."""

_MOST_PROBLEMS = 500
"""That are said of one file; who mends these finds the others next."""

_WRONG_SHAPES = re.compile(r"missing|extra_forbidden|literal_error|.*_(type|parsing|from_float)")
"""Errors that say only that a value is not of one form; the others are about its content."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a rules file."""

    key: str
    """Where, in the file's own names; empty: it is about more than one key."""
    says: str
    """What is wrong and what is allowed."""
    line: int | None = None
    """From 1; None: not found, or not at one line."""
    given: str | None = None

    def __str__(self) -> str:
        """Say it in one sentence."""
        given = "" if self.given is None else f" (given: {self.given})"
        return f"{self.key}: {self.says}{given}" if self.key else f"{self.says}{given}"

    def at(self, file: str) -> str:
        """Say it as compilers do: file, line, key, what is wrong."""
        return f"{file}:{self.line}: {self}" if self.line else f"{file}: {self}"


class FaultyRulesError(ValueError):
    """Rules that cannot be used, with all their faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, in the order of their lines."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        super().__init__(
            "; ".join(f"line {f.line}, {f}" if f.line else str(f) for f in self.faults)
        )


def parse(text: str, kind: type[Model]) -> Model:
    """Read rules of one kind.

    Raises:
        FaultyRulesError: the text is no TOML, or holds what the engine does not implement.
    """
    return _validated(_content(text), text, kind)


def parse_any(text: str) -> Rules:
    """Read a ladder, a limits table or a provider; what the text holds says which.

    Raises:
        FaultyRulesError: it is none of them, or has faults.
    """
    content = _content(text)
    if "tiers" in content:
        return _validated(content, text, Ladder)
    if "rows" in content:
        return _validated(content, text, LimitsTable)
    if "name" in content:
        return _validated(content, text, Provider)
    says = "is no rules file: a ladder has [[tiers]], a limits table [[rows]], a provider a name"
    raise FaultyRulesError([Fault("", says)])


def misplaced(path: Path, rules: RuleModel) -> list[Fault]:
    """Say where a file of data/ belongs, if not where it is.

    Only files in a folder named ladders or limits, and files named provider.toml, have such a
    place; a file anywhere else is its owner's own.
    """
    faults = []
    if isinstance(rules, Provider) and path.name == "provider.toml":
        faults = _differs("id", rules.id, path.parent.name)
    elif isinstance(rules, RulesFile) and path.parent.name in ("ladders", "limits"):
        folder = "ladders" if isinstance(rules, Ladder) else "limits"
        if path.parent.name != folder:
            faults.append(Fault("", f"stands in {path.parent.name}/; move it to {folder}/"))
        if path.stem != rules.version:
            fix = f"name the file {rules.version}.toml"
            faults.append(Fault("version", f"version is {rules.version!r}; {fix}"))
        faults += _differs("provider", rules.provider, path.parent.parent.name)
    return faults


def check_file(path: Path) -> list[Fault]:
    """Find everything that is wrong with one file, whatever rules it holds."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return [Fault("", f"cannot be read: {error}")]
    try:
        rules = parse_any(text)
    except FaultyRulesError as error:
        return list(error.faults)
    lines = key_lines(text)
    return [Fault(f.key, f.says, lines.get((f.key,)), f.given) for f in misplaced(path, rules)]


def key_lines(text: str) -> dict[Way, int]:
    """Find the line of each key and each list entry of a TOML text that tomllib can read."""
    return _Scan(text).lines


def _differs(key: str, given: str, folder: str) -> list[Fault]:
    if given == folder:
        return []
    return [Fault(key, f"{key} is {given!r}, the folder {folder!r}; move the file or rename one")]


def _content(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        fault = Fault("", f"cannot be read as TOML: {error}", int(line[1]) if line else None)
        raise FaultyRulesError([fault]) from error


def _validated(content: dict[str, Any], text: str, kind: type[Model]) -> Model:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        lines = key_lines(text)
        problems = error.errors()[:_MOST_PROBLEMS]
        faults = list(_faults_of_values(problems, content, kind, lines))
        if issubclass(kind, RulesFile):
            faults += _faults_between_parts(content, kind, lines)
        # A rule that does not fit the two above is at least said as pydantic says it.
        faults = faults or [Fault("", complaint(problem)) for problem in problems]
        raise FaultyRulesError(faults) from error


def _faults_of_values(
    problems: list[ErrorDetails],
    content: dict[str, Any],
    kind: type[RuleModel],
    lines: Mapping[Way, int],
) -> Iterator[Fault]:
    by_value: dict[Way, list[ErrorDetails]] = {}
    for problem in problems:
        if problem["loc"] and not _is_about_its_parts(problem, problems):
            way = _way(problem, content)
            by_value.setdefault(_of_many_forms(way), []).append(problem)
    for way, found in by_value.items():
        telling = [problem for problem in found if not _is_wrong_shape(problem)]
        if way[-1] in _FORMS and not telling:
            given = _value(content, way)
            says = _FORMS[str(way[-1])]
            yield Fault(_named(way, content), says, _line(way, lines), _shown(given))
            continue
        if len(found) > 1 and all(problem["type"] == "literal_error" for problem in found):
            given = _value(content, way)
            says = f"must be {', or '.join(problem['ctx']['expected'] for problem in found)}"
            yield Fault(_named(way, content), says, _line(way, lines), _shown(given))
            continue
        for problem in _of_one_form(telling, found) if way[-1] in _FORMS else found:
            exact = _way(problem, content)
            yield Fault(
                _named(exact, content),
                _says(problem, kind),
                _line(exact, lines),
                None if problem["type"] == "missing" else _shown(problem["input"]),
            )


def _of_one_form(telling: list[ErrorDetails], found: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors of the form that was meant: what tells it, and the keys wrong beside it."""
    tables = [problem["loc"][:-1] for problem in telling]
    keys = ("missing", "extra_forbidden")
    beside = [one for one in found if one["type"] in keys and one["loc"][:-1] in tables]
    return [*telling, *beside]


def _is_wrong_shape(problem: ErrorDetails) -> bool:
    return _WRONG_SHAPES.fullmatch(problem["type"]) is not None


def _of_many_forms(way: Way) -> Way:
    """The way to the value of several forms in which a value stands, or the value's own."""
    ends = [end for end, key in enumerate(way, 1) if key in _FORMS]
    return way[: ends[0]] if ends else way


def _says(problem: ErrorDetails, kind: type[RuleModel]) -> str:
    if problem["type"] == "extra_forbidden":
        return _unknown(str(problem["loc"][-1]), _model_at(problem["loc"][:-1], kind))
    if problem["type"] in _FIXED:
        return _FIXED[problem["type"]]
    if problem["type"] == "model_type":
        model = _model_at(problem["loc"], kind)
        gate = model in _GATE_MODELS.values()
        return _GATE if gate else f"must be a table with the keys {_keys(model)}"
    if problem["type"] == "string_pattern_mismatch":
        return _PATTERNS[str(problem["loc"][-1])]
    return complaint(problem)


def _unknown(key: str, model: type[RuleModel]) -> str:
    close = get_close_matches(key, model.model_fields, 1)
    fix = f"did you mean {close[0]}?" if close else "leave it out."
    return f"is not known here; {fix} The keys here are {_keys(model)}"


def _keys(model: type[RuleModel]) -> str:
    return ", ".join(model.model_fields)


def _model_at(loc: tuple[str | int, ...], kind: type[RuleModel]) -> type[RuleModel]:
    """The model that a place in a file is read as."""
    places: dict[str, type[RuleModel]] = {
        **_GATE_MODELS,
        "sources": Source,
        "observed_lag_source": Source,
        "notes": Note,
        "rows": LimitsRow,
        "tiers": Tier if kind is Ladder else TierLimits,
        **{model.__name__: model for model in _FORM_MODELS},
    }
    return next((places[str(part)] for part in reversed(loc) if part in places), kind)


def _is_about_its_parts(problem: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a list is too short only because entries of it were refused."""
    way = problem["loc"]
    parts = [other for other in found if other["loc"] != way and other["loc"][: len(way)] == way]
    return problem["type"] == "too_short" and bool(parts)


def _way(problem: ErrorDetails, content: dict[str, Any]) -> Way:
    """The keys to a value, without the names that pydantic gives to its kinds."""
    way: list[str | int] = []
    here: Any = content
    for part in problem["loc"]:
        in_table = isinstance(here, dict) and part in here
        in_list = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if in_table or in_list:
            way.append(part)
            here = here[part]
    if problem["type"] == "missing":
        way.append(problem["loc"][-1])
    return tuple(way)


def _value(content: Any, way: Way) -> object:
    for part in way:
        content = content[part]
    return content


def _line(way: Way, lines: Mapping[Way, int]) -> int | None:
    """The line of a key, or for one that is missing that of the nearest table around it."""
    ends = range(len(way), 0, -1)
    return next((lines[way[:end]] for end in ends if way[:end] in lines), None)


def _named(way: Way, content: dict[str, Any]) -> str:
    """Say a way in the file's own names: "tier 'Tier 2', opens_when.all, gate 1, at_least"."""
    words: list[str] = []
    keys: list[str] = []
    for end, (list_name, part) in enumerate(pairwise(("", *way)), 1):
        if isinstance(part, int):
            one = {"all": "gate", "any": "gate"}.get(
                str(list_name), str(list_name).removesuffix("s")
            )
            if one != "gate":
                keys.pop()
            words += [".".join(keys)] if keys else []
            words.append(_entry(one, part, _value(content, way[:end])))
            keys = []
        else:
            keys.append(str(part))
    return ", ".join([*words, ".".join(keys)] if keys else words)


def _entry(one: str, index: int, value: object) -> str:
    names = (value.get(key) for key in ("name", "model", "tier")) if isinstance(value, dict) else ()
    name = next((name for name in names if isinstance(name, str)), None)
    return f"{one} {index + 1}" if name is None or one == "gate" else f"{one} {name!r}"


def _shown(given: object) -> str | None:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, dict):
        parts = (f"{key} = {_shown(value) or value}" for key, value in given.items())
        return shortened(f"{{ {', '.join(parts)} }}")
    if isinstance(given, list | tuple):
        return shortened(f"[{', '.join(map(str, given))}]") if given else None
    return shortened(given)


def _faults_between_parts(
    content: dict[str, Any], kind: type[RulesFile], lines: Mapping[Way, int]
) -> list[Fault]:
    """Find what does not agree, among the parts that are sound in themselves."""
    sound: dict[str, list[tuple[int, RuleModel]]] = {
        name: [
            (index, part)
            for index, entry in enumerate(_listed(content, name))
            if (part := _sound(model, entry)) is not None
        ]
        for name, model in _PARTS.items()
        if name in kind.model_fields
    }
    known = content.get("sources")
    sources = dict.fromkeys(known) if isinstance(known, dict) else None
    blank = kind.model_construct(None, **{**content, **dict.fromkeys(sound, ()), "sources": {}})

    faults: dict[str, Fault] = {}
    for name, parts in sound.items():
        for index, part in parts:
            alone = blank.model_copy(update={name: (part,), "credit_source": None})
            for where, key in alone.cited() if sources is not None else ():
                if key not in (sources or ()):
                    way = _citing(_value(content, (name, index)), key, (name, index))
                    faults[where + key] = _unknown_source(
                        where, key, sources or {}, _line(way, lines)
                    )
    credit = content.get("credit_source")
    if isinstance(credit, str) and sources is not None and credit not in sources:
        line = lines.get(("credit_source",))
        faults[credit] = _unknown_source("credit_source", credit, sources, line)

    if kind is Ladder and [index for index, _ in sound["tiers"][:1]] != [0]:
        return list(faults.values())  # without its first tier the others cannot be judged
    all_known = blank.model_copy(update={"sources": _Everything()})
    for name in sound.keys() - {"notes"}:
        agreeing: tuple[RuleModel, ...] = ()
        for index, part in sound[name]:
            together = (*agreeing, part)
            found = list(_disagreements(all_known.model_copy(update={name: together})))
            for says in found:
                faults.setdefault(says, Fault("", says, _line((name, index), lines)))
            if kind is Ladder and index == 0:
                together = (part.model_copy(update={"opens_when": None}),)
            agreeing = agreeing if found and index else together
    return list(faults.values())


class _Everything(dict[str, Any]):
    """Stands for a table that lacks nothing."""

    def __contains__(self, _: object) -> bool:
        return True


def _unknown_source(where: str, key: str, known: Mapping[str, Any], line: int | None) -> Fault:
    has = ", ".join(sorted(known)) or "none"
    says = f"{where} names source {key!r}, which the file lacks; it has {has}"
    return Fault("", says, line)


def _citing(value: object, source: str, way: Way) -> Way:
    """The way to the first key under a value that names a source; else the value's own."""
    if isinstance(value, dict):
        for key, inner in value.items():
            named = inner if key == "sources" else [inner] if key == "source" else []
            if source in named:
                return (*way, key)
    entries = value.get("tiers", []) if isinstance(value, dict) else []
    inside = (_citing(entry, source, (*way, "tiers", i)) for i, entry in enumerate(entries))
    return next((found for found in inside if found[-1] == "source"), way)


def _listed(content: dict[str, Any], name: str) -> list[Any]:
    entries = content.get(name)
    return entries if isinstance(entries, list) else []


def _sound(model: type[RuleModel], entry: Any) -> RuleModel | None:
    try:
        return model.model_validate(entry)
    except ValidationError:
        return None


def _disagreements(rules: RulesFile) -> Iterator[str]:
    """Run each check that compares the parts of a file, on its own."""
    for check in type(rules).__pydantic_decorators__.model_validators:
        try:
            getattr(rules, check)()
        except ValueError as error:
            yield str(error)


_QUOTED = re.compile(
    r"""
    \"{3} (?:\\.|[^\\])*? \"{3,5}  # as TOML has it: the last quotes may be its content's
    | '{3} .*? '{3,5}
    | " (?:\\.|[^"\\\n])* "
    | ' [^'\n]* '
    """,
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"[^,\]}\n#=.\s]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_SPACE = re.compile(r"(?:\s|#[^\n]*)*")


class _Scan:
    """Walks a TOML text that is known to be valid, and notes where its keys stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Way, int] = {}
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._entries: dict[Way, int] = {}
        table: Way = ()
        while self._skip(_SPACE) is not None and self.at < len(text):
            if text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Way:
        twice = self.text.startswith("[[", self.at)
        here = self.at
        self.at += 2 if twice else 1
        *outer, last = self._keys()
        self.at += 2 if twice else 1
        way: Way = ()
        for key in outer:
            way = self._latest((*way, key))
        way = (*way, last)
        if twice:
            self._note(way, here)
            self._entries[way] = self._entries.get(way, -1) + 1
        way = self._latest(way)
        self._note(way, here)
        return way

    def _latest(self, way: Way) -> Way:
        """The last entry of a list of tables; any other way as it is."""
        return (*way, self._entries[way]) if way in self._entries else way

    def _pair(self, table: Way) -> None:
        here = self.at
        way = table
        for key in self._keys():
            way = (*way, key)
            self._note(way, here)
        self._skip(_SPACE)
        self.at += 1  # =
        self._value(way)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            quoted = _QUOTED.match(self.text, self.at)
            keys.append(self._skip(_QUOTED)[1:-1] if quoted else self._skip(_BARE))
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _value(self, way: Way) -> None:
        self._skip(_SPACE)
        opening = self.text[self.at]
        if opening == "[":
            self._inside("]", way)
        elif opening == "{":
            self._inside("}", way)
        else:
            self._skip(_QUOTED if opening in "\"'" else _SCALAR)

    def _inside(self, closing: str, way: Way) -> None:
        self.at += 1
        index = 0
        while self._skip(_SPACE) is not None and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "}":
                self._pair(way)
            else:
                self._note((*way, index), self.at)
                self._value((*way, index))
                index += 1
        self.at += 1

    def _note(self, way: Way, at: int) -> None:
        self.lines.setdefault(way, bisect_right(self._starts, at))

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise AssertionError("tomllib reads this text, so a token stands here")
        self.at = found.end()
        return found[0]
