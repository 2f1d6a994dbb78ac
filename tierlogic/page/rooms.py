"""Rooms for problems: an error stands beside the field that it is about."""

from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tierlogic.page.markdown import plain
from tierlogic.scenario import Problem


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

    def say(self, problems: Iterable[Problem]) -> None:
        """Put every problem into its room."""
        said: dict[str, list[str]] = {}
        for problem in problems:
            said.setdefault(self._room_for(problem.field), []).append(_in_words(problem))
        for path, sentences in said.items():
            self._rooms[path].error("\n\n".join(sentences), icon=":material/error:")

    def _room_for(self, field: str) -> str:
        parts = field.split(".")
        paths = (".".join(parts[:length]) for length in range(len(parts), -1, -1))
        return next(path for path in paths if path in self._rooms)


def _in_words(problem: Problem) -> str:
    """Say a problem as one who sees the field reads it: "paid before: is ..."."""
    named = Problem(
        problem.field.replace("_", " ").replace(".", " "), problem.message, problem.given
    )
    return plain(str(named))
