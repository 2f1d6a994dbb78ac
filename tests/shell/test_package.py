"""What pip install puts into the package, and where the package looks for it."""

import tomllib
from pathlib import Path

from tierlogic.rules import catalog
from tierlogic.shell import page

ROOT = Path(__file__).parents[2]


def test_the_package_brings_the_page_its_settings_and_the_rules() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    brought = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    served = page.INSTALLED_PAGE.relative_to(ROOT)

    assert brought == {
        "app.py": served.as_posix(),
        ".streamlit/config.toml": (served.parent / ".streamlit/config.toml").as_posix(),
        "data": "tierlogic/data",
    }
    assert all((ROOT / source).exists() for source in brought)
    assert catalog.DATA in {ROOT / "data", ROOT / "tierlogic" / "data"}
