"""Rooms for problems: an error stands beside the field that it is about, in the page's words."""

import re
from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tierlogic.page.markdown import plain
from tierlogic.scenario import Problem

_LABELS = {
    "ladder": "Rules version",
    "limits": "Limits version",
    "own_ladder": "Your own ladder",
    "own_limits": "Your own limits",
    "start": "Plan starts",
    "days": "Horizon",
    "first_payment": "First payment",
    "reading": "What counts toward a tier",
    "used_before": "Used so far",
    "paid_before": "Paid so far",
    "purchased_before": "Of that for credit",
    "opening_balance": "Credit balance",
    "month_used_before": "Used this month",
    "opening_tier": "Present tier",
    "auto_recharge": "Auto-recharge",
    "active_hours": "Active hours a day",
    "peak_factor": "Peak factor",
    "weekend_factor": "Weekend factor",
    "noise": "Day-to-day noise",
    "lag_days": "Delay of an upgrade",
    "title": "Title of the plan",
    "prepay": "Prepay now",
    "purchases": "Purchases",
    "usage": "Usage",
    "past": "Before the plan",
    "lines": "More usage lines",
    "account_created": "Account created",
    "model": "Model",
    "tokens_per_day": "Tokens per day",
    "output_share": "Output share",
    "cached_share": "Cached share",
    "price": "Price",
    "input": "input",
    "cached_input": "cached input",
    "output": "output",
    "growth_per_30_days": "Growth per 30 days",
    "tokens_per_request": "Tokens per request",
    "context_window": "Context window",
    "on": "date",
}


class Rooms:
    """One room beneath each field; a problem goes to the room with the longest matching path."""

    def __init__(self) -> None:
        """Begin with the room above all fields."""
        self._rooms: dict[str, DeltaGenerator] = {"": st.empty()}

    def beneath(self, *paths: str) -> None:
        """Keep a room here for the problems of some fields, by dotted path."""
        room = st.empty()
        for path in paths:
            self._rooms[path] = room

    def say(self, problems: Iterable[Problem], *, prepays: bool) -> list[str]:
        """Put every problem into its room, and return what was said.

        Args:
            problems: of the scenario that the inputs make.
            prepays: whether the first purchase is that of the slider.
        """
        said: dict[str, list[str]] = {}
        for problem in problems:
            room = self._room_for(_place(problem.field, prepays=prepays))
            said.setdefault(room, []).append(_in_words(problem, prepays=prepays))
        for path, sentences in said.items():
            self._rooms[path].error("\n\n".join(sentences), icon=":material/error:")
        return [sentence for sentences in said.values() for sentence in sentences]

    def _room_for(self, field: str) -> str:
        parts = field.split(".")
        paths = (".".join(parts[:length]) for length in range(len(parts), -1, -1))
        return next(path for path in paths if path in self._rooms)


def _place(field: str, *, prepays: bool) -> str:
    """Where a field stands on the page: the first purchase may be the slider."""
    return "prepay" if prepays and field.startswith("purchases.0") else field


def _in_words(problem: Problem, *, prepays: bool) -> str:
    """Say a problem as one who sees the field reads it: "Purchases, row 2, date: is ..."."""
    list_name, *way = _place(problem.field, prepays=prepays).split(".")
    if way and way[0].isdigit():
        row = int(way.pop(0)) + 1
        if list_name == "usage":
            list_name, row = ("", 0) if row == 1 else ("lines", row - 1)
        elif list_name == "purchases" and prepays:
            row -= 1
        way = [f"row {row}", *way] if row else way
    names = [_LABELS.get(part, part) for part in (list_name, *way) if part]
    given = "" if problem.given is None else f" (given: {problem.given})"
    return f"{plain(', '.join(names))}: {plain(_with_labels(problem.message) + given)}"


def _with_labels(message: str) -> str:
    """Name fields as the page labels them: "First payment", not "first_payment"."""
    return re.sub(r"\b[a-z]+(_[a-z]+)+\b", lambda name: _LABELS.get(name[0], name[0]), message)
