import argparse
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.shell.running import refused, run
from tierlogic.shell.command_line import command_line


def script(capsys: pytest.CaptureFixture[str], shell: str) -> str:
    return run(capsys, "completion", shell).out


def completed(script: str, *words: str) -> list[str]:
    """What bash offers for the last word of a line."""
    line = " ".join(f"'{word}'" for word in words)
    asked = f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _tierlogic; printf '%s\\n' "
    ran = subprocess.run(
        ["bash", "-c", f'{script}\n{asked}"${{COMPREPLY[@]}}"'],
        capture_output=True,
        check=True,
        text=True,
    )
    assert ran.stderr == ""
    return ran.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_script_is_sound(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shell: str
) -> None:
    file = tmp_path / shell
    file.write_text(script(capsys, shell), encoding="utf-8")
    # Where zsh differs from bash, the script stays within what both can parse.
    subprocess.run(["bash", "-n", str(file)], check=True)


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        (["tierlogic", "pro"], ["project"]),
        (["tierlogic", "c"], ["compare", "chart", "completion"]),
        (["tierlogic", "project", "--f"], ["--format"]),
        (["tierlogic", "project", "x", "--format", "m"], ["markdown"]),
        (
            ["tierlogic", "project", "--format", ""],
            ["table", "csv", "json", "markdown", "ics", "html"],
        ),
        (["tierlogic", "target", "--format", ""], ["table", "csv", "json", "markdown"]),
        (["tierlogic", "rules", ""], ["check", "diff", "schema"]),
        (["tierlogic", "rules", "diff", "--"], ["--help"]),
        (["tierlogic", "completion", "z"], ["zsh"]),
        # Files, which bash itself offers.
        (["tierlogic", "project", ""], []),
        (["tierlogic", "rules", "check", ""], []),
    ],
)
def test_bash_completes(
    capsys: pytest.CaptureFixture[str], words: list[str], offers: list[str]
) -> None:
    assert completed(script(capsys, "bash"), *words) == offers


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_is_offered(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    (commands,) = [
        action
        for action in command_line()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    words = script(capsys, shell).replace('"', " ").split()
    assert set(commands.choices) <= set(words)
    assert {"import", "sensitivity", "diff"} <= set(words)


def test_fish_is_told_each_word_and_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [shlex.split(line) for line in script(capsys, "fish").splitlines()]
    assert all(words[:3] == ["complete", "-c", "tierlogic"] for words in lines)
    by_place = {(words[4], *words[5:8]): words[-1] for words in lines[1:]}
    assert by_place["__fish_use_subcommand", "-f", "-a", "link"].startswith("open a link")
    assert by_place["__fish_seen_subcommand_from rules", "-f", "-a", "diff"].startswith("say what")
    of_forms = by_place["__fish_seen_subcommand_from target", "-l", "format", "-x"]
    assert of_forms == "table csv json markdown"
    of_shells = by_place["__fish_seen_subcommand_from completion", "-f", "-a", "bash zsh fish"]
    assert of_shells == "bash zsh fish"


def test_a_shell_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "invalid choice: 'cmd'" in refused(capsys, "completion", "cmd")
