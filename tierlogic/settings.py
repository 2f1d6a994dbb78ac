"""Settings of whoever runs the page: environment variables, read here and nowhere else."""

import logging
import os
import re
from pathlib import Path

_log = logging.getLogger("tierlogic.settings")
_SITE = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)


def rules_folder() -> Path | None:
    """Folder of the organisation's own rules, laid out as data/; None: it has none."""
    return _path("TIERLOGIC_RULES")


def defaults_file() -> Path | None:
    """File with the plan that a first visit opens; None: the newcomer's plan."""
    return _path("TIERLOGIC_DEFAULTS")


def translations_folder() -> Path | None:
    """Folder with translations of the page, a .po file a language; None: it has none."""
    return _path("TIERLOGIC_TRANSLATIONS")


def base_path() -> str:
    """Where the page stands below its host, such as "/tierlogic"; empty: at the top."""
    return os.environ.get("TIERLOGIC_BASE_PATH", "")


def framing_sites() -> tuple[str, ...]:
    """Other sites whose pages may show this one in a frame; the log names a faulty one."""
    given = os.environ.get("TIERLOGIC_FRAMES", "").split()
    for site in given:
        if not _SITE.fullmatch(site):
            _log.error(
                "TIERLOGIC_FRAMES: %r is no site and is left out; write https://wiki.example.com",
                site,
            )
    return tuple(site for site in given if _SITE.fullmatch(site))


def _path(variable: str) -> Path | None:
    given = os.environ.get(variable)
    return Path(given) if given else None
