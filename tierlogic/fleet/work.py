"""What is to be done with the parts of a file, and the plainest way to do it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pyarrow as pa

from tierlogic.fleet.accounts_file import Part
from tierlogic.fleet.part import Projected, project_part
from tierlogic.fleet.parts import Parts
from tierlogic.scenario import Scenario


class RunError(RuntimeError):
    """A run that cannot go on; what is done of it is kept."""


class Work(NamedTuple):
    """What is to be done with a part: project it, and keep what was found."""

    kept: Parts
    base: Scenario | None
    schema: pa.Schema
    """Of the answers."""

    def do(self, part: Part) -> int:
        """Project a part and keep it; return the number of its rows."""
        return self.keep(part, project_part(part, self.base, self.schema))

    def keep(self, part: Part, found: Projected) -> int:
        """Keep what was found of a part; return the number of its rows."""
        self.kept.keep(part.number, found)
        return len(part.rows) + len(part.misread)


Way = Callable[[Iterator[Part], Work], Iterator[tuple[float, int]]]
"""Does the work of all parts; yields the share of the file and the rows of each that is done."""


def one_by_one(parts: Iterator[Part], work: Work) -> Iterator[tuple[float, int]]:
    """Do the work here, part after part."""
    for part in parts:
        yield part.share, work.do(part)
