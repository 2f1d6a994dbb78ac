"""Settings of whoever runs the page: environment variables, read here and nowhere else."""

import os
from pathlib import Path


def rules_folder() -> Path | None:
    """Folder of the organisation's own rules, laid out as data/; None: it has none."""
    return _path("TIERLOGIC_RULES")


def defaults_file() -> Path | None:
    """File with the plan that a first visit opens; None: the newcomer's plan."""
    return _path("TIERLOGIC_DEFAULTS")


def base_path() -> str:
    """Where the page stands below its host, such as "/tierlogic"; empty: at the top."""
    return os.environ.get("TIERLOGIC_BASE_PATH", "")


def _path(variable: str) -> Path | None:
    given = os.environ.get(variable)
    return Path(given) if given else None
