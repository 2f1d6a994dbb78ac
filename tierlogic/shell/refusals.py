"""What a command says when it cannot go on, and the exit codes."""

import sys

FINE, FAULTY, REFUSED, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141
"""Exit codes: problems were found; bad usage or input; and as a shell has them, 128 and the
signal's number."""


class RefusedError(Exception):
    """Bad usage or input: names what was given, what is allowed and the fix."""


def refuse(message: str) -> int:
    """Say in one line why a command cannot go on; return its exit code."""
    complain(message)
    return REFUSED


def complain(message: str) -> None:
    """Write one line on standard error."""
    sys.stderr.write(f"tierlogic: {one_line(message)}\n")


def one_line(text: str) -> str:
    """Escape line ends and whatever else could steer a terminal."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
