"""tierlogic page: serve the page."""

import argparse
import runpy
import sys
from pathlib import Path

from tierlogic.shell.parser import Commands, add_command
from tierlogic.shell.refusals import FINE

_PACKAGE = Path(__file__).parent.parent
INSTALLED_PAGE, _PAGE_OF_CHECKOUT = _PACKAGE / "served" / "app.py", _PACKAGE.parent / "app.py"
"""Where pip puts the page, with its settings beside it, and where a checkout has it."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "page", "serve the page and open it in the browser", ["tierlogic page"]
    )
    parser.add_argument("--port", type=int, help="8501 or the next free one, if left out")
    parser.add_argument("--no-browser", action="store_true", help="only serve it")
    parser.set_defaults(command=_page)


def _page(arguments: argparse.Namespace) -> int:
    app = INSTALLED_PAGE if INSTALLED_PAGE.is_file() else _PAGE_OF_CHECKOUT
    options = ["--server.headless=true"] if arguments.no_browser else []
    if arguments.port is not None:
        options.append(f"--server.port={arguments.port}")
    # As python -m streamlit would: it takes over this process, its signals and its exit code.
    sys.argv = ["streamlit", "run", str(app), *options]
    runpy.run_module("streamlit", run_name="__main__")
    return FINE
