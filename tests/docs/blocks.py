"""The fenced blocks of the documents, and what each kind of them has to hold.

`python` blocks are doctests; those of one document share their names. `sh` blocks are commands that
end with exit code 0, and a `text` block right behind one is what it prints, `...` standing for
anything. `toml` and `json` blocks are read. What cannot be run here says so, with the reason, in a
comment right above its fence: <!-- not run: it needs a Docker engine -->.
"""

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from tierlogic.shell import main

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md"), *ROOT.glob("data/**/*.md"))
)

_FENCE = re.compile(r"^(`{3,}|~{3,})(\S*)[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_NOT_RUN = re.compile(r"<!-- not run: (.+) -->")
_QUOTED = re.compile(r"'[^']*'")
_FOR_A_SHELL = re.compile(r"[|&;<>$`#*?~(){}]")
"""Unquoted signs that this process leaves to a real shell."""
_NEXT_COMMAND = re.compile(r"[|&;]+")
_PROGRAMS = {"cat", "cut", "echo", "grep", "head", "python", "sort", "tail", "tierlogic"}
"""What a block may start: a test must not install anything, nor change the machine."""


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    document: str
    line: int
    language: str
    text: str
    not_run: str | None
    """Why not; None: it is run."""

    @property
    def place(self) -> str:
        """As an editor jumps to it."""
        return f"{self.document}:{self.line}"


def blocks_of(document: str, text: str | None = None) -> list[Block]:
    """Read the blocks of a document, by its path in the repository or its text."""
    text = (ROOT / document).read_text(encoding="utf-8") if text is None else text
    return list(_blocks(document, text))


def _blocks(document: str, text: str) -> Iterator[Block]:
    for fence in _FENCE.finditer(text):
        comments = []
        for line in reversed(text[: fence.start()].splitlines()):
            if not line.startswith("<!--"):
                break
            comments.append(line)
        reasons = [match[1] for match in map(_NOT_RUN.fullmatch, comments) if match]
        number = text.count("\n", 0, fence.start()) + 1
        yield Block(document, number, fence[2], fence[3], reasons[0] if reasons else None)


class FaultyBlockError(AssertionError):
    """A block does not hold; says where and why."""

    def __init__(self, block: Block, why: str) -> None:
        """Name the block's place."""
        super().__init__(f"{block.place}: {why}")


class Runner:
    """Runs the blocks of one document, one after the other, in the process's folder."""

    def __init__(self) -> None:
        """Begin without names and output."""
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._printed: str | None = None
        self._kinds: dict[str, Callable[[Block], None]] = {
            "python": self._python,
            "sh": self._sh,
            "text": self._text,
            "toml": self._toml,
            "json": self._json,
        }

    def run(self, block: Block) -> None:
        """Run a block.

        Raises:
            FaultyBlockError: it does not hold, or is of no kind that is known here.
        """
        if block.not_run:
            return
        kind = self._kinds.get(block.language)
        if kind is None:
            known = ", ".join(self._kinds)
            raise FaultyBlockError(block, f"is of kind {block.language!r}; write one of {known}")
        printed, self._printed = self._printed, None
        if block.language == "text":
            self._printed = printed
        kind(block)

    def _python(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(
            block.text, self._names, block.place, block.document, block.line
        )
        if not test.examples:
            raise FaultyBlockError(
                block, "has no example; write it as in a Python session, with >>>"
            )
        said = StringIO()
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        if runner.run(test, out=said.write, clear_globs=False).failed:
            raise FaultyBlockError(block, said.getvalue())
        self._names |= test.globs

    def _sh(self, block: Block) -> None:
        lines = block.text.replace("\\\n", "").splitlines()
        commands = [line for line in lines if line.strip() and not line.startswith("#")]
        bare = [_QUOTED.sub("''", command) for command in commands]
        parts = [part for line in bare for part in _NEXT_COMMAND.split(line)]
        started = {word for part in parts for word in part.split()[:1]}
        if unknown := started - _PROGRAMS:
            raise FaultyBlockError(
                block,
                f"starts {', '.join(sorted(unknown))}; a test starts {', '.join(sorted(_PROGRAMS))}"
                " only: put <!-- not run: WHY --> above it",
            )
        if started == {"tierlogic"} and not any(map(_FOR_A_SHELL.search, bare)):
            self._printed = "".join(_in_this_process(block, command) for command in commands)
        else:
            self._printed = _in_a_shell(block)

    def _text(self, block: Block) -> None:
        if self._printed is None:
            raise FaultyBlockError(block, "is what nothing prints; put it behind an sh block")
        wanted = f"{block.text.rstrip()}\n"
        printed = "".join(f"{line.rstrip()}\n" for line in self._printed.rstrip().splitlines())
        if not doctest.OutputChecker().check_output(wanted, printed, doctest.ELLIPSIS):
            raise FaultyBlockError(block, f"the commands above it print:\n{printed}")

    def _toml(self, block: Block) -> None:
        try:
            tomllib.loads(block.text)
        except tomllib.TOMLDecodeError as error:
            raise FaultyBlockError(block, str(error)) from error

    def _json(self, block: Block) -> None:
        try:
            json.loads(block.text)
        except ValueError as error:
            raise FaultyBlockError(block, str(error)) from error


def _in_this_process(block: Block, command: str) -> str:
    """Run a command as the command line does, without starting Python anew for it."""
    out, err = StringIO(), StringIO()
    code: object
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(shlex.split(command)[1:])
        except SystemExit as ended:
            code = ended.code
    if code:
        raise FaultyBlockError(block, f"{command} ends with {code}: {err.getvalue()}")
    return out.getvalue()


def _in_a_shell(block: Block) -> str:
    """Run a block in a shell that knows the command."""
    python = shlex.quote(sys.executable)
    known = f'set -euo pipefail; tierlogic() {{ {python} -m tierlogic "$@"; }}\n'
    ended = subprocess.run(
        ["bash", "-c", known + block.text],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if ended.returncode:
        raise FaultyBlockError(block, f"ends with {ended.returncode}: {ended.stderr}")
    return ended.stdout
