"""Print the block that publishes a link: python -m tests.links.publish "NAME" LINK >> v1.txt."""

import sys

from tests.links.published import Published, figures_of, opened, published_links
from tierlogic.links import parameters_of, to_query


def block(name: str, link: str) -> str:
    """Return the block of a link, with a blank line before it.

    Args:
        name: one line, not yet in the list.
        link: an address or its query; it is written as the package writes it.

    Raises:
        ValueError: the name cannot stand in the list, or the link does not open as it is.
    """
    if not name or name != name.strip() or "\n" in name or name.startswith("#"):
        raise ValueError(f"{name!r} is no name: give one line that does not begin with # or blanks")
    if name in {known.name for known in published_links()}:
        raise ValueError(f"{name!r} is published already; give another name")
    query = link.strip().partition("?")[2] or link.strip()
    found = opened(query)
    assert found.scenario is not None
    written = to_query(found.scenario, found.asked)
    if parameters_of(written) != parameters_of(query):
        raise ValueError(f"the link is not written whole; publish {written}")
    return f"\n{Published(name, query, figures_of(query))}"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit('give a name and a link: python -m tests.links.publish "NAME" LINK')
    try:
        print(block(*sys.argv[1:]))
    except ValueError as error:
        sys.exit(str(error))
