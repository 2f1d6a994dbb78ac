"""Reading a rules file and saying everything that is wrong with it: where, what, and the fix."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from tierlogic.complaints import complaint
from tierlogic.language import say
from tierlogic.rules.disagreements import faults_between_parts
from tierlogic.rules.document import RuleModel, RulesFile
from tierlogic.rules.faults import Fault, FaultyRulesError
from tierlogic.rules.key_lines import key_lines
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.provider import Provider
from tierlogic.rules.wrong_values import faults_of_values

Rules = Ladder | LimitsTable | Provider
Model = TypeVar("Model", bound=RuleModel)

_MOST_PROBLEMS = 500
"""That are said of one file; who mends these finds the others next."""


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
    says = say(
        "is no rules file: a ladder has [[tiers]], a limits table [[rows]], a provider a name"
    )
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


def _differs(key: str, given: str, folder: str) -> list[Fault]:
    if given == folder:
        return []
    return [Fault(key, f"{key} is {given!r}, the folder {folder!r}; move the file or rename one")]


def _content(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        says = say("cannot be read as TOML: {reason}", reason=error)
        fault = Fault("", says, int(line[1]) if line else None)
        raise FaultyRulesError([fault]) from error
    except ValueError as error:
        # Python reads no whole number of more than 4,300 digits.
        says = say("holds a number of more than 4,300 digits; write a shorter one")
        raise FaultyRulesError([Fault("", says)]) from error


def _validated(content: dict[str, Any], text: str, kind: type[Model]) -> Model:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        lines = key_lines(text)
        problems = error.errors()[:_MOST_PROBLEMS]
        faults = list(faults_of_values(problems, content, kind, lines))
        if issubclass(kind, RulesFile):
            faults += faults_between_parts(content, kind, lines)
        # A rule that does not fit the two above is at least said as pydantic says it.
        faults = faults or [Fault("", complaint(problem)) for problem in problems]
        raise FaultyRulesError(faults) from error
