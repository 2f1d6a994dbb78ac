"""Rooms for problems: an error stands beside the field that it is about, in the page's words."""

import re
from collections.abc import Iterable
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tierlogic.language import number, say, to_say
from tierlogic.page.markdown import plain
from tierlogic.scenario import Problem

_LABELS = {
    "ladder": to_say("Rules version"),
    "limits": to_say("Limits version"),
    "own_ladder": to_say("Your own ladder"),
    "own_limits": to_say("Your own limits"),
    "start": to_say("Plan starts"),
    "days": to_say("Horizon"),
    "first_payment": to_say("First payment"),
    "reading": to_say("What counts toward a tier"),
    "used_before": to_say("Used so far"),
    "paid_before": to_say("Paid so far"),
    "purchased_before": to_say("Of that for credit"),
    "opening_balance": to_say("Credit balance"),
    "month_used_before": to_say("Used this month"),
    "opening_tier": to_say("Present tier"),
    "auto_recharge": to_say("Auto-recharge"),
    "active_hours": to_say("Active hours a day"),
    "peak_factor": to_say("Peak factor"),
    "weekend_factor": to_say("Weekend factor"),
    "noise": to_say("Day-to-day noise"),
    "lag_days": to_say("Delay of an upgrade"),
    "title": to_say("Title of the plan"),
    "prepay": to_say("Prepay now"),
    "purchases": to_say("Purchases"),
    "usage": to_say("Usage"),
    "past": to_say("Before the plan"),
    "lines": to_say("More usage lines"),
    "account_created": to_say("Account created"),
    "model": to_say("Model"),
    "tokens_per_day": to_say("Tokens per day"),
    "output_share": to_say("Output share"),
    "cached_share": to_say("Cached share"),
    "price": to_say("Price"),
    "input": to_say("input"),
    "cached_input": to_say("cached input"),
    "output": to_say("output"),
    "growth_per_30_days": to_say("Growth per 30 days"),
    "tokens_per_request": to_say("Tokens per request"),
    "context_window": to_say("Context window"),
    "on": to_say("date"),
}


class Rooms:
    """One room beneath each field; a problem goes to the room with the longest matching path."""

    def __init__(self) -> None:
        """Begin with the room above all fields."""
        self._rooms: dict[str, DeltaGenerator] = {"": _room()}

    def beneath(self, *paths: str) -> None:
        """Keep a room here for the problems of some fields, by dotted path."""
        room = _room()
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


def _room() -> DeltaGenerator:
    """Keep a place: an empty container costs the browser nothing, an `st.empty` is drawn."""
    return st.container()


def _place(field: str, *, prepays: bool) -> str:
    """Where a field stands on the page: the first purchase may be the slider."""
    return "prepay" if prepays and field.startswith("purchases.0") else field


def _in_words(problem: Problem, *, prepays: bool) -> str:
    """Say a problem as one who sees the field reads it: "Purchases, row 2, date: is ..."."""
    list_name, *way = _place(problem.field, prepays=prepays).split(".")
    in_row: list[str] = []
    if way and way[0].isdigit():
        row = int(way.pop(0)) + 1
        if list_name == "usage":
            list_name, row = ("", 0) if row == 1 else ("lines", row - 1)
        elif list_name == "purchases" and prepays:
            row -= 1
        if row:
            in_row.append(say("row {number}", number=number(row)))
    names = [*map(_label, filter(None, [list_name])), *in_row, *map(_label, way)]
    said = replace(problem, field=", ".join(names), message=_with_labels(problem.message))
    return plain(str(said))


def _with_labels(message: str) -> str:
    """Name fields as the page labels them: "First payment", not "first_payment"."""
    return re.sub(r"\b[a-z]+(_[a-z]+)+\b", lambda name: _label(name[0]), message)


def _label(field: str) -> str:
    return say(_LABELS[field]) if field in _LABELS else field
