"""Runs of the page take turns: Python works on one at a time anyway.

Fifty runs at once that all wait for Python ask for it two hundred times a second each, and keep
the machine busy with that. Waiting for a turn they sleep, and whoever has it is served at one go.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets one thread at a time do what is quick."""

    def __init__(self, patience: float) -> None:
        """Begin with nobody's turn.

        Args:
            patience: seconds to wait for a turn; then a thread goes on without one, so that no
                run that hangs holds up the others for good.
        """
        self._patience = patience
        self._turn = threading.Lock()
        self._mine = threading.local()

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """Wait for a turn, and have it while inside; whoever has it goes on with it."""
        if self._is_mine():
            yield
            return
        self._take()
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def out_of_turn(self) -> Iterator[None]:
        """Let others have the turn while inside: for what takes long."""
        if not self._is_mine():
            yield
            return
        self._give()
        try:
            yield
        finally:
            self._take()

    def _is_mine(self) -> bool:
        return getattr(self._mine, "turn", False)

    def _take(self) -> None:
        self._mine.turn = self._turn.acquire(timeout=self._patience)

    def _give(self) -> None:
        if self._is_mine():
            self._turn.release()
        self._mine.turn = False


_OF_THE_PAGE = Turns(patience=5)
in_turn, out_of_turn = _OF_THE_PAGE.in_turn, _OF_THE_PAGE.out_of_turn
