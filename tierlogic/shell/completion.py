"""tierlogic completion: a script that completes the commands in a shell."""

import argparse
import shlex
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tierlogic.shell.parser import Commands, Parser, add_command
from tierlogic.shell.refusals import FINE


class Place(NamedTuple):
    """A command, or the place before one, and what can be written there."""

    path: tuple[str, ...]
    """The command's words: (), ("rules",), ("rules", "diff")."""
    says: str
    """What it does."""
    names: tuple[str, ...]
    """Commands behind it, and the words that its arguments must be one of."""
    options: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    """Of the options that must have one of some values."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "completion",
        "print a script that completes commands in a shell",
        [
            'eval "$(tierlogic completion bash)"',
            'eval "$(tierlogic completion zsh)"',
            "tierlogic completion fish > ~/.config/fish/completions/tierlogic.fish",
        ],
        "Put the line for your shell where its settings are.",
    )
    parser.add_argument("shell", choices=[*_SCRIPTS])
    parser.set_defaults(command=lambda arguments: _complete(arguments, commands))


def places(commands: Commands) -> list[Place]:
    """List the place before all commands, and every command, those of commands too."""
    top = Place((), "", tuple(commands.choices), ("-h", "--help"), {})
    return [top, *_behind((), commands)]


def _behind(path: tuple[str, ...], commands: Commands) -> Iterator[Place]:
    # Argparse tells its tree in these attributes only, and has for many years.
    helps = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    for name, parser in commands.choices.items():
        inner = (*path, name)
        yield _place(inner, helps.get(name, ""), parser)
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from _behind(inner, action)


def _place(path: tuple[str, ...], says: str, parser: Parser) -> Place:
    names, options = list[str](), list[str]()
    values: dict[str, tuple[str, ...]] = {}
    for action in parser._actions:
        choices = tuple(map(str, action.choices or ()))
        options += action.option_strings
        if not action.option_strings:
            names += choices
        values |= dict.fromkeys(action.option_strings if choices else (), choices)
    return Place(path, says, tuple(names), tuple(options), values)


def _complete(arguments: argparse.Namespace, commands: Commands) -> int:
    sys.stdout.write(_SCRIPTS[arguments.shell](places(commands)))
    return FINE


def _walk(every: list[Place]) -> str:
    """The cases in which a word leads from one command to the next."""
    return "".join(
        f'      "{" ".join(place.path[:-1])}:{place.path[-1]}") '
        f'command="{" ".join(place.path)}" ;;\n'
        for place in every
        if place.path
    )


def _cases(every: list[Place]) -> str:
    """The cases of command and word before, and what can follow."""
    of_values = "".join(
        f'    "{" ".join(place.path)}:{option}") names="{" ".join(values)}" ;;\n'
        for place in every
        for option, values in place.values.items()
    )
    of_places = "".join(
        f'    "{" ".join(place.path)}:"*) '
        f'names="{" ".join(place.names)}" flags="{" ".join(place.options)}" ;;\n'
        for place in every
    )
    return of_values + of_places


def _bash(every: list[Place]) -> str:
    return f"""\
_tierlogic() {{
  local word command="" names="" flags="" current="${{COMP_WORDS[COMP_CWORD]}}"
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$command:$word" in
{_walk(every)}    esac
  done
  case "$command:${{COMP_WORDS[COMP_CWORD-1]}}" in
{_cases(every)}  esac
  [[ $current == -* ]] && names="$flags"
  COMPREPLY=($(compgen -W "$names" -- "$current"))
}}
complete -o default -F _tierlogic tierlogic
"""


def _zsh(every: list[Place]) -> str:
    return f"""\
#compdef tierlogic
_tierlogic() {{
  local word command="" names="" flags=""
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    case "$command:$word" in
{_walk(every)}    esac
  done
  case "$command:${{words[CURRENT-1]}}" in
{_cases(every)}  esac
  [[ $PREFIX == -* ]] && names="$flags"
  if [[ -n $names ]]; then
    compadd -- ${{=names}}
  else
    _files
  fi
}}
compdef _tierlogic tierlogic
"""


def _fish(every: list[Place]) -> str:
    lines = ["complete -c tierlogic -l help -s h -d 'show the help'"]
    paths = {place.path for place in every}
    for place in every[1:]:
        *before, last = place.path
        after = f"__fish_seen_subcommand_from {before[-1]}" if before else "__fish_use_subcommand"
        lines.append(_fish_line(after, f"-f -a {last} -d {shlex.quote(place.says)}"))
        here = f"__fish_seen_subcommand_from {last}"
        words = [name for name in place.names if (*place.path, name) not in paths]
        if words:
            lines.append(_fish_line(here, f"-f -a {shlex.quote(' '.join(words))}"))
        for option in place.options:
            if option.startswith("--") and option != "--help":
                values = place.values.get(option)
                fixed = f" -x -a {shlex.quote(' '.join(values))}" if values else ""
                lines.append(_fish_line(here, f"-l {option.removeprefix('--')}{fixed}"))
    return "".join(f"{line}\n" for line in lines)


def _fish_line(here: str, rest: str) -> str:
    return f"complete -c tierlogic -n {shlex.quote(here)} {rest}"


_SCRIPTS: dict[str, Callable[[list[Place]], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
