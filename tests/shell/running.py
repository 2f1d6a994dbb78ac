"""A command run in this process, and what it said."""

import csv
import io
import json
from typing import Any, NamedTuple

import pytest

from tierlogic.shell import main


class Ran(NamedTuple):
    code: int
    out: str
    err: list[str]

    @property
    def record(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.out)
        return content

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run a command; what argparse refuses has its exit code too."""
    code: object
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = ended.code
    captured = capsys.readouterr()
    assert isinstance(code, int)
    return Ran(code, captured.out, captured.err.splitlines())


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that refuses a command."""
    ran = run(capsys, *arguments)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.err
    return line
