"""A hundred thousand hostile links: each is read or named, and none shows a wrong figure."""

import pytest

from tests.links.hostile import ASKING, OLDEST, hostile_links
from tierlogic.links import OpenedLink, open_link, parameters_of, to_parameters

LINKS, RUNS = 100_000, 20
OTHERWISE = {"ladder": "openai/2026-05", "limits": "openai/2026-09", "start": "2026-06-01"}


def check(query: str, opened: OpenedLink) -> None:
    """What is not named as a problem must be in the plan, to the letter."""
    for problem in opened.problems:
        assert problem.message, query
        assert len(problem.given) <= 60, query
    if opened.scenario is None:
        assert opened.problems, query
        return
    written = to_parameters(opened.scenario, opened.asked)
    again = open_link(written)
    assert again == OpenedLink(opened.scenario, (), opened.asked), query
    if not opened.problems:
        # What stands for nothing, or for the first plan, need not be written.
        said = {
            name.replace("amp;", "")
            for name, values in parameters_of(query).items()
            if name[1:2] != "." and values not in (["none"], ["a"])
        }
        assert said <= {*written, "embed", "embed_options"}, query


@pytest.mark.parametrize("run", range(RUNS))
def test_a_hostile_link_is_read_or_named(run: int) -> None:
    for query in hostile_links(run, LINKS // RUNS):
        check(query, open_link(parameters_of(query), OTHERWISE))


@pytest.mark.parametrize("link", [*OLDEST, *ASKING[::4]])
def test_a_link_cut_at_any_length_is_read_or_named(link: str) -> None:
    for length in range(len(link)):
        check(link[:length], open_link(parameters_of(link[:length]), OTHERWISE))
