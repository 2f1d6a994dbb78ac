"""A line that says how far a command is, for whoever watches; the next one takes its place."""

import sys

_TO_LINE_START, _TO_END_OF_LINE = "\r", "\x1b[K"


def is_watched() -> bool:
    """Whether standard error is a terminal."""
    return sys.stderr.isatty()


def show_status(said: str) -> None:
    """Show a line without an end; an empty one leaves nothing behind."""
    sys.stderr.write(f"{_TO_LINE_START}{said}{_TO_END_OF_LINE}")
    sys.stderr.flush()
