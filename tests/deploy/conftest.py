"""An installation for a team, for the tests of what does not need a browser."""

from collections.abc import Iterator

import pytest

from tests.deploy.team import Team, require_nginx, team_in

PAGES = 6
"""That one address may have open here."""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """Two processes behind nginx."""
    require_nginx()
    folder = tmp_path_factory.mktemp("team")
    with team_in(folder, TIERLOGIC_PAGES_PER_ADDRESS=str(PAGES)) as started:
        yield started
