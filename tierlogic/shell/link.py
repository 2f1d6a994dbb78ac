"""tierlogic link: open any link or plan file, and write it anew."""

import argparse

from tierlogic.exports.words import link_to
from tierlogic.links import LinkError, as_query, to_parameters
from tierlogic.plan_file import to_plan_file
from tierlogic.shell.parser import Commands, add_command, add_out, add_plan
from tierlogic.shell.plans import read_leniently
from tierlogic.shell.printing import emit
from tierlogic.shell.refusals import FAULTY, FINE, complain


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "link",
        "open a link or a plan file and write it anew, in full",
        [
            "tierlogic link LINK",
            "tierlogic link LINK --json --out plan.json",
            "tierlogic link plan.json",
        ],
        "What cannot be read is named on standard error and left out; the exit code is then 1.",
    )
    add_plan(parser)
    parser.add_argument(
        "--json", action="store_true", help="write a JSON plan file instead of a link"
    )
    add_out(parser)
    parser.set_defaults(command=_link)


def _link(arguments: argparse.Namespace) -> int:
    address, opened = read_leniently(arguments.plan)
    if opened.scenario is None:
        raise LinkError(opened.problems)
    for problem in opened.problems:
        complain(str(problem))
    parameters = to_parameters(opened.scenario, opened.asked)
    if arguments.json:
        text = to_plan_file(parameters)
    else:
        page, mark, _ = link_to(opened.scenario, address).partition("?")
        text = f"{page}{mark}{as_query(parameters)}\n"
    emit(text, arguments.out, as_file=arguments.json)
    return FAULTY if opened.problems else FINE
