"""The format of a link: its parameters, what stands for an absent one, and how each is written."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from tierlogic.language import say, to_say
from tierlogic.scenario import (
    MAX_FACTS,
    MAX_PAST_DAYS,
    MAX_PURCHASES,
)

FORMAT = "1"
"""Written as v. A link without v is read as format 1, and always will be."""

Query = Mapping[str, Sequence[str]]
"""Every parameter with all the values given for it."""

LETTERS = "abcdef"
"""Of the plans of a comparison; the parameters of the first stand bare."""
MOST_PLANS = len(LETTERS)

# Parameter -> (field, value where the parameter is absent). NEVER CHANGE these values: links that
# were published without a parameter rely on them. None: the parameter is needed.
FIELDS: dict[str, tuple[str, str | None]] = {
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
LINE_FIELDS: dict[str, tuple[str, str | None]] = {
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
DATES = {"start", "first_payment", "account_created", "starts", "ends"}
WORDS = {"ladder", "limits", "reading", "opening_tier", "billing", "evaluated", "title", "model"}
ABSENT = "none"
OWN = {"own_ladder": "ladder", "own_limits": "limits"}
"""Parameter -> the parameter that names the same rules by their id."""
WRITTEN_IF_GIVEN = {"purchased_before", "account_created", "noise", *OWN}
IGNORED = {"embed", "embed_options"}
PLAN_FILE = "plan"
"""Parameter that stands alone for a plan too long for an address: the mark of its file."""

DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?", re.ASCII)
BUY = re.compile(
    r"(?P<on>\d{4}-\d{2}-\d{2})_(?P<amount>\d{1,30}(\.\d{1,30})?)"
    r"(_(?P<every>week|month)(_(?P<times>\d{1,9}))?)?",
    re.ASCII,
)
PAST = re.compile(
    r"(?P<on>\d{4}-\d{2}-\d{2})_(?P<used>\d{1,30}(\.\d{1,30})?)"
    r"_(?P<purchased>\d{1,30}(\.\d{1,30})?)",
    re.ASCII,
)
PACKED = re.compile(r"[A-Za-z0-9_-]+|file\.[0-9a-f]{12}", re.ASCII)
MARK = "file."
FACT = re.compile(r"(?P<fact>.{1,60})", re.ASCII)
# Parameter -> (field, the form of one entry, how many). Each entry is a parameter of its own.
LISTS = {
    "buy": ("purchases", BUY, MAX_PURCHASES),
    "past": ("past", PAST, MAX_PAST_DAYS),
    "lacks": ("lacks", FACT, MAX_FACTS),
}
RECHARGE = re.compile(
    r"(?P<below>\d{1,30}(\.\d{1,30})?)_(?P<amount>\d{1,30}(\.\d{1,30})?)"
    r"_(?P<monthly_limit>none|\d{1,30}(\.\d{1,30})?)",
    re.ASCII,
)
NOISE = re.compile(
    r"(?P<spread>\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?)_(?P<seed>\d{1,10})", re.ASCII
)
_FORMS = {
    "recharge": RECHARGE,
    "noise": NOISE,
    **dict.fromkeys(OWN, PACKED),
    **dict.fromkeys(DATES, DATE),
}

_NOT_OF_THE_FORM = {
    DATE: to_say("is no date; write it as 2026-01-31"),
    NUMBER: to_say("is no number; write it as 1000 or 0.25"),
    PAST: to_say("is no past day; write it as 2026-01-31_12.50_0: date, used, purchased"),
    FACT: to_say("is no fact"),
    PACKED: to_say("is no packed rules file; ask for the link again"),
    BUY: to_say("is no purchase; write it as 2026-01-31_250 or 2026-01-31_25_month_6"),
    NOISE: to_say("is no noise; write it as 0.3_1: spread, seed"),
    RECHARGE: to_say("is no auto-recharge; write it as 5_25_none: below, amount, monthly limit"),
}


def numbered(name: str, number: int) -> str:
    """Name a usage line's parameter: the first line's stands bare."""
    return name if number == 1 else f"{name}.{number}"


def form_of(name: str) -> re.Pattern[str] | None:
    """The form that a parameter's text must have; None: any text."""
    return None if name in WORDS else _FORMS.get(name, NUMBER)


def meant(text: str | None, absent: str | None) -> str | None:
    """Return what a text stands for: "none" is nothing where a parameter may say nothing."""
    return None if text == absent == ABSENT else text


def allowed(form: re.Pattern[str]) -> str:
    """Say what is wrong with a text that has not this form, and how to write it."""
    return say(_NOT_OF_THE_FORM[form])


def written(value: object) -> str:
    """Write a value without anything that an address would have to escape, if it can be."""
    if value is None:
        return ABSENT
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
