"""What a link asks beside its plan: plans to compare it with, a goal, ranges.

A goal is `by` and one of `goal_tier`, `goal_tpm` and `goal_request=full`, with `goal_model` for the
last two. Ranges are `range_tokens=-0.2_0.5` and its like, every one of them written. A comparison's
base is the letter of a plan.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from tierlogic.complaints import shortened
from tierlogic.language import say, to_say
from tierlogic.links.names import ABSENT, DATE, LETTERS, NUMBER, Query, allowed, meant, written
from tierlogic.links.problems import LinkProblem, stands_too_often
from tierlogic.questions.goal import Goal
from tierlogic.questions.ranges_drawn import Ranges
from tierlogic.scenario import Plan, Scenario, problems

_PAIR = re.compile(
    r"(?P<low>-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?)_"
    r"(?P<high>-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?)",
    re.ASCII,
)
_FULL = re.compile("full")
_ANY_TEXT = re.compile(r".{1,80}", re.DOTALL)

# Parameter -> (field, its form, value where it is absent). NEVER CHANGE these values: links that
# were published without a parameter rely on them.
GOAL_FIELDS: dict[str, tuple[str, re.Pattern[str], str]] = {
    "by": ("by", DATE, ABSENT),
    "goal_tier": ("tier", _ANY_TEXT, ABSENT),
    "goal_tpm": ("tpm", NUMBER, ABSENT),
    "goal_request": ("full_request", _FULL, ABSENT),
    "goal_model": ("model", _ANY_TEXT, ABSENT),
}
RANGE_FIELDS: dict[str, tuple[str, re.Pattern[str], str]] = {
    "range_tokens": ("tokens", _PAIR, "0_0"),
    "range_price": ("price", _PAIR, "0_0"),
    "range_growth": ("growth", _PAIR, "0_0"),
    "range_output": ("output_share", _PAIR, "0_0"),
    "range_noise": ("noise", NUMBER, "0"),
    "range_lag": ("lag_days", _PAIR, ABSENT),
    "range_draws": ("draws", NUMBER, "1000"),
    "range_seed": ("seed", NUMBER, "1"),
}
_BASE = "base"

Content = TypeVar("Content", bound=Plan)

PARAMETERS = {*GOAL_FIELDS, *RANGE_FIELDS, _BASE}
"""No plan has a part in these."""

_FORMS = {
    _PAIR: to_say("is no range; write it as -0.2_0.5: lowest and highest change"),
    _ANY_TEXT: to_say("must have 1 to 80 characters"),
}


@dataclass(frozen=True)
class Asked:
    """What a link asks beside its plan."""

    others: tuple[Scenario, ...] = ()
    """Plans that the first is compared with."""
    base: int = 0
    """Index of the plan that the others stand beside; the first is 0."""
    goal: Goal | None = None
    within: Ranges | None = None


NOTHING_ASKED = Asked()


def asked_to_parameters(asked: Asked) -> dict[str, list[str]]:
    """Return what is asked, but for the plans to compare, as parameters."""
    parameters: dict[str, list[str]] = {}
    if asked.goal:
        given = {name: getattr(asked.goal, field) for name, (field, _, _) in GOAL_FIELDS.items()}
        given["goal_request"] = "full" if asked.goal.full_request else None
        parameters |= {name: [written(value)] for name, value in given.items() if value is not None}
    if asked.within:
        for name, (field, _, _) in RANGE_FIELDS.items():
            parameters[name] = [_range(getattr(asked.within, field))]
    if asked.base:
        parameters[_BASE] = [LETTERS[asked.base]]
    return parameters


class AskedReading:
    """What one link asks, while it is read. A goal or ranges that cannot be are left out whole."""

    def __init__(self, query: Query) -> None:
        """Read from the parameters without a letter."""
        self._query = query
        self.found: list[LinkProblem] = []

    def goal(self) -> Goal | None:
        """The goal, if the link has one."""
        content = self._content(GOAL_FIELDS)
        if content is None:
            return None
        content["full_request"] = content["full_request"] == "full"
        return self._checked(Goal, content, GOAL_FIELDS, say("the goal is left out"))

    def within(self) -> Ranges | None:
        """The ranges, if the link has some."""
        content = self._content(RANGE_FIELDS)
        if content is None:
            return None
        for field, form in ((field, form) for field, form, _ in RANGE_FIELDS.values()):
            if form is _PAIR and content[field] is not None:
                low, _, high = content[field].partition("_")
                content[field] = (low, high)
        return self._checked(Ranges, content, RANGE_FIELDS, say("the ranges are left out"))

    def base(self, plans: int) -> int:
        """Index of the base among so many plans."""
        given = self._query.get(_BASE, ())
        if not given:
            return 0
        letters = LETTERS[:plans]
        if len(given) == 1 and len(given[0]) == 1 and given[0] in letters:
            return letters.index(given[0])
        message = say(
            "must be the letter of a plan, {letters}; {first} is used instead",
            letters=", ".join(letters),
            first=letters[0],
        )
        self._note(_BASE, message)
        return 0

    def _content(self, forms: dict[str, tuple[str, re.Pattern[str], str]]) -> dict[str, Any] | None:
        """The values by field; None where the link has none of these parameters."""
        if not any(name in self._query for name in forms):
            return None
        return {
            field: self._value(name, form, absent) for name, (field, form, absent) in forms.items()
        }

    def _value(self, name: str, form: re.Pattern[str], absent: str) -> str | None:
        given = self._query.get(name, ())
        left_out = say("the goal is left out") if name == "by" else say("left out")
        if len(given) > 1:
            self._note(name, f"{stands_too_often(len(given))}; {left_out}")
        elif given and form.fullmatch(given[0]):
            return given[0]
        elif given and given[0] != absent:
            self._note(name, f"{_must(form)}; {left_out}")
        return meant(absent, absent)

    def _checked(
        self,
        model: type[Content],
        content: dict[str, Any],
        forms: dict[str, tuple[str, re.Pattern[str], str]],
        otherwise: str,
    ) -> Content | None:
        try:
            return model.model_validate(content)
        except ValidationError as error:
            names = {field: name for name, (field, _, _) in forms.items()}
            first = next(name for name in forms if name in self._query)
            for problem in problems(error):
                name = names.get(problem.field.split(".")[0], first)
                self._note(name, f"{problem.message}; {otherwise}")
            return None

    def _note(self, name: str, message: str) -> None:
        given = ", ".join(self._query.get(name, [say("(absent)")]))
        if not any(problem.parameter == name for problem in self.found):
            self.found.append(LinkProblem(name, shortened(given), message))


def _must(form: re.Pattern[str]) -> str:
    """Say what a text of another form must be."""
    if form is _FULL:
        return say("must be {options}", options=_FULL.pattern)
    return say(_FORMS[form]) if form in _FORMS else allowed(form)


def _range(value: Any) -> str:
    return "_".join(written(part) for part in value) if isinstance(value, tuple) else written(value)
