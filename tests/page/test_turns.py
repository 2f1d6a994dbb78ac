"""Runs of the page take turns, but for what takes long."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ElementTree

from tests.page.pages import PLAN, PLAN_HEADLINE, headline, hold, open_page
from tierlogic.page.turns import Turns, in_turn

LONG = 60
Within = Callable[[], AbstractContextManager[None]]


def meet(turns: Turns, within: Within = nullcontext, *, patience: float) -> bool:
    """Whether two runs of the page that take turns are ever at one place at once."""
    place = threading.Barrier(2)

    def run(_: int) -> bool:
        with turns.in_turn(), within():
            try:
                place.wait(patience)
            except threading.BrokenBarrierError:
                return False
            return True

    with ThreadPoolExecutor(2) as both:
        return all(both.map(run, range(2)))


def test_two_runs_never_meet_in_turn() -> None:
    assert not meet(Turns(LONG), patience=0.2)


def test_what_takes_long_is_out_of_turn() -> None:
    turns = Turns(LONG)
    assert meet(turns, turns.out_of_turn, patience=LONG)


def test_who_waited_long_enough_goes_on_without_a_turn() -> None:
    assert meet(Turns(0.01), patience=LONG)


def test_a_run_in_turn_may_ask_for_it_again() -> None:
    turns = Turns(LONG)
    assert not meet(turns, turns.in_turn, patience=0.2)


def test_a_run_that_ends_in_an_error_gives_its_turn_away() -> None:
    turns = Turns(LONG)
    with pytest.raises(ValueError, match="ends"), turns.in_turn(), turns.out_of_turn():
        raise ValueError("ends")
    with ThreadPoolExecutor(1) as other:
        assert other.submit(lambda: meet(turns, turns.out_of_turn, patience=LONG)).result(LONG)


def test_out_of_turn_changes_nothing_where_there_is_none() -> None:
    turns = Turns(LONG)
    with turns.out_of_turn(), turns.out_of_turn():
        pass
    assert not meet(turns, patience=0.2)


def test_the_page_and_what_follows_a_held_thumb_wait_for_their_turn() -> None:
    page = open_page(**PLAN)
    assert headline(_once_it_has_a_turn(partial(open_page, **PLAN))) == PLAN_HEADLINE
    assert headline(_once_it_has_a_turn(partial(hold, page, "prepay", 45))) != PLAN_HEADLINE


def _once_it_has_a_turn(run: Callable[[], AppTest | ElementTree]) -> AppTest | ElementTree:
    with ThreadPoolExecutor(1) as other:
        with in_turn():
            running = other.submit(run)
            with pytest.raises(TimeoutError):
                running.result(1)
        return running.result(LONG)
