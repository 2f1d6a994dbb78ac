"""The shell commands: every question about a plan, and what goes with it. One module a command.

A command module has `add`, which puts its parser among the commands, and a function that runs it
and returns the exit code. Plans are read in `plans`, and printed in `printing`.
"""

from tierlogic.shell.command_line import main

__all__ = ["main"]
